"""What a table looks like, decided once for PDF, DOCX and XLSX: its head as a grid, widths, joined cells, size of text."""

from dataclasses import dataclass

from core.documents.blocks import Annex, Column, Row, RowKind, Table
from core.documents.text import clean, width

PORTRAIT_TEXT, LANDSCAPE_TEXT = 165.0, 262.0  # width of the text in mm
DENSE_FROM = 9  # columns from which a table is set in 11 pt instead of 12
CELL_MARGIN = 3.0  # points left and right of the text of a cell
_RULE = 1.0  # points: the rules of a cell, and what rounding takes
_MOST_OF_TABLE = 0.2  # a longer word is broken rather than given more of the table


@dataclass(frozen=True, slots=True)
class HeadCell:
    """One cell of the head; `row` and `column` count from 0."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


def head_depth(columns: tuple[Column, ...]) -> int:
    """Rows of the head without the row of column numbers."""
    return 1 + max((len(column.groups) for column in columns), default=0)


def head_cells(columns: tuple[Column, ...]) -> list[HeadCell]:
    """Cells of the head, row by row, left to right. Neighbours with the same groups share a cell."""
    depth = head_depth(columns)
    cells: list[HeadCell] = []
    for row in range(depth):
        at = 0
        while at < len(columns):
            groups = columns[at].groups
            if row < len(groups):
                end = at + 1
                while end < len(columns) and columns[end].groups[: row + 1] == groups[: row + 1]:
                    end += 1
                cells.append(HeadCell(groups[row], row, at, columns=end - at))
                at = end
                continue
            if row == len(groups):
                cells.append(HeadCell(columns[at].label, row, at, rows=depth - row))
            at += 1
    return cells


def font_size(table: Table) -> int:
    """Points of the text of a table."""
    return 11 if len(table.columns) >= DENSE_FROM else 12


def text_width(annex: Annex) -> float:
    """Millimetres between the margins."""
    return LANDSCAPE_TEXT if annex.landscape else PORTRAIT_TEXT


def shares(annex: Annex) -> list[float]:
    """Width of each column as a share of the table; all shares sum to 1.

    The columns' weights, except that no column is narrower than its longest word or number ("20.000" is never broken)
    as long as the others have the room to give.
    """
    columns = annex.table.columns
    total = sum(max(column.width, 0.01) for column in columns)
    asked = [max(column.width, 0.01) / total for column in columns]
    room = text_width(annex) * 72 / 25.4
    least = [min(_longest_word(annex.table, n) / room, _MOST_OF_TABLE) for n in range(len(columns))]
    return _at_least(asked, least) if sum(least) < 1 else asked


def _longest_word(table: Table, position: int) -> float:
    """Points that the widest word of a column takes with the margins of its cell. Word processors break no line at a slash."""
    size = font_size(table)
    strong = set(clean(table.columns[position].label).split())
    plain: set[str] = set()
    for row in table.rows:
        if position in _label_span(row):
            continue  # the label may stand over several columns
        (plain if row.kind is RowKind.BODY else strong).update(clean(row.cells[position].text).split())
    words = [*(width(word, size) for word in plain), *(width(word, size, bold=True) for word in strong)]
    return max(words, default=0.0) + 2 * CELL_MARGIN + _RULE


def _at_least(asked: list[float], least: list[float]) -> list[float]:
    """Raise what is below its least, and take it from the others in proportion; the sum stays 1."""
    given = list(asked)
    raised: set[int] = set()
    while True:
        short = {n for n in range(len(given)) if n not in raised and given[n] < least[n]}
        if not short:
            return given
        raised |= short
        left = 1 - sum(least[n] for n in raised)
        others = sum(asked[n] for n in range(len(asked)) if n not in raised)
        given = [least[n] if n in raised else asked[n] * left / others for n in range(len(asked))]


def spans(row: Row) -> list[tuple[int, int]]:
    """The cells of a row as (position, columns that it takes).

    The label of a group or total is one line over the empty cells that follow it, up to the first that says something.
    """
    joined = _label_span(row)
    return [
        (n, len(joined) if joined and n == joined.start else 1) for n in range(len(row.cells)) if n not in joined[1:]
    ]


def _label_span(row: Row) -> range:
    """Columns of the label of a group or total: the longest text of the row and the empty cells after it."""
    if row.kind is RowKind.BODY or not row.cells:
        return range(0)
    lengths = [len(cell.text) if cell.value is None else 0 for cell in row.cells]
    start = lengths.index(max(lengths))
    if not lengths[start]:
        return range(0)
    end = start + 1
    while end < len(row.cells) and row.cells[end].value is None and not clean(row.cells[end].text):
        end += 1
    return range(start, end)


def number_labels(table: Table) -> list[str]:
    """(1) (2) (3) … when the table asks for them, else nothing."""
    return [f"({n})" for n in range(1, len(table.columns) + 1)] if table.column_numbers else []
