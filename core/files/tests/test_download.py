"""The way out: headers, names, and one answer for everything a person may not have."""

import re
import unicodedata
import uuid
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from core.files.models import ScanState, StoredFile
from core.files.tests.factories import PDF, owner_says, stored

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def reader(client, officer):
    """A logged-in browser whose person the owner lets read everything."""
    client.force_login(officer)
    with owner_says(lambda user, _stored: user == officer):
        yield client


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_download_of_a_pdf_opens_it_in_place(reader) -> None:
    answer = reader.get(stored().get_absolute_url())

    assert (answer.status_code, body(answer)) == (200, PDF)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f"inline; filename*=utf-8''{quote('Kế hoạch.pdf')}"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert answer["Content-Length"] == str(len(PDF))


def test_download_of_a_pdf_saves_it_when_asked(reader) -> None:
    answer = reader.get(stored().get_absolute_url(), {"tai": "1"})

    assert answer["Content-Disposition"].startswith("attachment; ")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert body(answer) == PDF


@pytest.mark.parametrize(
    ("name", "content_type"), [("biểu 1.xlsx", XLSX), ("a.html", "text/html"), ("a.svg", "image/svg+xml")]
)
def test_download_of_anything_else_is_saved_in_a_sandbox(reader, name: str, content_type: str) -> None:
    answer = reader.get(stored(name, b"<script>alert(1)</script>", content_type).get_absolute_url())

    assert answer["Content-Disposition"].startswith("attachment; ")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert body(answer)


def test_download_tells_the_name_as_rfc_6266_asks(reader) -> None:
    answer = reader.get(stored("Biểu 1 – “đặc sản”.xlsx", b"x", XLSX).get_absolute_url())

    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('Biểu 1 – “đặc sản”.xlsx')}"
    assert body(answer) == b"x"


def test_download_of_a_row_with_a_hostile_name_splits_no_header(reader) -> None:
    one = stored()
    StoredFile.objects.update(name='a"\r\nSet-Cookie: x=1;b.pdf')
    one.refresh_from_db()

    answer = reader.get(one.get_absolute_url())

    assert "Set-Cookie" not in answer.headers
    assert "\r" not in answer["Content-Disposition"]
    assert "\n" not in answer["Content-Disposition"]
    assert body(answer) == PDF


def test_download_by_the_name_as_a_mac_writes_it(reader) -> None:
    one = stored()
    address = reverse("files:download", args=[one.uuid, unicodedata.normalize("NFD", one.name)])

    assert body(reader.get(address)) == PDF


def without_secrets(answer) -> str:
    """The page without the values of its hidden fields, which differ every time."""
    return re.sub(r'value="[^"]*"', "", answer.content.decode())


def test_download_of_foreign_missing_and_misnamed_files_answers_alike(reader) -> None:
    one, infected, ownerless = stored(), stored(), stored()
    StoredFile.objects.filter(pk=infected.pk).update(scan_state=ScanState.INFECTED)
    StoredFile.objects.filter(pk=ownerless.pk).update(owner_kind="", owner_id=None)
    missing = reverse("files:download", args=[uuid.uuid4(), one.name])
    misnamed = reverse("files:download", args=[one.uuid, "khác.pdf"])

    addresses = [missing, misnamed, infected.get_absolute_url(), ownerless.get_absolute_url()]
    answers = [reader.get(address) for address in addresses]
    with owner_says(lambda _user, _stored: False):
        answers.append(reader.get(one.get_absolute_url()))

    assert {answer.status_code for answer in answers} == {404}
    assert len({without_secrets(answer) for answer in answers}) == 1


@pytest.mark.parametrize("path", ["..%2f..%2fetc%2fpasswd", "%2e%2e/secret", "a/../b", "a%00.pdf", "%0d%0aX: y"])
def test_download_by_a_tricky_path_finds_nothing(reader, path: str) -> None:
    assert reader.get(f"/tep/{stored().uuid}/{path}").status_code == 404


def test_download_without_login_asks_for_it(client, db) -> None:
    with owner_says(lambda _user, _stored: True):
        answer = client.get(stored().get_absolute_url())

    assert answer.status_code == 302


def test_download_by_post_is_not_allowed(reader) -> None:
    assert reader.post(stored().get_absolute_url()).status_code == 405


def test_download_of_bytes_that_are_gone_says_what_to_do(reader) -> None:
    one = stored()
    Path(default_storage.path(one.key)).unlink()

    answer = reader.get(one.get_absolute_url())

    assert answer.status_code == 409
    assert "Báo quản trị phục hồi từ bản sao lưu" in answer.content.decode()
