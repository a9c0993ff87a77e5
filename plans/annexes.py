"""Biểu 1–4: rows of facts -> tables as the layout of each annex says. Amounts stay exact; only what is printed is rounded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from core.documents.blocks import Align, Annex, Cell, Column, Row, RowKind, Table
from core.vietnamese import numbers
from plans.annex_rows import ILLUSTRATIVE, MONEY_KEYS, SUMMED_KEYS, AnnexRow, AnnexSnapshot
from plans.text import upper_first

MOST_PLACES = 3
EXACT_PLACES = 6  # of a million, down to one đồng
ILLUSTRATIVE_NOTE = f"Dòng ghi “{ILLUSTRATIVE}” là số liệu minh họa cho bản dùng thử, không phải số liệu của đơn vị."
ROUNDING_NOTE = "Số liệu in đã làm tròn nên tổng các thành phần có thể chênh so với số tổng."
# The column that names a row, where the headings of groups stand.
NAME_KEYS = {1: "product", 2: "product", 3: "content", 4: "commune_producer"}
COUNT_UNITS = {1: "sản phẩm", 2: "sản phẩm"}  # annexes whose groups are counted, not summed
_ALIGNS = {"left": Align.LEFT, "center": Align.CENTER, "right": Align.RIGHT}


@dataclass(frozen=True, slots=True)
class _Group:
    """Rows under one heading; the outermost group has none."""

    label: str
    level: int
    rows: tuple[AnnexRow, ...]
    groups: tuple["_Group", ...] = ()


def annex_table(annex: AnnexSnapshot) -> Table:
    """The table of an annex: total, groups with their subtotals, rows."""
    return _TableMaker(annex).table()


def plan_annex(annex: AnnexSnapshot, reference: str) -> Annex:
    """The annex as a block. `reference` is the line under its title."""
    maker = _TableMaker(annex)
    return Annex(
        key=f"bieu-{annex.number}",
        label=annex.label,
        title=annex.title,
        reference=reference,
        table=maker.table(),
        unit_line=annex.unit_line,
        notes=tuple(maker.notes()),
        landscape=annex.landscape,
    )


class _TableMaker:
    """Makes one table; the layout's data decide every choice."""

    def __init__(self, annex: AnnexSnapshot) -> None:
        self.annex = annex
        self.columns = tuple(self._shown_columns())
        self.keys = tuple(str(column["key"]) for column in self.columns)
        self.name_key = NAME_KEYS[annex.number] if NAME_KEYS[annex.number] in self.keys else self._first_text_key()
        self.places = int(annex.options.get("decimals", MOST_PLACES))

    def _first_text_key(self) -> str:
        return next(
            (key for key in self.keys if key != "stt" and key not in MONEY_KEYS), self.keys[0] if self.keys else ""
        )

    def _shown_columns(self) -> Iterable[Mapping[str, Any]]:
        """Visible columns; one without any value is left out unless it is fixed."""
        for column in self.annex.columns:
            key = str(column["key"])
            is_needed = column.get("fixed", False) or key in ("stt", NAME_KEYS[self.annex.number])
            if column.get("visible", True) and (is_needed or any(row.values.get(key) for row in self.annex.rows)):
                yield column

    def table(self) -> Table:
        whole = self._grouped(self.annex.rows, self.annex.group_by, 0, "")
        rows: list[Row] = []
        self._write(whole, rows, counter=[0])
        if self.annex.rows and self.annex.options.get("total", "first") != "none":
            rows = self._with_total(rows)
        is_numbered = bool(self.annex.options.get("column_numbers", False))
        return Table(tuple(map(self._column, self.columns)), tuple(rows), is_numbered)

    def _column(self, column: Mapping[str, Any]) -> Column:
        key = str(column["key"])
        group = column.get("group") or ()
        default = "right" if key in MONEY_KEYS or key == "qty" else "center" if key in _CENTERED else "left"
        return Column(
            key=key,
            label=str(column["label"]),
            width=float(column.get("width", 1)),
            align=_ALIGNS[str(column.get("align", default))],
            groups=(group,) if isinstance(group, str) else tuple(group),
            number_format=self._number_format() if key in MONEY_KEYS else "",
        )

    def _number_format(self) -> str:
        return "#,##0" + ("." + "#" * self.places if self.places else "")

    # --- groups

    def _grouped(self, rows: Sequence[AnnexRow], keys: Sequence[str], level: int, label: str) -> _Group:
        if not keys:
            return _Group(label, level - 1, tuple(rows))
        found: dict[str, list[AnnexRow]] = {}
        for row in rows:
            found.setdefault(row.groups.get(keys[0], ""), []).append(row)
        bare = found.pop("", [])
        order = {name: group[0].order.get(keys[0]) for name, group in found.items()}
        ranked = sorted(found, key=lambda name: order[name] or (0, "")) if all(order.values()) else list(found)
        groups = [self._grouped(found[name], keys[1:], level + 1, upper_first(name)) for name in ranked]
        if bare and level == 0:
            common = (
                self.annex.common_label if keys[0] == "commune" else str(self.annex.options.get("other_label", "Chung"))
            )
            groups.insert(0, self._grouped(bare, keys[1:], level + 1, common))
            bare = []
        return _Group(label, level - 1, tuple(bare), tuple(groups))

    def _all_rows(self, group: _Group) -> list[AnnexRow]:
        return [*group.rows, *(row for inner in group.groups for row in self._all_rows(inner))]

    # --- rows

    def _write(self, group: _Group, rows: list[Row], counter: list[int]) -> None:
        """Write the rows of a group, then its inner groups under their headings."""
        for number, row in enumerate(group.rows, start=1):
            counter[0] += 1
            rows.append(self._body_row(row, self._row_number(group.level, counter[0], number)))
        for number, inner in enumerate(group.groups, start=1):
            at = len(rows)
            rows.append(Row(()))
            self._write(inner, rows, counter)
            sign = numbers.roman(number) if inner.level == 0 else str(number)
            rows[at] = self._sum_row(inner, sign, self._heading(inner), RowKind.GROUP, (at + 1, len(rows) - 1))

    def _row_number(self, level: int, overall: int, within: int) -> str:
        if self.annex.number in COUNT_UNITS or level < 0:
            return str(overall)
        return str(within) if level == 0 and len(self.annex.group_by) == 1 else "-"

    def _heading(self, group: _Group) -> str:
        unit = COUNT_UNITS.get(self.annex.number)
        return f"{group.label}: {numbers.count(len(self._all_rows(group)))} {unit}" if unit else group.label

    def _body_row(self, row: AnnexRow, sign: str) -> Row:
        return Row(tuple(self._body_cell(row, key, sign) for key in self.keys))

    def _body_cell(self, row: AnnexRow, key: str, sign: str) -> Cell:
        if key == "stt":
            return Cell(sign)
        if key in MONEY_KEYS:
            # A price is never rounded: 500 đồng for a label is 0,0005 triệu, and times 20.000 it must make the total.
            return self._money(row.values.get(key), EXACT_PLACES if key == "unit_price" else self.places)
        text = str(row.values.get(key) or "")
        if key == self._marked_key(row) and row.is_illustrative:
            text = f"{text} {ILLUSTRATIVE}".strip()
        return Cell(text)

    def _marked_key(self, row: AnnexRow) -> str:
        """Where “(minh họa)” stands: with the row's name, or with its content where it has no name of its own."""
        return self.name_key if row.values.get(self.name_key) or "content" not in self.keys else "content"

    def _money(self, amount: Any, places: int) -> Cell:
        if not amount:
            return Cell(str(self.annex.options.get("zero", "")))
        value = numbers.million(int(amount))
        return Cell(numbers.decimal(value, places), value)

    def _sum_row(self, group: _Group, sign: str, label: str, kind: RowKind, span: tuple[int, int]) -> Row:
        rows = self._all_rows(group)
        cells = tuple(self._sum_cell(rows, key, sign, label, kind) for key in self.keys)
        is_summed = any(key in SUMMED_KEYS for key in self.keys)
        return Row(cells, kind, max(group.level, 0), span if is_summed else None)

    def _sum_cell(self, rows: Sequence[AnnexRow], key: str, sign: str, label: str, kind: RowKind) -> Cell:
        if key == "stt":
            return Cell(sign)
        if key == self.name_key:
            return Cell(label)
        if key in SUMMED_KEYS:
            return self._money(sum(int(row.values.get(key) or 0) for row in rows), self.places)
        if key == "committed" and kind is RowKind.TOTAL:
            return Cell(numbers.count(sum(1 for row in rows if row.values.get(key))))
        return Cell()

    def _with_total(self, rows: list[Row]) -> list[Row]:
        whole = _Group("", 0, self.annex.rows)
        is_first = self.annex.options.get("total", "first") == "first"
        span = (1, len(rows)) if is_first else (0, len(rows) - 1)
        total = self._sum_row(whole, "", self._total_label(), RowKind.TOTAL, span)
        if not is_first:
            return [*rows, total]
        return [total, *(replace(row, subtotal_of=_moved(row.subtotal_of)) for row in rows)]

    def _total_label(self) -> str:
        label = str(self.annex.options.get("total_label", "TỔNG CỘNG"))
        unit = COUNT_UNITS.get(self.annex.number)
        return f"{label}: {numbers.count(len(self.annex.rows))} {unit}" if unit else label

    # --- notes

    def notes(self) -> Iterable[str]:
        """Lines under the table: what is illustrative, and that printed parts do not add up where they do not."""
        yield from self.annex.options.get("notes", ())
        is_group_marked = any(ILLUSTRATIVE in str(row.values.get("group") or "") for row in self.annex.rows)
        if any(row.is_illustrative for row in self.annex.rows) or ("group" in self.keys and is_group_marked):
            yield ILLUSTRATIVE_NOTE
        if not self._adds_up():
            yield ROUNDING_NOTE

    def _adds_up(self) -> bool:
        """Whether the printed sources make the printed totals, and the printed rows the printed sums."""
        shown = [key for key in self.keys if key in SUMMED_KEYS]
        parts = [key for key in shown if key != "total"]
        across = all(
            "total" not in shown
            or self._is_sum(row.values.get("total"), [row.values.get(key) for key in parts if "." not in key])
            for row in self.annex.rows
        )
        down = all(
            self._is_sum(
                sum(int(row.values.get(key) or 0) for row in self.annex.rows),
                [row.values.get(key) for row in self.annex.rows],
            )
            for key in shown
        )
        return across and down

    def _is_sum(self, total: Any, parts: Sequence[Any]) -> bool:
        whole, pieces = int(total or 0), [int(part or 0) for part in parts]
        return sum(pieces) != whole or sum(map(self._rounded, pieces)) == self._rounded(whole)

    def _rounded(self, amount: int) -> Decimal:
        return _round(numbers.million(amount), self.places)


_CENTERED = frozenset(
    {"stt", "stars", "year", "current_stars", "target_stars", "committed", "unit", "valid_to", "kind", "round", "time"}
)


def _moved(span: tuple[int, int] | None) -> tuple[int, int] | None:
    return (span[0] + 1, span[1] + 1) if span else None


def _round(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
