"""One annex -> one XLSX workbook: real numbers, subtotals as formulas, ready to print.

Formulas are written together with their value, so that a program that does not calculate (a viewer, an importer)
reads the same numbers as Excel.
"""

import io
import math
import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from html import escape
from typing import Any

from core.documents.archive import repack
from core.documents.blocks import Align, Annex, Cell, Column, Document, Row, RowKind, Table
from core.documents.errors import RenderFailed
from core.documents.tables import font_size, head_cells, head_depth, number_labels, shares, spans
from core.documents.text import clean, upper

FONT = "Times New Roman"
LANDSCAPE_CHARACTERS, PORTRAIT_CHARACTERS = 128.0, 82.0  # width of the sheet in digits of the default font
CELL_LIMIT = 32_767  # characters of one Excel cell
_FORMULA_SIGNS = ("=", "+", "-", "@")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_FORMULA = re.compile(rb'(<c r="([A-Z]+\d+)"[^>]*><f>[^<]*</f>)<v\s*(?:/>|></v>)')


@dataclass(frozen=True, slots=True)
class _Looks:
    """Shared style objects: openpyxl compares them by value, so few of them keep it fast."""

    plain: Any
    bold: Any
    italic: Any
    title: Any
    border: Any
    aligns: dict[Align, Any]
    middle: Any


def render_xlsx(annex: Annex, document: Document) -> bytes:
    """The workbook of one annex, equal bytes for equal input.

    Raises RenderFailed (Vietnamese) when a cell is longer than Excel can hold.
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = re.sub(r"[\[\]:*?/\\']", " ", clean(annex.label))[:31].strip() or "Biểu"
    looks = _looks(size=font_size(annex.table))
    top = _heading(sheet, annex, looks)
    first = _head(sheet, annex.table, top, looks)
    values = _rows(sheet, annex.table, first, looks)
    _notes(sheet, annex, first + len(annex.table.rows), looks)
    _print_setup(sheet, annex, top, first)
    dated = datetime.fromisoformat(document.dated)
    book.properties.title = clean(f"{annex.label}. {annex.title}")
    book.properties.creator = ""
    book.properties.created = dated
    book.properties.identifier = document.identity
    out = io.BytesIO()
    book.save(out)
    return repack(out.getvalue(), lambda name, content: _fixed(name, content, dated, values))


def _fixed(name: str, content: bytes, dated: datetime, values: dict[str, str]) -> bytes:
    """Take the clock out of the properties and put values beside the formulas."""
    if name == "docProps/core.xml":
        return _MODIFIED.sub(rb"\g<1>" + f"{dated:%Y-%m-%dT%H:%M:%SZ}".encode() + rb"\g<2>", content)
    if name.startswith("xl/worksheets/sheet"):
        return _FORMULA.sub(lambda m: m[1] + b"<v>" + escape(values[m[2].decode()]).encode() + b"</v>", content)
    return content


def _looks(*, size: int) -> _Looks:
    from openpyxl.styles import Alignment, Border, Font, Side

    line = Side(style="thin", color="000000")
    aligns = {align: Alignment(horizontal=align.value, vertical="center", wrap_text=True) for align in Align}
    return _Looks(
        Font(name=FONT, size=size), Font(name=FONT, size=size, bold=True), Font(name=FONT, size=size, italic=True),
        Font(name=FONT, size=14, bold=True), Border(line, line, line, line), aligns, aligns[Align.CENTER],
    )  # fmt: skip


def _put(sheet: Any, row: int, column: int, text: str) -> Any:
    """Write text as text: a leading = + - @ never becomes a formula."""
    if len(text) > CELL_LIMIT:
        raise RenderFailed(
            f"Ô bắt đầu bằng “{text[:40]}…” dài {len(text)} ký tự, Excel chỉ giữ được {CELL_LIMIT} ký tự một ô. "
            "Hãy rút gọn nội dung đó rồi tạo lại."
        )
    cell = sheet.cell(row, column)
    cell.value = text
    cell.data_type = "s"
    if text.startswith(_FORMULA_SIGNS):
        cell.quotePrefix = True
    return cell


def _across(sheet: Any, row: int, text: str, *, last: int, font: Any, align: Any) -> None:
    """A line over the whole width of the table."""
    cell = _put(sheet, row, 1, text)
    cell.font, cell.alignment = font, align
    if last > 1:
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)


def _heading(sheet: Any, annex: Annex, looks: _Looks) -> int:
    """Label, title, reference and unit; the number of the first row under them."""
    last, row = len(annex.table.columns), 1
    for text, font, align in (
        (clean(annex.label), looks.title, looks.middle),
        (upper(annex.title), looks.title, looks.middle),
        (clean(annex.reference), looks.italic, looks.middle),
        (clean(annex.unit_line), looks.italic, looks.aligns[Align.RIGHT]),
    ):
        if not text:
            continue
        _across(sheet, row, text, last=last, font=font, align=align)
        room = LANDSCAPE_CHARACTERS if annex.landscape else PORTRAIT_CHARACTERS
        sheet.row_dimensions[row].height = 19 * math.ceil(len(text) * float(font.size) / 11 / room)
        row += 1
    return row


def _head(sheet: Any, table: Table, top: int, looks: _Looks) -> int:
    """The head with its merged groups; the number of the first row of data."""
    depth = head_depth(table.columns)
    for row in range(depth):
        for column in range(len(table.columns)):
            sheet.cell(top + row, column + 1).border = looks.border
    for cell in head_cells(table.columns):
        written = _put(sheet, top + cell.row, cell.column + 1, clean(cell.text))
        written.font, written.alignment = looks.bold, looks.middle
        if cell.rows > 1 or cell.columns > 1:
            sheet.merge_cells(
                start_row=top + cell.row, end_row=top + cell.row + cell.rows - 1,
                start_column=cell.column + 1, end_column=cell.column + cell.columns,
            )  # fmt: skip
    for column, label in enumerate(number_labels(table), 1):
        written = _put(sheet, top + depth, column, label)
        written.font, written.alignment, written.border = looks.italic, looks.middle, looks.border
    return top + depth + bool(table.column_numbers)


def _rows(sheet: Any, table: Table, first: int, looks: _Looks) -> dict[str, str]:
    """Write the rows; {cell: value} of every formula."""
    values: dict[str, str] = {}
    for number, row in enumerate(table.rows):
        font = looks.plain if row.kind is RowKind.BODY else looks.bold
        for position, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
            written = _write(sheet, first, number, position, table)
            written.font, written.border, written.alignment = font, looks.border, looks.aligns[column.align]
            if written.data_type == "f":
                values[written.coordinate] = str(cell.value)
        for at, count in spans(row):
            if count > 1:
                sheet.cell(first + number, at + 1).alignment = looks.aligns[Align.LEFT]
                sheet.merge_cells(
                    start_row=first + number, end_row=first + number, start_column=at + 1, end_column=at + count
                )
    return values


def _write(sheet: Any, first: int, number: int, position: int, table: Table) -> Any:
    """Write one cell of a row: a formula where its sum is the cell's value, else the value, else the text."""
    cell = table.rows[number].cells[position]
    text = clean(cell.text)
    if cell.value is None:
        return _put(sheet, first + number, position + 1, text) if text else sheet.cell(first + number, position + 1)
    written = sheet.cell(first + number, position + 1)
    span = table.rows[number].subtotal_of
    if span is not None and _sums(table.rows, span, position) == cell.value:
        letter = written.column_letter
        # SUBTOTAL leaves other subtotals in its range out, so a total may span its groups.
        written.value = f"=SUBTOTAL(9,{letter}{first + span[0]}:{letter}{first + span[1]})"
    else:
        written.value = cell.value
    written.number_format = number_format(cell, table.columns[position])
    return written


def _sums(rows: tuple[Row, ...], span: tuple[int, int], position: int) -> Decimal | None:
    """What the formula over these rows will give; None when they hold no number."""
    numbers = [
        Decimal(row.cells[position].value or 0)
        for row in rows[span[0] : span[1] + 1]
        if row.subtotal_of is None and row.cells[position].value is not None
    ]
    return sum(numbers, Decimal(0)) if numbers else None


def number_format(cell: Cell, column: Column) -> str:
    """The format under which the value prints as the cell's text; the column's own where the text says nothing."""
    text = clean(cell.text)
    shown = re.fullmatch(r"-?(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?", text)
    if not shown:
        if cell.value == 0:  # a zero that is printed as nothing or as a dash
            return f'#,##0;-#,##0;"{text}"' if '"' not in text else "#,##0"
        return column.number_format or "#,##0.###"
    whole, part = shown[1], shown[2] or ""
    if whole.startswith("0") and len(whole) > 1:
        form = "0" * len(whole)
    elif "." in whole or (cell.value is not None and abs(Decimal(cell.value)) < 1000):  # noqa: PLR2004 -- where dots begin
        form = "#,##0"
    else:
        form = "0"  # a year has no dot
    return form + ("." + "0" * len(part) if part else "")


def _notes(sheet: Any, annex: Annex, row: int, looks: _Looks) -> None:
    for offset, note in enumerate(annex.notes):
        _across(
            sheet,
            row + offset,
            clean(note),
            last=len(annex.table.columns),
            font=looks.italic,
            align=looks.aligns[Align.LEFT],
        )


def _print_setup(sheet: Any, annex: Annex, top: int, first: int) -> None:
    """A4, as wide as the page, the head on every page and in sight while scrolling."""
    from openpyxl.utils import get_column_letter

    room = LANDSCAPE_CHARACTERS if annex.landscape else PORTRAIT_CHARACTERS
    for position, share in enumerate(shares(annex), 1):
        sheet.column_dimensions[get_column_letter(position)].width = round(max(4.0, share * room), 2)
    sheet.freeze_panes = f"A{first}"
    sheet.print_title_rows = f"{top}:{first - 1}"
    sheet.page_setup.orientation = "landscape" if annex.landscape else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left, margins.right, margins.top, margins.bottom = 0.59, 0.59, 0.79, 0.79  # 15 and 20 mm, in inches
    sheet.oddFooter.center.text = "&P/&N"
