"""The facts of biểu 1–4 as plain rows: which columns an annex shows, and how, is decided later by its layout."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communes.models import Level
from core.errors import Refused
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
LEVEL_LABELS = {
    Level.PROVINCE: "Cấp tỉnh",
    Level.DISTRICT: "Cấp huyện",
    Level.COMMUNE: "Cấp xã",
    Level.CENTRAL: "Cấp trung ương",
}
SOURCES = ("nstw", "nst", "nsh", "nsx", "lg", "du", "khac")
MONEY_KEYS = frozenset(
    {"total", "unit_price", *SOURCES, *(f"{s}.{n}" for s in SOURCES for n in ("recurrent", "capital"))}
)
SUMMED_KEYS = MONEY_KEYS - {"unit_price"}
_TEXT_KEYS = {
    1: "stt product group producer entity_type commune stars year decision kind valid_to note",
    2: "stt product group producer commune kind current_stars target_stars committed support round note",
    3: "stt content unit qty lead time note",
    4: "stt commune_producer content unit qty lead time note",
}
# What the columns of each annex may show, and by what its rows may be grouped.
KNOWN_KEYS = {
    n: frozenset(keys.split()) | (MONEY_KEYS if n in (3, 4) else frozenset()) for n, keys in _TEXT_KEYS.items()
}
GROUP_KEYS = {
    1: ("commune", "producer", "group", "kind"),
    2: ("commune", "producer", "group", "kind", "round"),
    3: ("content_group", "commune", "producer", "lead", "time"),
    4: ("commune", "producer", "content_group", "lead", "time"),
}


def check_layout(number: int, columns: object, group_by: object) -> None:
    """Refuse columns and groups that the annex cannot show. Raises LayoutRefused with what to do."""
    if not isinstance(columns, list) or not columns or not all(isinstance(column, dict) for column in columns):
        raise LayoutRefused("Biểu phải có ít nhất một cột. Thêm cột rồi lưu lại.")
    keys = [str(column.get("key", "")) for column in columns]
    for key in keys:
        if key not in KNOWN_KEYS[number]:
            raise LayoutRefused(
                f"Biểu này không có cột “{key}”. Các cột dùng được: {', '.join(sorted(KNOWN_KEYS[number]))}."
            )
        if keys.count(key) > 1:
            raise LayoutRefused(f"Cột “{key}” ghi hai lần. Xóa bớt một cột.")
    for column in columns:
        _check_column(column)
    for name in group_by if isinstance(group_by, list) else [group_by]:
        if name not in GROUP_KEYS[number]:
            raise LayoutRefused(f"Biểu này không nhóm được theo “{name}”. Chọn trong: {', '.join(GROUP_KEYS[number])}.")


def _check_column(column: Mapping[str, Any]) -> None:
    if not str(column.get("label", "")).strip():
        raise LayoutRefused(f"Cột “{column['key']}” chưa có nhãn. Nhập nhãn của cột.")
    width = column.get("width", 1)
    if not isinstance(width, int | float) or isinstance(width, bool) or width <= 0:
        raise LayoutRefused(f"Độ rộng của cột “{column['key']}” phải là số lớn hơn 0.")


class LayoutRefused(Refused):
    """A layout of an annex that names what the annex does not have."""


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """One row: what its columns may show (amounts in đồng), and the names by which rows may be grouped."""

    values: Mapping[str, Value]
    groups: Mapping[str, str]
    order: Mapping[
        str, tuple[int, str]
    ]  # the place of a group among its neighbours, where it is not that of its first row
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
