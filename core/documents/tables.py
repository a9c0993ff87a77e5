"""The head of a table as a grid, the same for PDF, DOCX and XLSX."""

from dataclasses import dataclass

from core.documents.blocks import Column, Table


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


def shares(columns: tuple[Column, ...]) -> list[float]:
    """Width of each column as a share of the table; all shares sum to 1."""
    total = sum(max(column.width, 0.01) for column in columns)
    return [max(column.width, 0.01) / total for column in columns]


def number_labels(table: Table) -> list[str]:
    """(1) (2) (3) … when the table asks for them, else nothing."""
    return [f"({n})" for n in range(1, len(table.columns) + 1)] if table.column_numbers else []
