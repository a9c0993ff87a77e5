"""The one form in which text enters a document, whatever the format.

Documents are read by people and signed: characters that hide, reverse or break the text are taken out before any
renderer sees it, so PDF, DOCX and XLSX print the same letters.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from core.documents.blocks import Document, Heading
from core.documents.errors import RenderFailed

FONTS = Path(__file__).parent / "fonts"
FACES = {
    (False, False): "Tinos-Regular.ttf",
    (True, False): "Tinos-Bold.ttf",
    (False, True): "Tinos-Italic.ttf",
    (True, True): "Tinos-BoldItalic.ttf",
}  # (bold, italic)
# Controls, format characters (RTL overrides, zero-width joiners, soft hyphens), surrogates, private use, unassigned.
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
WORD_LIMIT = 500  # letters without a space; laying out longer words takes minutes
_PLAIN = re.compile(r"[\x20-\x7e]*")


def clean(text: str) -> str:
    """NFC, one line, without characters that cannot be printed. Line ends and tabs become spaces."""
    if not _PLAIN.fullmatch(text):
        spaced = re.sub(r"\s", " ", unicodedata.normalize("NFC", text))
        text = "".join(c for c in spaced if unicodedata.category(c) not in _HIDDEN)
    return " ".join(text.split())


def upper(text: str) -> str:
    """Cleaned and in capitals, as headings of level 1 and titles of annexes are printed."""
    return clean(text).upper()


@lru_cache(maxsize=1)
def printable() -> frozenset[int]:
    """Code points that all four faces of the document font have."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 -- heavy

    tables = []
    for name in FACES.values():
        with TTFont(FONTS / name, lazy=True) as font:
            tables.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*tables)


@lru_cache(maxsize=4)
def _advances(name: str) -> tuple[dict[int, int], int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 -- heavy

    with TTFont(FONTS / name, lazy=True) as font:
        widths = font["hmtx"].metrics
        return {code: widths[glyph][0] for code, glyph in font.getBestCmap().items()}, font["head"].unitsPerEm


def width(text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
    """Width in points of a line of text, kerning apart."""
    advances, em = _advances(FACES[bold, italic])
    return sum(advances.get(ord(c), em // 2) for c in text) * size / em


def texts(document: Document) -> Iterator[str]:
    """Every text of a document, in the order of reading, cleaned as it is printed."""
    head, sign = document.letterhead, document.signature
    yield from map(clean, (head.parent_body, *head.issuer_lines, head.number_line, head.place_date_line))
    yield from map(clean, (head.document_type, head.subject))
    for block in document.body:
        yield clean(block.text)
        if isinstance(block, Heading):
            yield clean(block.run_in)
    yield from map(clean, (*sign.recipients, *sign.authority_lines, sign.name))
    for annex in document.annexes:
        yield from map(clean, (annex.label, annex.title, annex.reference, annex.unit_line))
        for column in annex.table.columns:
            yield from map(clean, (*column.groups, column.label))
        for row in annex.table.rows:
            yield from (clean(cell.text) for cell in row.cells)
        yield from map(clean, annex.notes)


def check_printable(document: Document) -> None:
    """Refuse what cannot be printed well: letters that the font lacks (empty boxes), words without an end."""
    known = printable()
    for text in texts(document):
        longest = max(map(len, text.split()), default=0)
        if longest > WORD_LIMIT:
            raise RenderFailed(
                f"Đoạn “{text[:60]}…” có {longest} ký tự liền nhau không có dấu cách. "
                "Hãy thêm dấu cách hoặc rút gọn đoạn đó rồi tạo lại."
            )
        missing = sorted({c for c in text.upper() + text if ord(c) not in known})
        if missing:
            shown = ", ".join(f"“{c}”" for c in missing[:5])
            raise RenderFailed(
                f"Phông chữ của văn bản không có ký tự {shown} (trong đoạn “{text[:60]}”). "
                "Hãy xóa hoặc thay ký tự đó bằng chữ rồi tạo lại."
            )
