"""Blocks -> one HTML page with its style sheet inside. Every text is escaped; nothing in it points anywhere."""

from collections.abc import Iterator
from functools import lru_cache
from html import escape
from pathlib import Path

from core.documents.blocks import (
    Align,
    Annex,
    Document,
    Heading,
    LetterheadBlock,
    Paragraph,
    Row,
    RowKind,
    SignatureBlock,
    Table,
)
from core.documents.tables import DENSE_FROM, head_cells, head_depth, number_labels, shares, spans
from core.documents.text import clean, upper

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
RECIPIENTS_WORD = "Nơi nhận:"

_ROW_CLASS = {RowKind.BODY: "", RowKind.GROUP: ' class="g"', RowKind.TOTAL: ' class="s"'}


@lru_cache(maxsize=1)
def _style_sheet() -> str:
    return (Path(__file__).parent / "nd30.css").read_text(encoding="utf-8")


def to_html(document: Document) -> str:
    """The whole document as HTML. Deterministic; needs no file, network or clock to be laid out."""
    return "".join(_parts(document))


def recipient_lines(recipients: tuple[str, ...]) -> list[str]:
    """Recipients as they are printed: "- …;" and the last "- Lưu: VT, …."."""
    last = len(recipients) - 1
    return [f"- {clean(item).rstrip('.;')}{'.' if n == last else ';'}" for n, item in enumerate(recipients)]


def _parts(document: Document) -> Iterator[str]:
    yield (
        f'<!DOCTYPE html><html lang="{escape(clean(document.language))}"><head><meta charset="utf-8">'
        f"<title>{_text(document.title)}</title>"
        f'<meta name="dcterms.created" content="{escape(document.dated)}">'
        f'<meta name="dcterms.modified" content="{escape(document.dated)}">'
        f"<style>{_style_sheet()}"
    )
    for number, annex in enumerate(document.annexes, 1):
        yield _page_rules(f"annex{number}", annex)
    yield "</style></head><body>"
    yield from _letterhead(document.letterhead)
    for block in document.body:
        yield _heading(block) if isinstance(block, Heading) else _paragraph(block)
    yield from _signature(document.signature)
    for number, annex in enumerate(document.annexes, 1):
        yield from _annex(f"annex{number}", annex)
    yield "</body></html>"


def _text(text: str) -> str:
    return escape(clean(text))


def _div(css: str, text: str) -> str:
    return f'<div class="{css}">{escape(text)}</div>'


def _page_rules(name: str, annex: Annex) -> str:
    """A named page per annex: its paper, and page numbers that begin again, hidden on its first page."""
    size, left = ("A4 landscape", "20mm") if annex.landscape else ("A4", "30mm")
    return (
        f"@page {name} {{ size: {size}; margin: 20mm 15mm 20mm {left} }}"
        f"@page :nth(1 of {name}) {{ counter-reset: page 1; @top-center {{ content: none }} }}"
        f".{name} {{ page: {name}; break-before: page }}"
    )


def _letterhead(head: LetterheadBlock) -> Iterator[str]:
    yield '<table class="two head"><tr><td class="left">'
    if head.parent_body:
        yield _div("parent", upper(head.parent_body))
    for line in head.issuer_lines[:-1]:
        yield _div("issuer", upper(line))
    for line in head.issuer_lines[-1:]:
        yield f'<div class="issuer"><span class="part">{escape(upper(line))}</span></div>'
    yield "</td><td>"
    yield f'{_div("nation", NATION)}<div class="motto"><span class="full">{MOTTO}</span></div>'
    # Number and date share a row, so that they stay on one line when the issuer's name takes three.
    yield f'</td></tr><tr><td class="left">{_div("number", clean(head.number_line))}'
    yield f"</td><td>{_div('place', clean(head.place_date_line))}</td></tr></table>"
    yield _div("type", upper(head.document_type))
    yield f'<div class="subject"><span class="part">{_text(head.subject)}</span></div>'


def heading_text(block: Heading) -> str:
    """The bold part of a heading as printed."""
    return upper(block.text) if block.level == 1 else clean(block.text)


def _heading(block: Heading) -> str:
    level = min(max(block.level, 1), 3)
    run_in = clean(block.run_in)
    text = escape(heading_text(block))
    return (
        f'<p class="h{level} run">{text} <span>{escape(run_in)}</span></p>'
        if run_in
        else f'<p class="h{level}">{text}</p>'
    )


def _paragraph(block: Paragraph) -> str:
    return f'<p class="{block.kind.value}">{_text(block.text)}</p>'


def _signature(block: SignatureBlock) -> Iterator[str]:
    yield f'<table class="two sign"><tr><td class="left">{_div("recipients", RECIPIENTS_WORD)}<div class="list">'
    for line in recipient_lines(block.recipients):
        yield f"<div>{escape(line)}</div>"
    yield "</div></td><td>"
    for line in block.authority_lines:
        yield _div("authority", upper(line))
    yield f"{_div('name', clean(block.name))}</td></tr></table>"


def _annex(name: str, annex: Annex) -> Iterator[str]:
    label, title = clean(annex.label), upper(annex.title)
    yield f'<section class="{name}"><div class="label" data-bookmark="{escape(label)}. {escape(title)}">{escape(label)}</div>'
    yield _div("title", title)
    if annex.reference:
        yield _div("reference", clean(annex.reference))
    if annex.unit_line:
        yield _div("unit", clean(annex.unit_line))
    yield from _table(annex.table, shares(annex))
    for note in annex.notes:
        yield f'<p class="note">{_text(note)}</p>'
    yield "</section>"


def _table(table: Table, widths: list[float]) -> Iterator[str]:
    dense = " dense" if len(table.columns) >= DENSE_FROM else ""
    yield f'<table class="t{dense}"><colgroup>'
    for share in widths:
        yield f'<col style="width:{share:.3%}">'
    yield "</colgroup><thead>"
    cells = head_cells(table.columns)
    for row in range(head_depth(table.columns)):
        yield "<tr>"
        for cell in cells:
            if cell.row == row:
                span = (f' rowspan="{cell.rows}"' if cell.rows > 1 else "") + (
                    f' colspan="{cell.columns}"' if cell.columns > 1 else ""
                )
                yield f"<th{span}>{_text(cell.text)}</th>"
        yield "</tr>"
    if table.column_numbers:
        yield "<tr>" + "".join(f'<th class="n">{label}</th>' for label in number_labels(table)) + "</tr>"
    yield "</thead><tbody>"
    classes = ["" if column.align is Align.LEFT else f' class="{column.align.value}"' for column in table.columns]
    for line in table.rows:
        yield _row(line, classes)
    yield "</tbody></table>"


def _row(row: Row, classes: list[str]) -> str:
    cells = "".join(
        f"<td{classes[at]}>{_text(row.cells[at].text)}</td>"
        if count == 1
        else f'<td colspan="{count}">{_text(row.cells[at].text)}</td>'
        for at, count in spans(row)
    )
    return f"<tr{_ROW_CLASS[row.kind]}>{cells}</tr>"
