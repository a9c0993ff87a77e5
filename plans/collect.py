"""Collect a plan: everything its documents print, as one frozen value. Nothing here reads the clock.

Two collects of the same rows are equal, and `identity` is the hash of what they say; a document is rendered from the
snapshot alone.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from communes import queries as communes
from communes.models import LetterHead, Unit
from core.errors import Refused
from core.vietnamese import dates, numbers
from plans import figures
from plans.annex_rows import AnnexSnapshot, annex_snapshots
from plans.blocks import BodyPart, BodyWriter
from plans.figures import FigureContext, Records
from plans.missing import Missing, missing_parts
from plans.models import Plan

FORMAT = 1  # raise it when the same rows must give another document


class UnitNotInPlanYear(Refused):
    """A plan for a year in which its unit does not exist."""


@dataclass(frozen=True, slots=True)
class LetterheadSnapshot:
    parent_body: str
    issuer_lines: tuple[str, ...]
    issuer_name: str
    number_line: str
    place_date_line: str
    document_type: str
    subject: str
    annex_reference: str


@dataclass(frozen=True, slots=True)
class SignatureSnapshot:
    recipients: tuple[str, ...]
    authority_lines: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """A figure that the text prints, where, and from which rows."""

    name: str
    section: str
    commune: str
    text: str
    rows: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class PlanSnapshot:
    """All that the plan's documents print."""

    unit_code: str
    unit_name: str
    year: int
    working_date: str  # ISO
    letterhead: LetterheadSnapshot
    body: tuple[BodyPart, ...]
    signature: SignatureSnapshot
    annexes: tuple[AnnexSnapshot, ...]
    figures: tuple[PrintedFigure, ...]
    missing: tuple[Missing, ...] = ()

    def canonical(self) -> dict[str, Any]:
        """The snapshot as JSON values, without what is said about it rather than printed from it."""
        values: dict[str, Any] = json.loads(json.dumps({"format": FORMAT, **asdict(self)}))
        del values["missing"]
        return values

    @property
    def identity(self) -> str:
        """SHA-256 of the canonical form."""
        text = json.dumps(self.canonical(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def cited_annexes(self) -> tuple[int, ...]:
        """Numbers of the annexes that the text names."""
        return tuple(
            sorted({int(f.name.split("_")[1]) for f in self.figures if f.name.startswith("annex_") and f.text})
        )


def working_date(plan: Plan) -> date:
    """The day whose signer, titles and names the plan uses: its own, else the first day of its year on which the unit exists.

    Raises UnitNotInPlanYear.
    """
    unit = plan.unit
    if not unit.exists_in(plan.year):
        end = f" đến hết ngày {unit.valid_to:%d/%m/%Y}" if unit.valid_to else ""
        raise UnitNotInPlanYear(
            f"Năm {plan.year} không có {unit.full_name}: đơn vị tồn tại từ ngày {unit.valid_from:%d/%m/%Y}{end}. "
            "Chọn năm khác, hoặc chọn đơn vị kế thừa."
        )
    return plan.working_date or max(date(plan.year, 1, 1), unit.valid_from)


def figure_context(plan: Plan) -> FigureContext:
    """The context of the plan's figures, its records loaded: what pages and documents compute from."""
    day = working_date(plan)
    return _context(plan, day, communes.letter_head_on(plan.unit, day))


def _context(plan: Plan, day: date, letter_head: LetterHead | None) -> FigureContext:
    records: Records = figures.load_records(plan, letter_head=letter_head, day=day)
    unit: Unit = plan.unit
    return FigureContext(
        records=records, unit_name=unit.name, unit_full_name=unit.full_name, plan_year=plan.year,
        report_year=plan.report_year, working_date=day,
    )  # fmt: skip


def collect_plan(plan: Plan) -> PlanSnapshot:
    """Everything the plan's documents print.

    Raises UnitNotInPlanYear, and SectionRefused when a section's text cannot be read.
    """
    day = working_date(plan)
    letter_head = communes.letter_head_on(plan.unit, day)
    context = _context(plan, day, letter_head)
    writer = BodyWriter(context, communes.offices_on(plan.unit, day), day)
    body = writer.body(list(plan.sections.order_by("sort_order", "pk")))
    annexes = annex_snapshots(plan, context)
    letterhead = _letterhead(plan, day, letter_head, writer)
    signature = _signature(plan, day)
    printed = tuple(_printed(section, commune, figure) for section, commune, figure in writer.printed)
    snapshot = PlanSnapshot(
        plan.unit.code, plan.unit.full_name, plan.year, day.isoformat(), letterhead, body, signature, annexes, printed
    )
    found = missing_parts(context, snapshot, writer, has_letter_head=letter_head is not None)
    return PlanSnapshot(
        **{name: getattr(snapshot, name) for name in snapshot.__slots__ if name != "missing"}, missing=found
    )


def _printed(section: str, commune: str, figure: figures.Figure) -> PrintedFigure:
    return PrintedFigure(figure.name, section, commune, figure.text, tuple((row.kind, row.pk) for row in figure.rows))


def _letterhead(plan: Plan, day: date, head: LetterHead | None, writer: BodyWriter) -> LetterheadSnapshot:
    issued_on = dates.issue_date(plan.issued_on, day.year)
    symbol = head.plan_symbol if head else "KH-UBND"
    number = _number(plan.number)
    issuer = head.issuer_name if head else f"Ủy ban nhân dân {plan.unit.full_name}"
    return LetterheadSnapshot(
        parent_body=head.parent_body if head else "",
        issuer_lines=tuple(head.issuer_lines) if head else ("ỦY BAN NHÂN DÂN", plan.unit.full_name.upper()),
        issuer_name=issuer,
        number_line=f"Số: {number}/{symbol}",
        place_date_line=f"{head.place if head else plan.unit.name}, {issued_on}",
        document_type=plan.document_type.upper(),
        subject=writer.inline("", plan.title),
        annex_reference=f"(Kèm theo {plan.document_type} số {number}/{symbol} {issued_on} của {issuer})",
    )


def _number(number: str) -> str:
    """The number with its leading zero below ten, or dots for the clerk."""
    return (numbers.count(int(number)) if number.isdecimal() else number) or dates.DOTS


def _signature(plan: Plan, day: date) -> SignatureSnapshot:
    signer = plan.signer or communes.signer_on(plan.unit, day)
    return SignatureSnapshot(
        recipients=tuple(recipient.text for recipient in communes.recipients_on(plan.unit, day)),
        authority_lines=tuple(signer.authority_lines) if signer else (),
        name=signer.name if signer else "",
    )


def figures_of(plan: Plan, names: tuple[str, ...] | None = None) -> Mapping[str, figures.Figure]:
    """Figures of the whole unit by name, for pages: the same functions as the document's."""
    context = figure_context(plan)
    return {name: figures.compute(name, context) for name in names or figures.names(per_commune=False)}
