"""Any document of text: PDF, DOCX and XLSX say the same."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.documents.blocks import Align, Annex, Cell, Column, Document, Heading, Paragraph, ParagraphKind, Row, Table
from core.documents.docx import render_docx
from core.documents.pdf import render_pdf
from core.documents.tables import head_cells
from core.documents.tests import factories
from core.documents.tests.reading import docx_text, letters, pdf_text, printed, sheet_text
from core.documents.text import clean, printable
from core.documents.xlsx import render_xlsx

VIETNAMESE = (
    "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữựỳỷỹýỵ0123456789 .,;:()-–%/&<>\"'{}[]=+@#"
)
LINE = st.text(VIETNAMESE + "\u202e\u200b\u0301\x07\n", max_size=40)
AMOUNTS = st.one_of(st.none(), st.integers(0, 10**12), st.decimals(0, 10**9, places=2))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    groups = draw(
        st.lists(st.tuples(*[st.sampled_from(["Nguồn", "Khác"])] * draw(st.integers(0, 2))), min_size=1, max_size=4)
    )
    columns = tuple(
        Column(str(n), draw(LINE), draw(st.floats(1, 9)), draw(st.sampled_from(Align)), group)
        for n, group in enumerate(groups)
    )
    rows = tuple(Row(tuple(draw(cells()) for _ in columns)) for _ in range(draw(st.integers(0, 4))))
    return Table(columns, rows, draw(st.booleans()))


@st.composite
def cells(draw: st.DrawFn) -> Cell:
    value = draw(AMOUNTS)
    return Cell(draw(LINE)) if value is None else factories.number(value)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    headings = st.builds(Heading, st.integers(1, 3), LINE, LINE)
    paragraphs = st.builds(Paragraph, LINE, st.sampled_from(ParagraphKind))
    annexes = tuple(
        Annex(
            f"bieu-{n}",
            f"Biểu {n}",
            draw(LINE),
            draw(LINE),
            draw(tables()),
            notes=(draw(LINE),),
            landscape=draw(st.booleans()),
        )
        for n in range(1, draw(st.integers(1, 3)))
    )
    return factories.document(
        body=tuple(draw(st.lists(st.one_of(headings, paragraphs), max_size=5))),
        annexes=annexes,
        letterhead=factories.letterhead(subject=draw(LINE)),
    )


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents())
def test_three_formats_carry_the_same_text(document):
    expected = letters("".join(printed(document)))

    assert letters(docx_text(render_docx(document))) == expected
    # The order of drawing is not that of reading, and letters of long cells may be cut anywhere: count them.
    assert Counter(letters(pdf_text(render_pdf(document)))) == Counter(expected)
    for annex in document.annexes:
        assert letters(sheet_text(render_xlsx(annex, document))) == letters("".join(_annex_texts(annex)))


@given(st.text(max_size=200))
def test_cleaned_text_stays_as_it_is_and_hides_nothing(text):
    once = clean(text)

    assert clean(once) == once
    assert not set(once) & set("\u202e\u200b\u00ad\x00\n\t")


def test_font_has_every_vietnamese_letter():
    letters_ = set("".join(chr(code) for code in range(0x1EA0, 0x1EFA)) + "ĂăÂâĐđÊêÔôƠơƯư" + VIETNAMESE)

    assert {ord(letter) for letter in letters_} - printable() == set()


def _annex_texts(annex):
    from core.documents.text import upper

    yield from (clean(annex.label), upper(annex.title), clean(annex.reference), clean(annex.unit_line))
    yield from (clean(cell.text) for cell in head_cells(annex.table.columns))
    yield from (f"({n})" for n in range(1, 1 + len(annex.table.columns)) if annex.table.column_numbers)
    yield from (
        cell.text if cell.value is not None else clean(cell.text) for row in annex.table.rows for cell in row.cells
    )
    yield from map(clean, annex.notes)
