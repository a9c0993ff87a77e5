import io
import re
from collections import Counter

import pdfplumber
import pytest

from core.documents.blocks import Paragraph
from core.documents.docx import render_docx
from core.documents.errors import RenderFailed
from core.documents.tests import factories
from core.documents.tests.reading import docx_text, letters, pdf_text, printed, to_pdf_by_libreoffice


def open_docx(source):
    import docx

    return docx.Document(source)


def test_text_is_that_of_the_blocks_in_their_order():
    document = factories.document()

    assert letters(docx_text(render_docx(document))) == letters("".join(printed(document)))


def test_two_renders_are_equal_bytes():
    document = factories.document()

    assert render_docx(document) == render_docx(document)


def test_properties_carry_the_date_of_the_document_and_no_machine():
    properties = open_docx(io.BytesIO(render_docx(factories.short()))).core_properties

    assert properties.created.isoformat()[:10] == properties.modified.isoformat()[:10] == "2022-01-10"
    assert (properties.author, properties.last_modified_by, properties.revision) == ("", "", 1)


def test_sections_are_portrait_then_landscape_with_numbers_of_their_own():
    opened = open_docx(io.BytesIO(render_docx(factories.document())))

    sides = [
        (section.page_width.mm > section.page_height.mm, section.different_first_page_header_footer)
        for section in opened.sections
    ]
    starts = re.findall(r'<w:pgNumType w:start="1"/>', opened.element.xml)
    assert sides == [(False, True), (True, True), (True, True), (True, True)]
    assert len(starts) == 3
    assert [round(opened.sections[0].left_margin.mm), round(opened.sections[0].right_margin.mm)] == [30, 15]


def test_portrait_annex_stands_on_portrait_paper():
    document = factories.short(annexes=(factories.annex(2, factories.product_table(3), landscape=False),))

    opened = open_docx(io.BytesIO(render_docx(document)))

    assert [section.page_width.mm < section.page_height.mm for section in opened.sections] == [True, True]


def test_table_has_fixed_widths_and_a_repeated_head():
    opened = open_docx(io.BytesIO(render_docx(factories.document())))

    table = opened.tables[-1]
    grid = [column.width.mm for column in table.columns]
    heads = [row._tr.xml.count("<w:tblHeader/>") for row in table.rows]
    assert round(sum(grid)) == 262
    assert [round(cell.width.mm) for cell in table.rows[-1].cells] == [round(mm) for mm in grid]
    assert heads == [1, 1, 1, 1] + [0] * (len(heads) - 4)


def test_hostile_text_stays_text():
    text = "<w:p/> ]]> &amp; \x00\x0b\ud800 {{ x }} </w:document>"
    document = factories.short(Paragraph(text))

    assert "<w:p/> ]]> &amp; {{ x }} </w:document>" in docx_text(render_docx(document))


def test_letter_without_a_glyph_is_refused():
    with pytest.raises(RenderFailed, match="★"):
        render_docx(factories.short(Paragraph("★")))


@pytest.mark.slow
def test_libreoffice_prints_the_same_text_on_the_same_paper(tmp_path):
    from core.documents.pdf import render_pdf

    document = factories.document()

    by_office = to_pdf_by_libreoffice(render_docx(document), tmp_path)

    ours, office = _printed_pages(render_pdf(document)), _printed_pages(by_office)
    assert office.words == ours.words
    assert office.paper == ours.paper
    assert office.labels == ours.labels == ["Biểu 2", "Biểu 3", "Biểu 4"]
    assert _numbers(pdf_text(by_office)).keys() == _numbers(pdf_text(render_pdf(document))).keys()


class _printed_pages:  # noqa: N801 -- reads as a function
    """Letters of the text (heads of tables once), order of paper sides, labels of annexes."""

    def __init__(self, data: bytes) -> None:
        self.labels, self.paper, heads, found = [], [], set(), Counter()
        with pdfplumber.open(io.BytesIO(data)) as opened:
            for page in opened.pages:
                text = page.crop((0, 20 * 72 / 25.4, page.width, page.height)).extract_text()
                self.labels += re.findall(r"^Biểu \d$", text, re.MULTILINE)
                side = "landscape" if page.width > page.height else "portrait"
                if side not in self.paper[-1:]:
                    self.paper.append(side)
                found += Counter(re.findall(r"\w+", text)) if side == "portrait" else Counter()
                heads |= set(re.findall(r"\w+", text))
        self.words = (found, heads)


def _numbers(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d[\d.,]*\d|\d", text))
