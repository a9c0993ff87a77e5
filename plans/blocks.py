"""From sections to the lines of the body: numbers of headings, texts with their figures, computed blocks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from communes.models import Office, OfficeDuty
from core.errors import Refused
from core.vietnamese import numbers
from plans import figures, text
from plans.figures import Figure, FigureContext
from plans.figures.communes import communes_with_results
from plans.models import PlanSection

LETTERS = "abcdđeghiklmnopqrstuvxy"  # the order of khoản a), b), c) …
COMMUNE_FRAME = "commune_frame"  # the option that holds the sentence of one commune's results

BLOCKS: Mapping[str, str] = {
    "legal_basis": "Danh sách căn cứ, mỗi văn bản một dòng",
    "results_by_commune": "Kết quả của từng xã theo mẫu câu của mục",
    "office_duties": "Nhiệm vụ của từng cơ quan, đơn vị",
}


class SectionRefused(Refused):
    """A section's text cannot be read; the sentence names the section and the line."""


@dataclass(frozen=True, slots=True)
class BodyPart:
    """One heading or paragraph of the body. `kind`: heading, body, item, sub_item or legal_basis."""

    section: str
    kind: str
    text: str
    level: int = 0
    run_in: str = ""


_KINDS = {text.LineKind.BODY: "body", text.LineKind.ITEM: "item", text.LineKind.SUB_ITEM: "sub_item"}


def check_section(section_text: str, options: Mapping[str, object]) -> None:
    """Refuse a text or a frame that cannot be printed. Raises text.TextRefused."""
    text.check(section_text, figures=figures.names(per_commune=False), blocks=BLOCKS)
    frame = options.get(COMMUNE_FRAME)
    if isinstance(frame, str):
        text.check(frame, figures=figures.names(), blocks=())


def check_heading(heading: str) -> None:
    """Refuse a heading whose figures nobody computes. Raises text.TextRefused."""
    text.check_inline(heading, figures=figures.names(per_commune=False))


class BodyWriter:
    """Writes the body of one plan and notes each figure it prints."""

    def __init__(self, context: FigureContext, offices: QuerySet[Office], day: date) -> None:
        self.context = context
        self.offices = offices
        self.day = day
        self.printed: list[tuple[str, str, Figure]] = []  # (section, commune, figure)
        self.empty_sections: list[tuple[str, str, str]] = []  # (key, heading, kind)
        self.silent_sections: set[str] = set()  # they have a text, but every part of it was left out
        self.blocks: set[str] = set()
        self.has_office_duties = False
        self.sections_without_frame: list[str] = []
        self._known: dict[tuple[str, str, int], Figure] = {}

    def body(self, sections: Sequence[PlanSection]) -> tuple[BodyPart, ...]:
        """The parts of the whole body in reading order."""
        children: dict[int | None, list[PlanSection]] = {}
        for section in sections:
            children.setdefault(section.parent_id, []).append(section)
        return tuple(self._level(children, None, 1, ""))

    def _level(
        self, children: Mapping[int | None, Sequence[PlanSection]], parent: int | None, level: int, above: str
    ) -> Iterable[BodyPart]:
        counters: dict[str, int] = {}
        for section in children.get(parent, ()):
            counters[section.numbering] = counters.get(section.numbering, 0) + 1
            own = _own_number(section.numbering, counters[section.numbering], above)
            below = children.get(section.pk, ())
            yield from self._section(section, level, own, has_children=bool(below))
            yield from self._level(children, section.pk, level + 1, own)

    def _section(self, section: PlanSection, level: int, own: str, *, has_children: bool) -> Iterable[BodyPart]:
        context = self.context.of_section(section.key, section.options or {})
        heading = self.inline(section.key, section.heading)
        try:
            parts = list(self._text(context, section, level, own))
        except text.TextRefused as refusal:
            raise SectionRefused(f"Mục “{heading or section.key}”: {refusal}") from refusal
        if not parts and not has_children:
            self.empty_sections.append((section.key, heading, section.kind))
            if section.text.strip() and "::" not in section.text:
                self.silent_sections.add(section.key)
        run_in = ""
        if section.runs_in and parts and parts[0].kind == "body":
            run_in = parts.pop(0).text
        if heading:
            yield BodyPart(section.key, "heading", f"{_label(section.numbering, own)}{heading}", level, run_in)
        elif run_in:
            yield BodyPart(section.key, "body", run_in)
        yield from parts

    def _text(self, context: FigureContext, section: PlanSection, level: int, own: str) -> Iterable[BodyPart]:
        lines = text.check(section.text, figures=figures.names(per_commune=False), blocks=BLOCKS)
        for line in text.render(lines, lambda name: self._figure(context, name)):
            if isinstance(line, text.BlockLine):
                self.blocks.add(line.name)
                yield from self._block(line.name, context, section, level, own)
            else:
                self._note(context, line.figures)
                yield BodyPart(section.key, _KINDS[line.kind], line.text)

    def inline(self, key: str, source: str) -> str:
        """A heading or title with its figures printed."""
        context = self.context.of_section(key, {})
        try:
            text.check_inline(source, figures=figures.names(per_commune=False))
        except text.TextRefused as refusal:
            raise SectionRefused(f"Tiêu đề “{source}”: {refusal}") from refusal
        line = text.render_inline(source, lambda name: self._figure(context, name))
        self._note(context, line.figures)
        return line.text

    def _figure(self, context: FigureContext, name: str) -> Figure:
        key = (name, context.section_key, context.commune.pk if context.commune else 0)
        if key not in self._known:
            self._known[key] = figures.compute(name, context)
        return self._known[key]

    def _note(self, context: FigureContext, names: Iterable[str]) -> None:
        commune = context.commune.name if context.commune else ""
        self.printed += [(context.section_key, commune, self._figure(context, name)) for name in names]

    def _block(
        self, name: str, context: FigureContext, section: PlanSection, level: int, own: str
    ) -> Iterable[BodyPart]:
        if name == "legal_basis":
            return self._legal_basis(context)
        if name == "results_by_commune":
            return self._results_by_commune(context, section)
        return self._office_duties(section, level + 1, own)

    def _legal_basis(self, context: FigureContext) -> Iterable[BodyPart]:
        citations = context.records.citations
        for number, citation in enumerate(citations, start=1):
            yield BodyPart(
                context.section_key, "legal_basis", f"Căn cứ {citation.text}{'.' if number == len(citations) else ';'}"
            )

    def _results_by_commune(self, context: FigureContext, section: PlanSection) -> Iterable[BodyPart]:
        frame = (section.options or {}).get(COMMUNE_FRAME, "")
        if not frame:
            self.sections_without_frame.append(section.key)
        lines = text.check(frame, figures=figures.names(), blocks=())
        for commune in communes_with_results(context):
            of_commune = context.of_commune(commune)
            for line in text.render(lines, lambda name, c=of_commune: self._figure(c, name)):  # type: ignore[misc]
                if isinstance(line, text.RenderedLine):
                    self._note(of_commune, line.figures)
                    yield BodyPart(section.key, _KINDS[line.kind], line.text)

    def _office_duties(self, section: PlanSection, level: int, own: str) -> Iterable[BodyPart]:
        duties: dict[int, list[OfficeDuty]] = {}
        offices = list(self.offices)
        for duty in OfficeDuty.objects.filter(office__in=offices).on(self.day).order_by("sort_order", "pk"):
            duties.setdefault(duty.office_id, []).append(duty)
        printed = [office for office in offices if duties.get(office.pk)]
        self.has_office_duties = bool(printed)
        for number, office in enumerate(printed, start=1):
            yield from self._office(section.key, office, duties[office.pk], level, _dotted(own, number))

    def _office(
        self, key: str, office: Office, duties: Sequence[OfficeDuty], level: int, number: str
    ) -> Iterable[BodyPart]:
        inline = " ".join(duty.text for duty in duties if duty.style == OfficeDuty.Style.INLINE)
        yield BodyPart(key, "heading", f"{number}. {_with_colon(office.heading or office.name)}", level, inline)
        for duty in duties:
            if duty.style != OfficeDuty.Style.INLINE:
                kind = "item" if duty.style == OfficeDuty.Style.BULLET else "body"
                yield from (BodyPart(key, kind, line) for line in map(text.tidy, duty.text.split("\n")) if line)


def _with_colon(heading: str) -> str:
    return heading if heading.endswith((":", ".")) else f"{heading}:"


def _dotted(above: str, number: int) -> str:
    return f"{above}.{number}" if above[:1].isdigit() else str(number)


def _own_number(numbering: str, number: int, above: str) -> str:
    """The bare number of a heading: "II", "4", "6.1", "a"; empty when it has none."""
    if numbering == PlanSection.Numbering.ROMAN:
        return numbers.roman(number)
    if numbering == PlanSection.Numbering.DOTTED:
        return _dotted(above, number)
    if numbering == PlanSection.Numbering.LETTER:
        return LETTERS[(number - 1) % len(LETTERS)]
    return str(number) if numbering == PlanSection.Numbering.ARABIC else ""


def _label(numbering: str, own: str) -> str:
    if not own:
        return ""
    return f"{own}) " if numbering == PlanSection.Numbering.LETTER else f"{own}. "
