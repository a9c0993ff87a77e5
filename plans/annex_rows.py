"""The facts of biểu 1–4 as plain rows: which columns an annex shows, and how, is decided later by its layout."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communes.models import Level
from core.vietnamese import dates, numbers
from plans import text
from plans.figures import FigureContext, compute, names
from plans.figures.records import BudgetRecord, PotentialRecord, RecognitionRecord
from plans.figures.shared import standing
from plans.models import AnnexLayout, Plan
from products.models import Case

Value = str | int | None

ILLUSTRATIVE = "(minh họa)"
# Common costs stand under the level that issues the plan.
LEVEL_LABELS = {Level.PROVINCE: "Cấp tỉnh", Level.DISTRICT: "Cấp huyện", Level.COMMUNE: "Cấp xã", Level.CENTRAL: "Cấp trung ương"}
SOURCES = ("nstw", "nst", "nsh", "nsx", "lg", "du", "khac")
MONEY_KEYS = frozenset({"total", "unit_price", *SOURCES, *(f"{s}.{n}" for s in SOURCES for n in ("recurrent", "capital"))})
SUMMED_KEYS = MONEY_KEYS - {"unit_price"}


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """One row: what its columns may show (amounts in đồng), and the names by which rows may be grouped."""

    values: Mapping[str, Value]
    groups: Mapping[str, str]
    order: Mapping[str, tuple[int, str]]  # the place of a group among its neighbours, where it is not that of its first row
    is_illustrative: bool = False


@dataclass(frozen=True, slots=True)
class AnnexSnapshot:
    """One annex of the plan: its layout and its facts."""

    number: int
    label: str
    title: str
    unit_line: str
    landscape: bool
    columns: tuple[Mapping[str, Any], ...]
    group_by: tuple[str, ...]
    options: Mapping[str, Any]
    in_pdf: bool
    common_label: str  # the first block of rows without a commune
    rows: tuple[AnnexRow, ...]


def annex_snapshots(plan: Plan, context: FigureContext) -> tuple[AnnexSnapshot, ...]:
    """The annexes of a plan with their rows."""
    level = Level(plan.unit.level)
    return tuple(_snapshot(layout, context, LEVEL_LABELS[level]) for layout in plan.annexes.order_by("number"))


def _snapshot(layout: AnnexLayout, context: FigureContext, common_label: str) -> AnnexSnapshot:
    return AnnexSnapshot(
        number=layout.number,
        label=layout.label,
        title=_printed(layout.title, context),
        unit_line=layout.unit_line,
        landscape=layout.orientation == "landscape",
        columns=tuple(layout.columns),
        group_by=tuple(layout.group_by),
        options=layout.options or {},
        in_pdf=layout.in_pdf,
        common_label=common_label,
        rows=tuple(_ROWS[layout.number](context)),
    )


def _printed(title: str, context: FigureContext) -> str:
    text.check_inline(title, figures=names(per_commune=False))
    return text.render_inline(title, lambda name: compute(name, context)).text


def _recognised_rows(context: FigureContext) -> Sequence[AnnexRow]:
    return [_recognised(row) for row in standing(context)]


def _recognised(row: RecognitionRecord) -> AnnexRow:
    product = row.product
    group = f"{product.group} {ILLUSTRATIVE}" if product.group and product.group_is_illustrative else product.group
    values: dict[str, Value] = {
        "product": text.upper_first(product.name),
        "group": group,
        "producer": text.upper_first(product.producer.name),
        "entity_type": text.upper_first(product.producer.kind),
        "commune": row.commune.name,
        "stars": str(row.stars),
        "year": str(row.year),
        "decision": f"{row.decision.name} ngày {row.decision.printed_day}",
        "kind": "Công nhận mới" if row.case == Case.FIRST else text.upper_first(Case(row.case).label),
        "valid_to": dates.short(row.expires_on),
        "note": "",
    }
    return AnnexRow(values, _groups(values), {"commune": row.commune.order}, row.is_illustrative)


def _potential_rows(context: FigureContext) -> Sequence[AnnexRow]:
    return [_potential(row) for row in context.records.potential_products]


def _potential(row: PotentialRecord) -> AnnexRow:
    values: dict[str, Value] = {
        "product": text.upper_first(row.name),
        "group": row.group,
        "producer": text.upper_first(row.producer_name),
        "commune": row.commune.name,
        "kind": text.upper_first(row.case_label),
        "current_stars": str(row.current_stars or ""),
        "target_stars": str(row.expected_stars or ""),
        "committed": "x" if row.is_committed else "",
        "support": row.support_needed,
        "round": row.round_text,
        "note": row.note,
    }
    return AnnexRow(values, _groups(values), {"commune": row.commune.order}, row.is_illustrative)


def _budget_rows(context: FigureContext) -> Sequence[AnnexRow]:
    return [_budget(row) for row in context.records.budget_lines]


def _budget(row: BudgetRecord) -> AnnexRow:
    amounts: dict[str, Value] = {}
    for source, nature, amount in row.amounts:
        for key in (source, f"{source}.{nature}") if nature else (source,):
            amounts[key] = int(amounts.get(key) or 0) + amount
    values: dict[str, Value] = {
        "content": row.content,
        "commune_producer": row.product_name,
        "unit": row.measure_unit,
        "qty": numbers.decimal(row.quantity, max_places=2) if row.quantity else "",
        "unit_price": row.unit_price,
        "total": sum(amount for _source, _nature, amount in row.amounts),
        "lead": row.office,
        "time": row.quarter,
        "note": row.basis,
        **amounts,
    }
    groups = {
        "content_group": row.content_group,
        "commune": row.commune.name if row.commune else "",
        "producer": row.producer_name,
        "lead": row.office,
        "time": row.quarter,
    }
    order = {"commune": row.commune.order} if row.commune else {}
    return AnnexRow(values, groups, order, row.is_illustrative)


def _groups(values: Mapping[str, Value]) -> dict[str, str]:
    return {key: str(values[key] or "") for key in ("commune", "producer", "group", "kind", "round") if key in values}


_ROWS: Mapping[int, Callable[[FigureContext], Sequence[AnnexRow]]] = {
    1: _recognised_rows,
    2: _potential_rows,
    3: _budget_rows,
    4: _budget_rows,
}
