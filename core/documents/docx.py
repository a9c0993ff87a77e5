"""Blocks -> DOCX for the clerk's desk, with the sizes and places of the PDF.

python-docx carries the package, its styles and sections; paragraphs and tables are written as WordprocessingML,
because a table made cell by cell takes seconds at 500 rows.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from core.documents.archive import repack
from core.documents.blocks import (
    Annex,
    Document,
    Heading,
    LetterheadBlock,
    Paragraph,
    ParagraphKind,
    Row,
    RowKind,
    SignatureBlock,
    Table,
)
from core.documents.html import MOTTO, NATION, RECIPIENTS_WORD, heading_text, recipient_lines
from core.documents.tables import (
    CELL_MARGIN,
    DENSE_FROM,
    PORTRAIT_TEXT,
    HeadCell,
    head_cells,
    head_depth,
    number_labels,
    shares,
    spans,
    text_width,
)
from core.documents.text import check_printable, clean, upper, width

FONT = "Times New Roman"
MM = 1440 / 25.4  # twentieths of a point in a millimetre
LEFT_HEAD, LEFT_SIGN = 0.40, 0.48  # share of the left column


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style. Sizes and spaces in points, indent in millimetres, line as (twentieths, rule)."""

    id: str
    name: str
    size: float = 14
    bold: bool = False
    italic: bool = False
    align: str = "left"
    indent: float = 0
    before: float = 0
    after: float = 0
    line: tuple[int, str] = (240, "auto")
    keep_next: bool = False
    outline: int | None = None


_TEXT_LINE = (364, "atLeast")
_STYLES = (
    Style("OcopBody", "Thân văn bản", align="both", indent=10, before=6, line=_TEXT_LINE),
    Style("OcopBasis", "Căn cứ", italic=True, align="both", indent=10, before=6, line=_TEXT_LINE),
    Style(
        "OcopHeading1",
        "Đề mục I",
        bold=True,
        align="both",
        indent=10,
        before=6,
        line=_TEXT_LINE,
        keep_next=True,
        outline=0,
    ),
    Style(
        "OcopHeading2",
        "Đề mục 1",
        bold=True,
        align="both",
        indent=10,
        before=6,
        line=_TEXT_LINE,
        keep_next=True,
        outline=1,
    ),
    Style(
        "OcopHeading3",
        "Đề mục 1.1",
        bold=True,
        align="both",
        indent=10,
        before=6,
        line=_TEXT_LINE,
        keep_next=True,
        outline=2,
    ),
    Style("OcopParent", "Cơ quan chủ quản", size=13, align="center"),
    Style("OcopIssuer", "Cơ quan ban hành", size=13, bold=True, align="center"),
    Style("OcopNation", "Quốc hiệu", size=13, bold=True, align="center"),
    Style("OcopMotto", "Tiêu ngữ", bold=True, align="center"),
    Style("OcopRule", "Đường kẻ", size=2, line=(40, "exact")),
    Style("OcopNumber", "Số ký hiệu", size=13, align="center", before=4),
    Style("OcopPlace", "Địa danh ngày tháng", italic=True, align="center", before=3),
    Style("OcopType", "Tên loại", bold=True, align="center", before=16),
    Style("OcopSubject", "Trích yếu", bold=True, align="center"),
    Style("OcopRecipients", "Nơi nhận", size=12, bold=True, italic=True, line=(360, "exact")),
    Style("OcopRecipient", "Nơi nhận (dòng)", size=11),
    Style("OcopAuthority", "Quyền hạn chức vụ", bold=True, align="center"),
    Style("OcopName", "Họ tên người ký", bold=True, align="center", before=66),
    Style("OcopLabel", "Số phụ lục", bold=True, align="center", keep_next=True, outline=0),
    Style("OcopTitle", "Tên phụ lục", size=13, bold=True, align="center", keep_next=True),
    Style("OcopReference", "Kèm theo", size=13, italic=True, align="center", after=6, keep_next=True),
    Style("OcopUnit", "Đơn vị tính", size=12, italic=True, align="right", after=2, keep_next=True),
    Style("OcopNote", "Ghi chú biểu", size=12, italic=True, before=4),
    Style("OcopCell", "Ô bảng", size=12),
    Style("OcopCellDense", "Ô bảng nhỏ", size=11),
)
_PARAGRAPH_STYLE = dict.fromkeys(ParagraphKind, "OcopBody") | {ParagraphKind.LEGAL_BASIS: "OcopBasis"}


def render_docx(document: Document) -> bytes:
    """The DOCX twin of a document, equal bytes for equal documents. Raises RenderFailed as `render_pdf` does."""
    import docx

    check_printable(document)
    package = docx.Document()
    _properties(package, document)
    _make_styles(package, clean(document.language))
    body = package.element.body
    last_section = body.sectPr
    for element in _elements("".join(_main(document))):
        last_section.addprevious(element)
    _page(package.sections[-1], landscape=bool(document.annexes) and document.annexes[-1].landscape)
    _numbers(package, document, last_section)
    out = io.BytesIO()
    package.save(out)
    return repack(out.getvalue(), lambda _name, content: content)


def _main(document: Document) -> Iterator[str]:
    yield from _letterhead(document.letterhead)
    for at, block in enumerate(document.body, 1):
        keep = at == len(document.body)  # the end of the text stays with the signature
        yield _heading(block) if isinstance(block, Heading) else _paragraph(block, keep=keep)
    yield _signature(document.signature)
    for number, annex in enumerate(document.annexes):
        before = document.annexes[number - 1].landscape if number else False
        # The section that ends here is the one before this annex; the last one is the body's own.
        yield _paragraph_xml("OcopRule", "", extra=_section_xml(landscape=before, restart=bool(number)))
        yield from _annex(annex)


# ---------------------------------------------------------------- package


def _elements(xml: str) -> list[Any]:
    from docx.oxml import parse_xml

    return list(
        parse_xml(f'<w:body xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{xml}</w:body>')
    )


def _properties(package: Any, document: Document) -> None:
    """Fixed core properties: nothing of the clock or of the machine."""
    dated = datetime.fromisoformat(document.dated)
    properties = package.core_properties
    properties.title = clean(document.title)[:255]
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.language = clean(document.language)
    properties.identifier = document.identity[:255]
    properties.created = properties.modified = dated
    properties.revision = 1


def _make_styles(package: Any, language: str) -> None:
    """Times New Roman 14, Vietnamese, and one style for each part of the State's layout."""
    styles = package.styles.element
    defaults = styles.find(_w("docDefaults"))
    xml = "".join(map(_style_xml, _STYLES))
    normal = package.styles["Normal"].element
    replaced = _elements(
        f'<w:docDefaults><w:rPrDefault><w:rPr>{_run_properties(14)}<w:lang w:val="{escape(language)}-VN"/></w:rPr>'
        f'</w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        f'<w:name w:val="Normal"/><w:qFormat/></w:style>{xml}'
    )
    styles.replace(defaults, replaced[0])
    styles.replace(normal, replaced[1])
    for element in replaced[2:]:
        styles.append(element)


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def _style_xml(style: Style) -> str:
    bold, italic = "<w:b/>" if style.bold else "", "<w:i/>" if style.italic else ""
    outline = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{"<w:keepNext/>" if style.keep_next else ""}<w:widowControl/>'
        f'<w:spacing w:before="{round(style.before * 20)}" w:after="{round(style.after * 20)}" '
        f'w:line="{style.line[0]}" w:lineRule="{style.line[1]}"/><w:ind w:firstLine="{round(style.indent * MM)}"/>'
        f'<w:jc w:val="{style.align}"/>{outline}</w:pPr><w:rPr>{_run_properties(style.size, bold + italic)}</w:rPr></w:style>'
    )


def _run_properties(size: float, weight: str = "") -> str:
    half = round(size * 2)
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    return f'{fonts}{weight}<w:color w:val="000000"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def _page(section: Any, *, landscape: bool) -> None:
    """Paper, margins and a number from the second page on, for the section that python-docx made."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.left_margin, section.right_margin = Mm(20 if landscape else 30), Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)
    section.header_distance, section.footer_distance = Mm(10), Mm(10)


def _numbers(package: Any, document: Document, last: Any) -> None:
    """The header with the page number belongs to the first section; those of the annexes inherit it."""
    first = package.sections[0]
    first.different_first_page_header_footer = True
    paragraph = first.header.paragraphs[0]
    for element in _elements(
        f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr>{_run_properties(13)}</w:rPr><w:fldChar w:fldCharType="begin"/>'
        f'</w:r><w:r><w:rPr>{_run_properties(13)}</w:rPr><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        f'<w:r><w:rPr>{_run_properties(13)}</w:rPr><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    ):
        paragraph._p.addprevious(element)  # noqa: SLF001 -- python-docx's own way to its XML
    paragraph._p.getparent().remove(paragraph._p)  # noqa: SLF001
    first.first_page_header.is_linked_to_previous = False
    if document.annexes:
        package.sections[-1].different_first_page_header_footer = True
        for element in _elements('<w:pgNumType w:start="1"/>'):
            last.find(_w("pgMar")).addnext(element)


def _section_xml(*, landscape: bool, restart: bool) -> str:
    size = (
        '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>' if landscape else '<w:pgSz w:w="11906" w:h="16838"/>'
    )
    left = round((20 if landscape else 30) * MM)
    edge, side, head = round(20 * MM), round(15 * MM), round(10 * MM)
    return (
        f'<w:sectPr>{size}<w:pgMar w:top="{edge}" w:right="{side}" w:bottom="{edge}" w:left="{left}" w:header="{head}" '
        f'w:footer="{head}" w:gutter="0"/>{"<w:pgNumType w:start=" + chr(34) + "1" + chr(34) + "/>" if restart else ""}'
        f"<w:titlePg/></w:sectPr>"
    )


# ---------------------------------------------------------------- paragraphs


def _run(text: str, properties: str = "") -> str:
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{rpr}<w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>' if text else ""


def _paragraph_xml(style: str, text: str, *, extra: str = "", run: str = "", tail: str = "") -> str:
    """One paragraph; `extra` follows the style inside its properties, `tail` follows the run."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{_run(text, run)}{tail}</w:p>'


def _heading(block: Heading) -> str:
    level, run_in = min(max(block.level, 1), 3), clean(block.run_in)
    if not run_in:
        return _paragraph_xml(f"OcopHeading{level}", heading_text(block))
    return _paragraph_xml("OcopBody", f"{heading_text(block)} ", run="<w:b/>", tail=_run(run_in))


def _paragraph(block: Paragraph, *, keep: bool) -> str:
    return _paragraph_xml(_PARAGRAPH_STYLE[block.kind], clean(block.text), extra="<w:keepNext/>" if keep else "")


def _rule(text_width: float, room: float, share: float) -> str:
    """A line under a text: `share` of the text's width, centred in `room` (both in points)."""
    side = max(0, round((room - min(text_width, room) * share) / 2 * 20))
    return _paragraph_xml(
        "OcopRule",
        "",
        extra='<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
        f'<w:ind w:left="{side}" w:right="{side}" w:firstLine="0"/>',
    )


def _two_columns(share: float, rows: list[tuple[str, str]]) -> str:
    """A table without lines over the width of the text: letterhead and signature."""
    left = round(PORTRAIT_TEXT * share * MM)
    right = round(PORTRAIT_TEXT * MM) - left
    lines = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{cell_width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'
            for cell_width, content in ((left, pair[0]), (right, pair[1]))
        )
        + "</w:tr>"
        for pair in rows
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{left + right}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{_cell_margins(0)}</w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{left}"/><w:gridCol w:w="{right}"/></w:tblGrid>{lines}</w:tbl>'
    )


def _cell_margins(side: int, above: int = 0) -> str:
    return (
        f'<w:tblCellMar><w:top w:w="{above}" w:type="dxa"/><w:left w:w="{side}" w:type="dxa"/>'
        f'<w:bottom w:w="{above}" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/></w:tblCellMar>'
    )


def _letterhead(head: LetterheadBlock) -> Iterator[str]:
    point = 72 / 25.4
    left_room, right_room = PORTRAIT_TEXT * LEFT_HEAD * point, PORTRAIT_TEXT * (1 - LEFT_HEAD) * point
    left = _paragraph_xml("OcopParent", upper(head.parent_body)) if head.parent_body else ""
    left += "".join(_paragraph_xml("OcopIssuer", upper(line)) for line in head.issuer_lines)
    if head.issuer_lines:
        left += _rule(width(upper(head.issuer_lines[-1]), 13, bold=True), left_room, 0.4)
    right = _paragraph_xml("OcopNation", NATION) + _paragraph_xml("OcopMotto", MOTTO)
    right += _rule(width(MOTTO, 14, bold=True), right_room, 1.0)
    number = _paragraph_xml("OcopNumber", clean(head.number_line))
    place = _paragraph_xml("OcopPlace", clean(head.place_date_line))
    yield _two_columns(LEFT_HEAD, [(left, right), (number, place)])
    yield _paragraph_xml("OcopType", upper(head.document_type))
    subject = clean(head.subject)
    inset = round((PORTRAIT_TEXT - 140) / 2 * MM)
    yield _paragraph_xml("OcopSubject", subject, extra=f'<w:ind w:left="{inset}" w:right="{inset}" w:firstLine="0"/>')
    yield _rule(min(width(subject, 14, bold=True), 140 * point), PORTRAIT_TEXT * point, 0.4)


def _signature(block: SignatureBlock) -> str:
    keep = "<w:keepNext/>"
    left = _paragraph_xml("OcopRecipients", RECIPIENTS_WORD, extra=keep)
    left += "".join(_paragraph_xml("OcopRecipient", line) for line in recipient_lines(block.recipients))
    right = "".join(_paragraph_xml("OcopAuthority", upper(line), extra=keep) for line in block.authority_lines)
    right += _paragraph_xml("OcopName", clean(block.name))
    return _paragraph_xml("OcopRule", "", extra=f'{keep}<w:spacing w:before="200"/>') + _two_columns(
        LEFT_SIGN, [(left, right)]
    )


# ---------------------------------------------------------------- annexes


def _annex(annex: Annex) -> Iterator[str]:
    yield _paragraph_xml("OcopLabel", clean(annex.label))
    yield _paragraph_xml("OcopTitle", upper(annex.title))
    if annex.reference:
        yield _paragraph_xml("OcopReference", clean(annex.reference))
    if annex.unit_line:
        yield _paragraph_xml("OcopUnit", clean(annex.unit_line))
    yield _table(annex.table, [round(share * text_width(annex) * MM) for share in shares(annex)])
    for note in annex.notes:
        yield _paragraph_xml("OcopNote", clean(note))


def _table(table: Table, widths: list[int]) -> str:
    style = "OcopCellDense" if len(table.columns) >= DENSE_FROM else "OcopCell"
    grid = "".join(f'<w:gridCol w:w="{cell_width}"/>' for cell_width in widths)
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/>{_cell_margins(round(CELL_MARGIN * 20), 40)}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(_head_rows(table, widths, style))}{''.join(_body_rows(table, widths, style))}</w:tbl>"
    )


def _head_rows(table: Table, widths: list[int], style: str) -> Iterator[str]:
    cells = head_cells(table.columns)
    for row in range(head_depth(table.columns)):
        parts, at = [], 0
        while at < len(widths):
            cell = next(c for c in cells if c.column <= at < c.column + c.columns and c.row <= row < c.row + c.rows)
            parts.append(_head_cell(cell, row, sum(widths[at : at + cell.columns]), style))
            at = cell.column + cell.columns
        yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(parts)}</w:tr>"
    if table.column_numbers:
        numbers = (
            _cell(text, cell_width, style, "center", run="<w:i/>")
            for text, cell_width in zip(number_labels(table), widths, strict=True)
        )
        yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(numbers)}</w:tr>"


def _head_cell(cell: HeadCell, row: int, cell_width: int, style: str) -> str:
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    if cell.rows > 1:
        span += '<w:vMerge w:val="restart"/>' if row == cell.row else "<w:vMerge/>"
    text = clean(cell.text) if row == cell.row else ""
    return _cell(text, cell_width, style, "center", run="<w:b/>", span=span)


def _body_rows(table: Table, widths: list[int], style: str) -> Iterator[str]:
    aligns = [column.align.value for column in table.columns]
    for row in table.rows:
        yield _body_row(row, widths, aligns, style)


def _body_row(row: Row, widths: list[int], aligns: list[str], style: str) -> str:
    run = "" if row.kind is RowKind.BODY else "<w:b/>"
    keep = "<w:keepNext/>" if row.kind is RowKind.GROUP else ""
    cells = (
        _cell(
            clean(row.cells[at].text),
            sum(widths[at : at + count]),
            style,
            aligns[at] if count == 1 else "left",
            run=run,
            span=f'<w:gridSpan w:val="{count}"/>' if count > 1 else "",
            keep=keep,
        )
        for at, count in spans(row)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _cell(text: str, cell_width: int, style: str, align: str, *, run: str = "", span: str = "", keep: str = "") -> str:
    justify = "" if align == "left" else f'<w:jc w:val="{align}"/>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{cell_width}" w:type="dxa"/>{span}<w:vAlign w:val="center"/></w:tcPr>'
        f"{_paragraph_xml(style, text, extra=keep + justify, run=run)}</w:tc>"
    )
