import pytest

from core.audit.models import AuditEntry
from core.documents import queries, registry
from core.documents.models import GeneratedDocument, GeneratedFile
from core.documents.services import OWNER, NewFile, publish, snapshot_hash
from core.files import registry as owners
from core.files.models import StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kind(monkeypatch):
    monkeypatch.setattr(registry, "_kinds", {})
    registry.register_kind(
        "tests.note", label="Ghi chép", can_read=lambda user, document: user == document.subject_label
    )


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def publish_note(snapshot=None, subject_id=7):
    return publish(
        "tests.note",
        subject_id=subject_id,
        subject_label="an",
        snapshot=snapshot or {"b": 1, "a": "chữ"},
        files=[NewFile("pdf", "ke-hoach.pdf", b"%PDF-1"), NewFile("bieu-2", "bieu-2.xlsx", b"PK2")],
        by=None,
    )


def test_publication_keeps_files_in_order_with_their_owner():
    document = publish_note()

    assert [(file.role, file.stored_file.name) for file in document.files.all()] == [
        ("pdf", "ke-hoach.pdf"),
        ("bieu-2", "bieu-2.xlsx"),
    ]
    assert {(stored.owner_kind, stored.owner_id) for stored in StoredFile.objects.all()} == {(OWNER, document.pk)}
    assert document.file("pdf").stored_file.content_type == "application/pdf"
    assert document.file("docx") is None


def test_one_snapshot_is_published_once():
    first = publish_note({"b": 1, "a": 2})

    second = publish_note({"a": 2, "b": 1})

    assert second == first
    assert (GeneratedDocument.objects.count(), GeneratedFile.objects.count(), StoredFile.objects.count()) == (1, 2, 2)
    assert AuditEntry.objects.filter(action="publish").count() == 1


def test_log_keeps_the_hashes_of_the_files_and_not_the_snapshot():
    document = publish_note({"bi": "mat"})

    new = AuditEntry.objects.get(action="publish").new
    assert new["snapshot"] == document.snapshot_hash == snapshot_hash({"bi": "mat"})
    assert [file["role"] for file in new["files"]] == ["pdf", "bieu-2"]
    assert len(new["files"][0]["sha256"]) == 64


def test_latest_is_the_newest_of_the_subject():
    publish_note({"n": 1})
    newest = publish_note({"n": 2})
    publish_note({"n": 3}, subject_id=8)

    assert queries.latest("tests.note", 7) == newest
    assert queries.latest("tests.note", 99) is None
    assert queries.of_snapshot("tests.note", 7, snapshot_hash({"n": 1})) != newest


def test_file_is_read_by_those_who_may_read_the_document():
    stored = publish_note().files.first().stored_file

    assert owners.can_read("an", stored)
    assert not owners.can_read("người khác", stored)


def test_document_of_an_unknown_kind_is_closed_and_not_published(monkeypatch):
    stored = publish_note().files.first().stored_file
    monkeypatch.setattr(registry, "_kinds", {})

    assert not owners.can_read("an", stored)
    with pytest.raises(KeyError):
        publish_note({"khác": 1})
