"""Biểu 1–4: the layout decides, the amounts stay exact."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.documents.blocks import Align, RowKind
from plans.annex_rows import AnnexRow, AnnexSnapshot
from plans.annexes import ILLUSTRATIVE_NOTE, ROUNDING_NOTE, annex_table, plan_annex

MONEY_COLUMNS = (
    {"key": "stt", "label": "STT", "width": 4},
    {"key": "content", "label": "Nội dung"},
    {"key": "total", "label": "Tổng"},
    {"key": "nsh", "label": "Huyện", "group": "Ngân sách"},
    {"key": "du", "label": "Đối ứng"},
)


def line(
    content: str,
    *,
    commune: str = "",
    producer: str = "",
    is_illustrative: bool = False,
    order: int = 0,
    **amounts: int,
) -> AnnexRow:
    values: dict[str, Any] = {"content": content, "commune_producer": "", "total": sum(amounts.values()), **amounts}
    groups = {"commune": commune, "producer": producer, "content_group": "Nhóm"}
    return AnnexRow(values, groups, {"commune": (order, "")} if commune else {}, is_illustrative)


def annex(rows, *, number=3, columns=MONEY_COLUMNS, group_by=(), **options) -> AnnexSnapshot:
    return AnnexSnapshot(
        number, f"Biểu {number}", "DỰ TOÁN", "Đơn vị tính: triệu đồng", True, tuple(columns), tuple(group_by), options,
        True, "Cấp huyện", tuple(rows),
    )  # fmt: skip


def texts(table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_amounts_print_in_millions_and_keep_their_exact_value():
    table = annex_table(annex([line("A", nsh=12_345_678, du=500_000)], total="last"))

    assert texts(table)[0] == ["1", "A", "12,846", "12,346", "0,5"]
    assert [cell.value for cell in table.rows[0].cells[2:]] == [
        Decimal("12.845678"),
        Decimal("12.345678"),
        Decimal("0.5"),
    ]


def test_a_column_without_any_value_is_left_out_unless_fixed():
    rows = [line("A", nsh=1_000_000)]
    fixed = (*MONEY_COLUMNS[:4], {"key": "du", "label": "Đối ứng", "fixed": True})

    assert [column.key for column in annex_table(annex(rows)).columns] == ["stt", "content", "total", "nsh"]
    assert [column.key for column in annex_table(annex(rows, columns=fixed)).columns] == [
        "stt",
        "content",
        "total",
        "nsh",
        "du",
    ]


def test_an_invisible_column_is_left_out_even_with_values():
    hidden = (*MONEY_COLUMNS[:3], {"key": "nsh", "label": "Huyện", "visible": False})

    assert [column.key for column in annex_table(annex([line("A", nsh=1)], columns=hidden)).columns] == [
        "stt",
        "content",
        "total",
    ]


def test_columns_take_label_width_group_and_side_from_the_layout():
    columns = annex_table(annex([line("A", nsh=1)])).columns

    assert (columns[0].width, columns[3].groups, columns[3].label) == (4.0, ("Ngân sách",), "Huyện")
    assert [column.align for column in columns] == [Align.CENTER, Align.LEFT, Align.RIGHT, Align.RIGHT]


def test_a_layout_in_another_order_gives_another_order():
    columns = tuple(reversed(MONEY_COLUMNS))

    assert [column.key for column in annex_table(annex([line("A", nsh=1, du=2)], columns=columns)).columns] == [
        "du",
        "nsh",
        "total",
        "content",
        "stt",
    ]


@pytest.mark.parametrize(("place", "at"), [("first", 0), ("last", -1)])
def test_total_stands_first_or_last(place, at):
    table = annex_table(annex([line("A", nsh=1_000_000), line("B", nsh=2_000_000)], total=place))

    assert table.rows[at].kind is RowKind.TOTAL
    assert [cell.text for cell in table.rows[at].cells] == ["", "TỔNG CỘNG", "3", "3"]


def test_total_may_be_left_out():
    assert [row.kind for row in annex_table(annex([line("A", nsh=1)], total="none")).rows] == [RowKind.BODY]


def test_an_annex_without_rows_has_a_head_only():
    assert annex_table(annex([])).rows == ()


def test_groups_have_roman_numbers_and_subtotals_that_span_their_rows():
    rows = [line("A", commune="xã B", order=2, nsh=1_000_000), line("B", commune="xã A", order=1, nsh=2_000_000),
            line("C", commune="xã B", order=2, nsh=4_000_000)]  # fmt: skip
    table = annex_table(annex(rows, group_by=["commune"], total="first"))

    assert texts(table) == [
        ["", "TỔNG CỘNG", "7", "7"],
        ["I", "Xã A", "2", "2"],
        ["1", "B", "2", "2"],
        ["II", "Xã B", "5", "5"],
        ["1", "A", "1", "1"],
        ["2", "C", "4", "4"],
    ]
    assert [row.subtotal_of for row in table.rows] == [(1, 5), (2, 2), None, (4, 5), None, None]


def test_lines_without_a_commune_stand_first_under_the_issuing_level():
    rows = [line("A", commune="xã B", order=1, nsh=1_000_000), line("chung", nsh=2_000_000)]
    table = annex_table(annex(rows, number=4, group_by=["commune", "producer"], total="none"))

    assert [row[1] for row in texts(table)] == ["Cấp huyện", "chung", "Xã B", "A"]


def test_producers_are_second_level_groups_and_rows_without_one_stand_above_them():
    rows = [
        line("A", commune="xã B", order=1, producer="hộ X", nsh=1_000_000),
        line("B", commune="xã B", order=1, nsh=2_000_000),
    ]
    table = annex_table(annex(rows, number=4, group_by=["commune", "producer"], total="none"))

    assert [(row[0], row[1]) for row in texts(table)] == [("I", "Xã B"), ("-", "B"), ("1", "Hộ X"), ("-", "A")]
    assert [(row.kind, row.level) for row in table.rows] == [
        (RowKind.GROUP, 0), (RowKind.BODY, 0), (RowKind.GROUP, 1), (RowKind.BODY, 0),
    ]  # fmt: skip


def test_groups_of_counted_annexes_say_how_many_and_rows_count_on():
    def row(name, commune, order, committed=""):
        return AnnexRow({"product": name, "committed": committed}, {"commune": commune}, {"commune": (order, "")})

    columns = (
        {"key": "stt", "label": "STT"},
        {"key": "product", "label": "Tên"},
        {"key": "committed", "label": "Dự thi"},
    )
    rows = [row("a", "xã A", 1, "x"), row("b", "xã B", 2), row("c", "xã B", 2, "x")]
    table = annex_table(annex(rows, number=2, columns=columns, group_by=["commune"]))

    assert texts(table) == [
        ["", "TỔNG CỘNG: 03 sản phẩm", "02"],
        ["I", "Xã A: 01 sản phẩm", ""],
        ["1", "a", "x"],
        ["II", "Xã B: 02 sản phẩm", ""],
        ["2", "b", ""],
        ["3", "c", "x"],
    ]
    assert all(row.subtotal_of is None for row in table.rows)


def test_illustrative_rows_are_marked_and_noted():
    made = plan_annex(annex([line("A", nsh=1_000_000, is_illustrative=True), line("B", nsh=1_000_000)]), "(Kèm theo)")

    assert [row[1] for row in texts(made.table)] == ["TỔNG CỘNG", "A (minh họa)", "B"]
    assert made.notes == (ILLUSTRATIVE_NOTE,)


def test_a_note_says_that_rounded_parts_do_not_add_up():
    rows = [line("A", nsh=1_400_000), line("B", nsh=1_400_000)]

    assert plan_annex(annex(rows, decimals=0), "").notes == (ROUNDING_NOTE,)
    assert plan_annex(annex(rows, decimals=1), "").notes == ()


def test_a_note_says_that_rounded_sources_of_one_row_do_not_add_up():
    assert plan_annex(annex([line("A", nsh=1_400_000, du=1_400_000)], decimals=0), "").notes == (ROUNDING_NOTE,)


def test_zero_prints_as_the_layout_says():
    rows = [line("A", nsh=1_000_000), line("B", du=1_000_000)]

    assert texts(annex_table(annex(rows, zero="-", total="none")))[0] == ["1", "A", "1", "1", "-"]


def test_split_of_the_nature_of_capital_is_a_choice_of_columns():
    row = AnnexRow(
        {"content": "A", "total": 3_000_000, "nsh": 3_000_000, "nsh.recurrent": 1_000_000, "nsh.capital": 2_000_000},
        {},
        {},
    )
    columns = (
        {"key": "content", "label": "Nội dung"}, {"key": "total", "label": "Tổng"},
        {"key": "nsh.recurrent", "label": "Sự nghiệp", "group": ["Huyện", "Vốn"]},
        {"key": "nsh.capital", "label": "Đầu tư", "group": ["Huyện", "Vốn"]},
    )  # fmt: skip
    made = plan_annex(annex([row], columns=columns, total="none"), "")

    assert texts(made.table) == [["A", "3", "1", "2"]]
    assert made.table.columns[1 + 1].groups == ("Huyện", "Vốn")
    assert made.notes == ()


AMOUNTS = st.dictionaries(st.sampled_from(["nsh", "du"]), st.integers(1, 10**10), min_size=1)
LINES = st.lists(
    st.tuples(AMOUNTS, st.sampled_from(["", "xã A", "xã B"]), st.sampled_from(["", "hộ X", "hộ Y"])),
    min_size=1,
    max_size=15,
)


@given(LINES)
def test_the_same_lines_give_equal_totals_per_source_however_they_are_grouped(drawn):
    rows = [
        line(str(n), commune=commune, producer=producer, order=1, **amounts)
        for n, (amounts, commune, producer) in enumerate(drawn)
    ]
    by_content = annex_table(annex(rows, group_by=["content_group"]))
    by_commune = annex_table(
        annex(
            rows,
            number=4,
            columns=({"key": "commune_producer", "label": "Xã"}, *MONEY_COLUMNS[1:]),
            group_by=["commune", "producer"],
        )
    )

    def total(table):
        return {
            column.key: cell.value
            for column, cell in zip(table.columns, table.rows[0].cells, strict=True)
            if cell.value is not None
        }

    assert total(by_content) == total(by_commune)
    assert total(by_content)["total"] == Decimal(sum(sum(amounts.values()) for amounts, *_rest in drawn)).scaleb(-6)


@given(LINES)
def test_every_subtotal_is_the_sum_of_the_body_rows_it_spans(drawn):
    rows = [
        line(str(n), commune=commune, producer=producer, order=1, **amounts)
        for n, (amounts, commune, producer) in enumerate(drawn)
    ]
    table = annex_table(annex(rows, number=4, columns=MONEY_COLUMNS, group_by=["commune", "producer"]))

    for row in table.rows:
        if row.subtotal_of:
            first, last = row.subtotal_of
            body = [inner for inner in table.rows[first : last + 1] if inner.kind is RowKind.BODY]
            assert row.cells[2].value == sum(inner.cells[2].value for inner in body)


@given(
    LINES,
    st.sampled_from([["content_group"], ["commune", "producer"], ["producer"], []]),
    st.sampled_from(["first", "last"]),
)
def test_rows_sources_subtotals_and_total_are_one_sum(drawn, group_by, place):
    rows = [line(str(n), commune=c, producer=p, order=1, **amounts) for n, (amounts, c, p) in enumerate(drawn)]
    columns = tuple({**column, "fixed": True} for column in MONEY_COLUMNS)
    table = annex_table(annex(rows, columns=columns, group_by=group_by, total=place))
    body = [row for row in table.rows if row.kind is RowKind.BODY]
    outer = [row for row in table.rows if row.kind is RowKind.GROUP and row.level == 0]
    [whole] = [row for row in table.rows if row.kind is RowKind.TOTAL]

    for at, key in enumerate(("total", "nsh", "du"), start=2):
        amount = Decimal(sum(row.values.get(key) or 0 for row in rows)).scaleb(-6)
        assert sum(row.cells[at].value or 0 for row in body) == amount
        assert (whole.cells[at].value or 0) == amount
        if group_by:
            assert sum(row.cells[at].value or 0 for row in outer) == amount
    for row in (*body, *outer, whole):
        total, *sources = (cell.value or 0 for cell in row.cells[2:])
        assert total == sum(sources)
    assert len(body) == len(rows)
