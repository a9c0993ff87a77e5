"""Reading generated documents."""

from typing import Any

from django.db.models import QuerySet

from core.documents import registry
from core.documents.models import GeneratedDocument


def documents_of(kind: str, subject_id: int) -> QuerySet[GeneratedDocument]:
    """Documents of a subject, the newest first, with their files."""
    return (
        GeneratedDocument.objects.filter(kind=kind, subject_id=subject_id)
        .select_related("created_by")
        .prefetch_related("files__stored_file")
        .defer("snapshot")
    )


def latest(kind: str, subject_id: int) -> GeneratedDocument | None:
    """The newest document of a subject, with its files."""
    return documents_of(kind, subject_id).first()


def of_snapshot(kind: str, subject_id: int, snapshot_hash: str) -> GeneratedDocument | None:
    """The document that was made from exactly this snapshot: then nothing needs to be rendered again."""
    return documents_of(kind, subject_id).filter(snapshot_hash=snapshot_hash).first()


def can_read_file(user: Any, stored: Any) -> bool:
    """Who reads a stored file of a generated document: whoever the document's kind lets read the document."""
    document = GeneratedDocument.objects.defer("snapshot").filter(pk=stored.owner_id).first()
    return document is not None and registry.can_read(user, document)
