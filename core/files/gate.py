"""The one way in for files that people send: the type is told from the content, never from the name.

Only what the present screens need: PDF, JPEG, PNG, XLSX, a limit on the size and on what a workbook unpacks to.
"""

import io
import zipfile
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile

from core.errors import Refused
from core.files.names import tidy

MEGABYTE = 1024 * 1024
MAX_BYTES = 20 * MEGABYTE
MAX_UNPACKED_BYTES = 100 * MEGABYTE
MAX_MEMBERS = 2000

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAPERS = frozenset({PDF, JPEG, PNG})
_SPOKEN = {PDF: "PDF", JPEG: "JPG", PNG: "PNG", XLSX: "Excel (.xlsx)"}
_SUFFIXES = {PDF: (".pdf",), JPEG: (".jpg", ".jpeg"), PNG: (".png",), XLSX: (".xlsx",)}


class FileRefused(Refused):
    """A file that is not let in; the sentence says what to send instead."""


@dataclass(frozen=True)
class Accepted:
    """A file that was let in: its tidy name (NFC), its bytes and the type told from them."""

    name: str
    data: bytes
    content_type: str


def accept_upload(upload: UploadedFile, *, allowed: frozenset[str] = PAPERS, max_bytes: int = MAX_BYTES) -> Accepted:
    """Look at an upload before anything else does; raises FileRefused."""
    _check_size(upload.size or 0, max_bytes)
    data = upload.read(max_bytes + 1)
    _check_size(len(data), max_bytes)
    content_type = detect(data)
    if content_type not in allowed:
        kinds = ", ".join(sorted(_SPOKEN[kind] for kind in allowed))
        raise FileRefused(f"Tệp phải là {kinds}. Nếu là tệp loại khác, lưu thành một trong các loại này rồi tải lại.")
    if content_type == XLSX:
        _check_workbook(data)
    return Accepted(_with_true_suffix(tidy(upload.name or ""), content_type), data, content_type)


def detect(data: bytes) -> str:
    """The type that the bytes themselves show; empty when it is none that we know."""
    if data.startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    return XLSX if data.startswith(b"PK\x03\x04") and "xl/workbook.xml" in _members(data) else ""


def _members(data: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return []


def _check_size(size: int, max_bytes: int) -> None:
    if size == 0:
        raise FileRefused("Tệp không có nội dung (0 byte). Mở tệp trên máy để kiểm tra rồi tải lại.")
    if size > max_bytes:
        weight = -(-size // MEGABYTE)
        raise FileRefused(
            f"Tệp nặng {weight} MB, tối đa {max_bytes // MEGABYTE} MB. Lưu lại ở mức nhỏ hơn hoặc tách thành 2 tệp."
        )


def _check_workbook(data: bytes) -> None:
    """A workbook is a zip: many members, a huge unpacked size or two members of one name are not let in."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
    names = [member.filename for member in members]
    too_much = sum(member.file_size for member in members) > MAX_UNPACKED_BYTES or len(members) > MAX_MEMBERS
    if too_much or len(set(names)) != len(names):
        raise FileRefused(
            "Tệp Excel này giải nén ra quá lớn hoặc bị hỏng. Chép phần dữ liệu cần dùng sang tệp mới rồi tải lại."
        )


def _with_true_suffix(name: str, content_type: str) -> str:
    """The name with the suffix of what the file really is ("giay.exe" that is a PDF becomes "giay.exe.pdf")."""
    suffixes = _SUFFIXES[content_type]
    return name if name.lower().endswith(suffixes) else tidy(f"{name}{suffixes[0]}")
