"""What a document is made of. PDF, DOCX and XLSX are rendered from these blocks and from nothing else.

A document is data: frozen, comparable, without a clock, a database or a request in it. Texts are plain (no markup);
amounts are already in the unit that the page prints. Sizes and places of the State's layout (NĐ 30/2020, phụ lục I)
belong to the renderers.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum


class ParagraphKind(Enum):
    """How a paragraph stands on the page."""

    BODY = "body"  # justified, first line indented
    LEGAL_BASIS = "legal_basis"  # căn cứ: italic
    ITEM = "item"  # "- …": laid out as a body paragraph, the sign is part of the text
    SUB_ITEM = "sub_item"  # "+ …"


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered or plain heading. `level` 1 is upper case (I.), 2 and 3 are sentence case (1., 6.1.).

    `run_in` is the text that follows on the same line in regular weight ("6.4. Phòng Y tế: Chủ trì, …").
    """

    level: int
    text: str
    run_in: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    kind: ParagraphKind = ParagraphKind.BODY


@dataclass(frozen=True, slots=True)
class LetterheadBlock:
    """The head of a document. Empty number or date are printed as dots for the clerk to fill."""

    issuer_lines: tuple[str, ...]  # the last line is underlined
    number_line: str  # "Số: ……/KH-UBND"
    place_date_line: str  # "Tân Hồng, ngày …… tháng …… năm 2022"
    document_type: str  # "KẾ HOẠCH"
    subject: str
    parent_body: str = ""


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Recipients on the left, authority and name on the right."""

    recipients: tuple[str, ...]  # without "- " and ";"; the last is the archive's line
    authority_lines: tuple[str, ...]
    name: str


class Align(Enum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class RowKind(Enum):
    BODY = "body"
    GROUP = "group"  # a subtotal of the rows below it
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. `width` is a weight; `groups` are the headings above it, from the top."""

    key: str
    label: str
    width: float = 1.0
    align: Align = Align.LEFT
    groups: tuple[str, ...] = ()
    number_format: str = ""  # XLSX format of numeric cells, e.g. "#,##0.0##"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows (`text`) and, for numbers, its exact value, which XLSX stores.

    `text` is what PDF and DOCX print; `value` must print as `text` under the column's number format.
    """

    text: str = ""
    value: int | Decimal | None = None


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]  # one per column
    kind: RowKind = RowKind.BODY
    level: int = 0  # depth of a group row, 0 outermost
    subtotal_of: tuple[int, int] | None = None  # rows (first, last) of the table that this row sums, for XLSX formulas


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    column_numbers: bool = False  # a row (1) (2) (3) under the header


@dataclass(frozen=True, slots=True)
class Annex:
    """One annex: its own page numbering, its label, title, reference and table."""

    key: str  # "bieu-2": ASCII, used for page names and file names
    label: str  # "Biểu 2"
    title: str  # printed in upper case
    reference: str  # "(Kèm theo Kế hoạch số ……/KH-UBND ngày …… tháng …… năm 2022 của …)"
    table: Table
    unit_line: str = ""
    notes: tuple[str, ...] = ()  # lines under the table
    landscape: bool = True


BodyBlock = Heading | Paragraph


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `identity` fixes ids inside the files, so that two renders of one snapshot are equal bytes."""

    title: str
    language: str
    identity: str  # hex digest of the snapshot
    dated: str  # ISO date that stands in file properties in place of the clock
    letterhead: LetterheadBlock
    body: tuple[BodyBlock, ...]
    signature: SignatureBlock
    annexes: tuple[Annex, ...] = field(default=())
