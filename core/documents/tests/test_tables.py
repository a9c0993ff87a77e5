from dataclasses import replace
from decimal import Decimal

import pytest

from core.documents.blocks import Cell, Column, Row, RowKind, Table
from core.documents.tables import CELL_MARGIN, shares, spans, text_width
from core.documents.tests import factories
from core.documents.text import width


def row_of(*cells, kind=RowKind.GROUP):
    return Row(tuple(Cell(*cell) if isinstance(cell, tuple) else Cell(cell) for cell in cells), kind)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (row_of("I", "Thị trấn Sa Rài: 02 sản phẩm", "", "", ""), [(0, 1), (1, 4)]),
        (row_of("", "TỔNG CỘNG: 14 sản phẩm", "", "", "05", ""), [(0, 1), (1, 3), (4, 1), (5, 1)]),
        (row_of("II", "Đào tạo", "", "", ("46", 46), "", ("5", 5)), [(0, 1), (1, 3), (4, 1), (5, 1), (6, 1)]),
        (row_of("1", "Hộ kinh doanh", ("10", Decimal(10))), [(0, 1), (1, 1), (2, 1)]),
        (row_of("I", "Có cột không", ("", 0), ""), [(0, 1), (1, 1), (2, 1), (3, 1)]),
        (row_of("1", "Dòng thường", "", "", kind=RowKind.BODY), [(0, 1), (1, 1), (2, 1), (3, 1)]),
        (row_of("", "", ""), [(0, 1), (1, 1), (2, 1)]),
        (row_of(("1.000.000", 1_000_000), "A", ""), [(0, 1), (1, 2)]),
        (row_of("Một ô"), [(0, 1)]),
        (Row((), RowKind.TOTAL), []),
    ],
)
def test_label_of_a_group_or_total_spans_the_empty_cells_after_it(row, expected):
    assert spans(row) == expected


def test_every_column_of_a_row_is_taken_once():
    for row in factories.budget_table().rows:
        taken = [n for at, count in spans(row) for n in range(at, at + count)]
        assert taken == list(range(len(row.cells)))


def test_widths_are_the_weights_where_words_have_room():
    table = Table((Column("a", "A", 3), Column("b", "B", 1)), (row_of("chữ", "chữ", kind=RowKind.BODY),))

    assert shares(factories.annex(1, table)) == [0.75, 0.25]


def test_no_column_is_narrower_than_its_longest_number():
    columns = (Column("content", "Nội dung", 100), Column("qty", "SL", 0.5), Column("note", "Ghi chú", 20))
    table = Table(columns, (row_of("In tem", "20.000.000", "x", kind=RowKind.BODY),))
    annex = factories.annex(3, table)

    given = shares(annex)

    points = given[1] * text_width(annex) * 72 / 25.4
    assert points >= width("20.000.000", 12) + 2 * CELL_MARGIN
    assert sum(given) == pytest.approx(1)
    assert given[0] / given[2] == pytest.approx(5)


def test_label_of_a_group_does_not_widen_its_column():
    annex = factories.annex(3, factories.budget_table(4))
    first, *rest = annex.table.rows
    long = replace(first, cells=(first.cells[0], Cell("TỔNGCỘNGCỦACẢHUYỆN"), *first.cells[2:]))

    assert shares(replace(annex, table=replace(annex.table, rows=(long, *rest)))) == shares(annex)


def test_words_that_do_not_fit_at_all_leave_the_weights_alone():
    columns = tuple(Column(str(n), "Chữ" * 60, n + 1) for n in range(6))

    given = shares(factories.annex(1, Table(columns, ())))

    assert given == pytest.approx([(n + 1) / 21 for n in range(6)])
