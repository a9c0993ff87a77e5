import io
import re
from decimal import Decimal

import pytest

from core.documents.blocks import Align, Cell, Column, Row, RowKind, Table
from core.documents.errors import RenderFailed
from core.documents.tests import factories
from core.documents.tests.reading import shown
from core.documents.text import clean, upper
from core.documents.xlsx import number_format, render_xlsx


def load(source, **options):
    import openpyxl

    return openpyxl.load_workbook(source, **options)


def sheet_of(annex, *, values=True):
    book = load(io.BytesIO(render_xlsx(annex, factories.short())), data_only=values)
    return book.active


def budget(rows=12):
    return factories.annex(3, factories.budget_table(rows), unit_line="Đơn vị tính: triệu đồng")


def table_of(*values, label="Số"):
    rows = tuple(Row((Cell(factories.number_text(value), value),)) for value in values)
    return Table((Column("x", label, 1, Align.RIGHT),), rows)


def test_cells_show_the_texts_of_the_blocks():
    annex = budget()

    sheet = sheet_of(annex)

    first = 5 + 4
    for number, row in enumerate(annex.table.rows):
        for position, cell in enumerate(row.cells, 1):
            written = sheet.cell(first + number, position)
            if cell.value is None:
                assert (written.value or "") == cell.text
            else:
                assert Decimal(str(written.value)) == cell.value
                assert shown(written.value, written.number_format) == cell.text


def test_title_rows_and_notes_stand_around_the_table():
    annex = budget(2)

    texts = [row[0].value for row in sheet_of(annex).iter_rows(max_col=1)]

    assert texts[:4] == [annex.label, upper(annex.title), annex.reference, annex.unit_line]
    assert texts[-1] == clean(annex.notes[0])


def test_subtotals_are_formulas_with_their_values():
    annex = budget(12)

    formulas = sheet_of(annex, values=False)
    found = {
        cell.coordinate: cell.value
        for row in formulas.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    }

    assert found["E9"] == "=SUBTOTAL(9,E10:E23)"
    assert found["E10"] == "=SUBTOTAL(9,E11:E16)"
    assert len(found) == 15
    values = sheet_of(annex)
    assert all(isinstance(values[at].value, int | float) for at in found)


def test_sum_that_differs_from_the_printed_value_is_written_as_the_value():
    table = Table(
        (Column("x", "Số", 1, Align.RIGHT),),
        (Row((Cell("5", 5),), RowKind.TOTAL, 0, (1, 2)), Row((Cell("2", 2),)), Row((Cell("2", 2),))),
    )

    sheet = sheet_of(factories.annex(1, table), values=False)

    assert sheet["A5"].value == 5


@pytest.mark.parametrize("text", ["=1+1", "+84", "-cmd|' /C calc'!A0", "@SUM(A1)", "=HYPERLINK(1)"])
def test_text_with_a_formula_sign_stays_text(text):
    table = Table((Column("x", text),), (Row((Cell(text),)),))

    sheet = sheet_of(factories.annex(1, table, notes=(text,), label="=1"), values=False)

    assert [sheet[at].data_type for at in ("A1", "A4", "A5", "A6")] == ["s"] * 4
    assert sheet["A5"].value == text
    assert sheet["A5"].quotePrefix


def test_two_renders_are_equal_bytes_and_carry_the_date_of_the_document():
    annex, document = budget(), factories.short()

    data = render_xlsx(annex, document)

    assert data == render_xlsx(annex, document)
    properties = load(io.BytesIO(data)).properties
    assert str(properties.modified) == str(properties.created) == "2022-01-10 00:00:00"


def test_sheet_prints_on_one_page_width_with_its_head_on_each_page():
    sheet = sheet_of(budget(2))

    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$5:$8"
    assert sheet.freeze_panes == "A9"


def test_groups_of_columns_are_merged():
    merged = {str(area) for area in sheet_of(budget(2)).merged_cells.ranges}

    assert {"A5:A7", "F5:I5", "F6:H6", "I6:I7"} <= merged


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("35", 35, "#,##0"),
        ("1.234,5", Decimal("1234.5"), "#,##0.0"),
        ("35,25", Decimal("35.25"), "#,##0.00"),
        ("2021", 2021, "0"),
        ("09", 9, "00"),
        ("", 0, '#,##0;-#,##0;""'),
        ("-", 0, '#,##0;-#,##0;"-"'),
        ("73,08%", Decimal("0.7308"), "0.00%"),
    ],
)
def test_number_format_prints_the_text(text, value, expected):
    assert number_format(Cell(text, value), Column("x", "x", number_format="0.00%")) == expected


def test_cell_longer_than_excel_holds_is_refused():
    table = Table((Column("x", "Chữ"),), (Row((Cell("chữ " * 9000),)),))

    with pytest.raises(RenderFailed, match="Excel chỉ giữ được 32767 ký tự"):
        render_xlsx(factories.annex(1, table), factories.short())


def test_name_of_the_sheet_is_allowed_by_excel():
    sheet = sheet_of(factories.annex(1, table_of(1), label="Biểu [1]: a/b\\c*?" + "x" * 40))

    assert len(sheet.title) <= 31
    assert not re.search(r"[\[\]:*?/\\]", sheet.title)
