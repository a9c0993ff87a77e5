"""The way in: types by content, sizes, workbooks that unpack to too much."""

import io
import warnings
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.files import gate
from core.files.tests.factories import PDF

JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 20
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20
EVERYTHING = gate.PAPERS | {gate.XLSX}


def workbook(*members: tuple[str, bytes]) -> bytes:
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, data in members or (("xl/workbook.xml", b"<workbook/>"),):
            archive.writestr(name, data)
    return file.getvalue()


def accept(name: str, data: bytes, **options: object) -> gate.Accepted:
    return gate.accept_upload(SimpleUploadedFile(name, data), **{"allowed": EVERYTHING, **options})


@pytest.mark.parametrize(
    ("name", "data", "kept", "content_type"),
    [
        ("giấy.pdf", PDF, "giấy.pdf", gate.PDF),
        ("ẢNH.JPEG", JPEG, "ẢNH.JPEG", gate.JPEG),
        ("ảnh.png", PNG, "ảnh.png", gate.PNG),
        ("số liệu.xlsx", workbook(), "số liệu.xlsx", gate.XLSX),
        ("giấy.pdf.exe", PDF, "giấy.pdf.exe.pdf", gate.PDF),
        ("ảnh.png", JPEG, "ảnh.png.jpg", gate.JPEG),
    ],
)
def test_accept_tells_the_type_from_the_content(name: str, data: bytes, kept: str, content_type: str) -> None:
    assert accept(name, data) == gate.Accepted(kept, data, content_type)


@pytest.mark.parametrize(
    "data",
    [
        b"<html><script>alert(1)</script>",
        b"MZ\x90\x00",
        b"\n%PDF-1.7",
        b"GIF89a",
        b"%!PS-Adobe EPSF",
        workbook(("word/document.xml", b"<document/>")),
        b"PK\x03\x04 no zip at all",
    ],
)
def test_accept_refuses_other_contents_whatever_the_name_says(data: bytes) -> None:
    with pytest.raises(gate.FileRefused, match=r"Tệp phải là Excel \(.xlsx\), JPG, PDF, PNG. "):
        accept("giấy.pdf", data)


def test_accept_refuses_a_type_that_this_field_does_not_take() -> None:
    with pytest.raises(gate.FileRefused, match=r"Tệp phải là JPG, PDF, PNG. "):
        accept("số liệu.xlsx", workbook(), allowed=gate.PAPERS)


def test_accept_refuses_an_empty_file() -> None:
    with pytest.raises(gate.FileRefused, match="không có nội dung"):
        accept("giấy.pdf", b"")


def test_accept_refuses_a_heavy_file_with_its_weight() -> None:
    with pytest.raises(gate.FileRefused, match=r"Tệp nặng 3 MB, tối đa 2 MB. "):
        accept("giấy.pdf", PDF + b" " * (2 * gate.MEGABYTE), max_bytes=2 * gate.MEGABYTE)


def test_accept_refuses_a_file_that_lies_about_its_size() -> None:
    upload = SimpleUploadedFile("giấy.pdf", PDF + b" " * gate.MEGABYTE)
    upload.size = 10

    with pytest.raises(gate.FileRefused, match="tối đa 1 MB"):
        gate.accept_upload(upload, max_bytes=gate.MEGABYTE)


@pytest.mark.parametrize(
    "members",
    [
        [("xl/workbook.xml", b"<workbook/>"), ("xl/big.xml", b"0" * (gate.MAX_UNPACKED_BYTES + 1))],
        [("xl/workbook.xml", b"1"), ("xl/workbook.xml", b"2")],
        [("xl/workbook.xml", b"1"), *((f"xl/{number}.xml", b"") for number in range(gate.MAX_MEMBERS))],
    ],
    ids=["bomb", "twins", "crowd"],
)
def test_accept_refuses_a_workbook_that_is_more_than_a_workbook(members: list) -> None:
    with pytest.raises(gate.FileRefused, match="giải nén ra quá lớn hoặc bị hỏng"):
        accept("số liệu.xlsx", workbook(*members))
