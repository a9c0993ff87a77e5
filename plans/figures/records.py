"""The records behind a plan's figures, loaded once and then only read: plain values, no database behind them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from communes.models import LetterHead, Level, Unit, UnitReach, UnitSuccession
from core.vietnamese import dates
from core.vietnamese.collation import collation_key
from dossiers.models import Dossier
from plans.models import Activity, BudgetLine, Plan, PotentialProduct, Spending, Target
from producers.models import Producer
from products.models import Product, Recognition
from regulations.models import Citation, LegalDocument


@dataclass(frozen=True, slots=True)
class CommuneRecord:
    pk: int
    name: str  # "xã Tân Hộ Cơ"
    order: tuple[int, str] = (0, "")  # the administrative order
    kind: str = "xã"


@dataclass(frozen=True, slots=True)
class ProducerRecord:
    pk: int
    name: str
    kind: str = ""  # "hợp tác xã"


@dataclass(frozen=True, slots=True)
class ProductRecord:
    pk: int
    name: str
    producer: ProducerRecord
    order: tuple[int, str] = (0, "")
    group: str = ""
    group_is_illustrative: bool = False


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    pk: int
    name: str  # "Quyết định số 1991/QĐ-UBND-HC", as the unit prints it
    day: date
    printed_day: str  # "31 tháng 12 năm 2021"


@dataclass(frozen=True, slots=True)
class RecognitionRecord:
    pk: int
    product: ProductRecord
    commune: CommuneRecord
    stars: int
    case: str
    year: int
    decision: DecisionRecord
    decided_on: date
    expires_on: date
    withdrawn_on: date | None = None
    is_illustrative: bool = False


@dataclass(frozen=True, slots=True)
class EntryRecord:
    """A dossier entered in a round of the report year."""

    pk: int
    product: ProductRecord
    producer: ProducerRecord
    commune: CommuneRecord
    case: str
    outcome: str
    is_illustrative: bool = False


@dataclass(frozen=True, slots=True)
class ActivityRecord:
    pk: int
    kind: str
    topic: str
    organiser: str = ""
    partner: str = ""
    audience: str = ""
    classes: int | None = None
    attendees: int | None = None
    attendee_unit: str = "người"
    section_key: str = ""


@dataclass(frozen=True, slots=True)
class SpendingRecord:
    pk: int
    amount: int  # đồng
    source_name: str


@dataclass(frozen=True, slots=True)
class TargetRecord:
    pk: int
    year: int
    measure: str
    value: int
    commune_pk: int | None = None
    least_stars: int | None = None  # counts products from this star upwards


@dataclass(frozen=True, slots=True)
class PotentialRecord:
    pk: int
    name: str
    commune: CommuneRecord
    producer_name: str
    group: str
    case: str
    case_label: str
    current_stars: int | None
    expected_stars: int | None
    is_committed: bool
    support_needed: str
    round_text: str
    note: str
    is_illustrative: bool


@dataclass(frozen=True, slots=True)
class BudgetRecord:
    pk: int
    content_group: str
    content: str
    measure_unit: str
    quantity: str  # exact, "2.50"; empty when not given
    unit_price: int | None  # đồng
    commune: CommuneRecord | None
    producer_name: str
    product_name: str
    office: str
    quarter: str
    basis: str
    is_illustrative: bool
    amounts: tuple[tuple[str, str, int], ...]  # (source, nature, đồng)


@dataclass(frozen=True, slots=True)
class CitationRecord:
    """One document of the legal basis as the unit prints it, with the sign that follows it."""

    pk: int
    text: str
    separator: str = ";"


@dataclass(frozen=True, slots=True)
class Records:
    """All that the figures of one plan are computed from."""

    communes: tuple[CommuneRecord, ...] = ()
    entries: tuple[EntryRecord, ...] = ()
    recognitions: tuple[RecognitionRecord, ...] = ()
    activities: tuple[ActivityRecord, ...] = ()
    spendings: tuple[SpendingRecord, ...] = ()
    targets: tuple[TargetRecord, ...] = ()
    potential_products: tuple[PotentialRecord, ...] = ()
    budget_lines: tuple[BudgetRecord, ...] = ()
    citations: tuple[CitationRecord, ...] = ()
    annex_labels: tuple[tuple[int, str, bool], ...] = ()  # (number, label, printed with the plan)
    pad_counts: bool = True
    pad_stars: bool = True


def load_records(plan: Plan, *, letter_head: LetterHead | None, day: date) -> Records:
    """Load what the plan's figures need: a fixed number of queries, whatever the size of the unit.

    Rows are counted under the communes of `day`, the plan's working date.
    """
    loader = _Loader(plan, day)
    return Records(
        communes=loader.communes(),
        entries=loader.entries(),
        recognitions=loader.recognitions(),
        activities=loader.activities(),
        spendings=loader.spendings(),
        targets=loader.targets(),
        potential_products=loader.potential_products(),
        budget_lines=loader.budget_lines(),
        citations=loader.citations(),
        annex_labels=tuple(plan.annexes.order_by("number").values_list("number", "label", "in_pdf")),
        pad_counts=letter_head.pad_counts if letter_head else True,
        pad_stars=letter_head.pad_stars if letter_head else True,
    )


class _Loader:
    """The queries; each method is one of them."""

    def __init__(self, plan: Plan, day: date) -> None:
        self.plan = plan
        self.day = day
        self.reach = UnitReach.objects.filter(viewer_id=plan.unit_id).values("unit_id")
        self.by_pk: dict[int, CommuneRecord] = {}
        self.current: set[int] = set()
        self.successors: dict[int, list[int]] = {}
        self._citations = list(
            Citation.objects.filter(unit=plan.unit)
            .exclude(year__isnull=False, year__lt=plan.year)
            .exclude(year__isnull=False, year__gt=plan.year)
            .select_related("document")
            .order_by("sort_order", "pk")
        )
        own_year = {citation.document_id for citation in self._citations if citation.year}
        self._citations = [c for c in self._citations if c.year or c.document_id not in own_year]
        self.cited = {citation.document_id: citation for citation in self._citations}

    def communes(self) -> tuple[CommuneRecord, ...]:
        """The communes of the working date; one that ended without a successor stays as long as its year is told."""
        units = Unit.objects.filter(pk__in=self.reach, level=Level.COMMUNE).order_by("sort_order", "name_key", "pk")
        self.by_pk = {unit.pk: _commune(unit) for unit in units}
        for old, new in (
            UnitSuccession.objects.filter(successor__in=self.by_pk)
            .order_by("pk")
            .values_list("predecessor_id", "successor_id")
        ):
            self.successors.setdefault(old, []).append(new)
        self.current = {unit.pk for unit in units if unit.exists_on(self.day)}
        ended = {unit.pk for unit in units if unit.exists_in(self.plan.report_year) and not self._goes_on_in(unit.pk)}
        return tuple(self.by_pk[pk] for pk in self.by_pk if pk in self.current | ended)

    def _goes_on_in(self, pk: int) -> list[int]:
        """The communes of the working date in which a commune goes on: itself, or those that succeeded it."""
        frontier, seen, found = [pk], set[int](), list[int]()
        while frontier:
            found += [one for one in frontier if one in self.current and one not in found]
            seen.update(frontier)
            ended = [one for one in frontier if one not in self.current]
            frontier = list(dict.fromkeys(n for one in ended for n in self.successors.get(one, ()) if n not in seen))
        return found

    def _place(self, own: Unit, now: Unit) -> CommuneRecord:
        """The commune of the working date under which a row is counted: its own, or the one that succeeded it.

        Where several did, or none, the product's commune of today decides.
        """
        choices = self._goes_on_in(own.pk)
        if len(choices) != 1:
            home = self._goes_on_in(now.pk)
            choices = [pk for pk in home if not choices or pk in choices] or choices
        return self.by_pk[choices[0]] if choices else self.by_pk.get(own.pk) or _commune(own)

    def entries(self) -> tuple[EntryRecord, ...]:
        rows = (
            Dossier.objects.filter(round__year=self.plan.report_year, commune__in=self.reach)
            .exclude(outcome=Dossier.Outcome.WITHDRAWN)
            .select_related("product__producer", "product__group", "product__commune", "producer", "commune", "round")
            .order_by("round__number", "pk")
        )
        return tuple(
            EntryRecord(
                row.pk, _product(row.product), _producer(row.producer), self._place(row.commune, row.product.commune),
                row.case, row.outcome, row.is_illustrative,
            )
            for row in rows
        )  # fmt: skip

    def recognitions(self) -> tuple[RecognitionRecord, ...]:
        rows = (
            Recognition.objects.filter(year__lte=self.plan.report_year, commune__in=self.reach)
            .select_related("product__producer", "product__group", "product__commune", "commune", "decision")
            .order_by("decided_on", "pk")
        )
        return tuple(
            RecognitionRecord(
                pk=row.pk, product=_product(row.product), commune=self._place(row.commune, row.product.commune),
                stars=row.stars, case=row.case, year=row.year, decision=self._decision(row.decision),
                decided_on=row.decided_on, expires_on=row.expires_on, withdrawn_on=row.withdrawn_on,
                is_illustrative=row.is_illustrative or row.product.is_illustrative,
            )
            for row in rows
        )  # fmt: skip

    def _decision(self, document: LegalDocument) -> DecisionRecord:
        citation = self.cited.get(document.pk)
        number = citation.printed_number if citation and citation.printed_number else document.number
        day = citation.printed_date if citation and citation.printed_date else document.issued_on
        style = citation.date_style if citation else Citation.DateStyle.LONG
        return DecisionRecord(
            document.pk, f"{document.document_type} số {number}", document.issued_on, dates.short(day, style)
        )

    def activities(self) -> tuple[ActivityRecord, ...]:
        rows = Activity.objects.filter(unit=self.plan.unit, year=self.plan.report_year).order_by("sort_order", "pk")
        return tuple(
            ActivityRecord(
                row.pk, row.kind, row.topic, row.organiser, row.partner, row.audience, row.classes, row.attendees,
                row.get_attendee_unit_display(), row.section_key,
            )
            for row in rows
        )  # fmt: skip

    def spendings(self) -> tuple[SpendingRecord, ...]:
        rows = Spending.objects.filter(unit=self.plan.unit, year=self.plan.report_year).order_by("sort_order", "pk")
        return tuple(SpendingRecord(row.pk, row.amount, row.source_name) for row in rows)

    def targets(self) -> tuple[TargetRecord, ...]:
        rows = Target.objects.filter(unit=self.plan.unit, year__in=(self.plan.year, self.plan.report_year)).order_by(
            "pk"
        )
        return tuple(
            TargetRecord(row.pk, row.year, row.measure, row.value, row.commune_id, row.least_stars) for row in rows
        )

    def potential_products(self) -> tuple[PotentialRecord, ...]:
        rows = (
            PotentialProduct.objects.filter(plan=self.plan)
            .select_related("commune", "producer", "group")
            .order_by("sort_order", "pk")
        )
        return tuple(
            PotentialRecord(
                row.pk, row.name, self._place(row.commune, row.commune), row.producer.name if row.producer else row.producer_name,
                row.group.name if row.group else "", row.case, row.get_case_display(), row.current_stars, row.expected_stars,
                row.is_committed, row.support_needed, row.round_text, row.note, row.is_illustrative,
            )
            for row in rows
        )  # fmt: skip

    def budget_lines(self) -> tuple[BudgetRecord, ...]:
        rows = (
            BudgetLine.objects.filter(plan=self.plan)
            .select_related("commune", "producer", "office")
            .prefetch_related("amounts")
            .order_by("sort_order", "pk")
        )
        return tuple(
            BudgetRecord(
                pk=row.pk, content_group=row.content_group, content=row.content, measure_unit=row.measure_unit,
                quantity="" if row.quantity is None else str(row.quantity), unit_price=row.unit_price,
                commune=self._place(row.commune, row.commune) if row.commune else None,
                producer_name=row.producer.name if row.producer else "", product_name=row.product_name,
                office=(row.office.short_name or row.office.name) if row.office else "", quarter=row.quarter, basis=row.basis,
                is_illustrative=row.is_illustrative,
                amounts=tuple(sorted((amount.source, amount.nature, amount.amount) for amount in row.amounts.all())),
            )
            for row in rows
        )  # fmt: skip

    def citations(self) -> tuple[CitationRecord, ...]:
        basis = [citation for citation in self._citations if citation.in_legal_basis]
        others = _documents_named_in(citation.title for citation in basis)
        own = {citation.document.key: citation for citation in self._citations}
        return tuple(CitationRecord(c.pk, _printed(c, own, others), c.separator) for c in basis)


def _commune(unit: Unit) -> CommuneRecord:
    return CommuneRecord(unit.pk, unit.full_name, (unit.sort_order, unit.name_key), unit.get_kind_display())


def _producer(producer: Producer) -> ProducerRecord:
    return ProducerRecord(producer.pk, producer.name, producer.get_kind_display())


def _product(product: Product) -> ProductRecord:
    return ProductRecord(
        product.pk, product.name, _producer(product.producer), (product.sort_order, collation_key(product.name)),
        product.group.name if product.group else "", product.group_is_illustrative,
    )  # fmt: skip


def _named(document: LegalDocument, citation: Citation | None) -> str:
    """Type, number, date and issuer: "Quyết định số 1048/QĐ-TTg ngày 20/8/2019 của Thủ tướng Chính phủ"."""
    number = citation.printed_number if citation and citation.printed_number else document.number
    day = citation.printed_date if citation and citation.printed_date else document.issued_on
    issuer = citation.printed_issuer if citation and citation.printed_issuer else document.issuer
    style = citation.date_style if citation else Citation.DateStyle.PADDED
    return f"{document.document_type} số {number} ngày {dates.short(day, style)} của {issuer}"


def _keys_in(title: str) -> list[str]:
    return [piece.partition("}")[0] for piece in title.split("{")[1:] if "}" in piece]


def _documents_named_in(titles: Iterable[str]) -> dict[str, LegalDocument]:
    keys = {key for title in titles for key in _keys_in(title)}
    return {document.key: document for document in LegalDocument.objects.filter(key__in=keys)} if keys else {}


def _printed(citation: Citation, own: dict[str, Citation], others: dict[str, LegalDocument]) -> str:
    title = citation.title or citation.document.title
    for key in _keys_in(title):
        document = own[key].document if key in own else others.get(key)
        if document:
            title = title.replace(f"{{{key}}}", _named(document, own.get(key)))
    pieces = [_named(citation.document, citation), citation.link_word, title]
    return " ".join(piece for piece in pieces if piece)
