"""What a document should say, and what its files say."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from core.documents.blocks import Document, Heading
from core.documents.html import MOTTO, NATION, RECIPIENTS_WORD, heading_text, recipient_lines
from core.documents.tables import head_cells, number_labels
from core.documents.text import clean, upper

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def printed(document: Document) -> Iterator[str]:
    """Every text as it is printed, in the order of reading."""
    head, sign = document.letterhead, document.signature
    yield from map(upper, (head.parent_body, *head.issuer_lines))
    yield from (NATION, MOTTO, clean(head.number_line), clean(head.place_date_line))
    yield from (upper(head.document_type), clean(head.subject))
    for block in document.body:
        yield heading_text(block) if isinstance(block, Heading) else clean(block.text)
        if isinstance(block, Heading):
            yield clean(block.run_in)
    yield from (RECIPIENTS_WORD, *recipient_lines(sign.recipients))
    yield from (*map(upper, sign.authority_lines), clean(sign.name))
    for annex in document.annexes:
        yield from (clean(annex.label), upper(annex.title), clean(annex.reference), clean(annex.unit_line))
        yield from (clean(cell.text) for cell in head_cells(annex.table.columns))
        yield from number_labels(annex.table)
        yield from (clean(cell.text) for row in annex.table.rows for cell in row.cells)
        yield from map(clean, annex.notes)


def letters(text: str) -> str:
    """Without white space: lines are broken differently in each format."""
    return re.sub(r"\s", "", text)


def need(program: str) -> str:
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not installed")
    return path


def pdf_text(data: bytes) -> str:
    """The text of a PDF in the order it is drawn."""
    done = subprocess.run([need("pdftotext"), "-raw", "-", "-"], input=data, capture_output=True, check=True)
    return done.stdout.decode()


def fonts_of(data: bytes) -> list[str]:
    """Names of the fonts that a PDF carries."""
    done = subprocess.run([need("pdffonts"), "-"], input=data, capture_output=True, check=True)
    return sorted(line.split()[0].partition("+")[2] for line in done.stdout.decode().splitlines()[2:])


def sheet_text(data: bytes) -> str:
    """The cells of a workbook as they are shown, in the order of reading."""
    import openpyxl

    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    return "\n".join(
        shown(cell.value, cell.number_format) if isinstance(cell.value, int | float) else str(cell.value)
        for cell in cells
    )


def docx_text(data: bytes) -> str:
    root = ET.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p"))


def shown(value: float | Decimal, number_format: str) -> str:
    """A number under an Excel format as a Vietnamese Excel prints it (the formats that this portal writes)."""
    sections = number_format.split(";")
    if value == 0 and len(sections) == 3:
        return sections[2].strip('"')
    whole, _, part = sections[0].partition(".")
    text = f"{Decimal(str(value)):{',' if ',' in whole else ''}.{len(part)}f}"
    digits, _, decimals = text.partition(".")
    width = 0 if "#" in whole else len(whole)
    return digits.zfill(width).replace(",", ".") + (f",{decimals}" if decimals else "")


def to_pdf_by_libreoffice(data: bytes, folder: Path) -> bytes:
    """Convert a DOCX with a LibreOffice profile of its own."""
    (folder / "in.docx").write_bytes(data)
    subprocess.run(
        [
            need("soffice"),
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(folder / "in.docx"),
        ],
        capture_output=True,
        check=True,
        timeout=120,
    )
    return (folder / "in.pdf").read_bytes()
