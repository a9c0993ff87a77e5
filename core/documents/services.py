"""Publishing generated documents."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from core.audit import services as audit
from core.documents import registry
from core.documents.models import GeneratedDocument, GeneratedFile
from core.files.services import store_generated

OWNER = "documents.document"  # owner of the stored files: `StoredFile.owner_id` is the document's key
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class NewFile:
    """One file to publish. `role` names it within the document ("pdf", "docx", "bieu-2")."""

    role: str
    name: str  # file name that people see; its ending decides the content type
    data: bytes


def snapshot_hash(snapshot: Mapping[str, Any]) -> str:
    """SHA-256 of a snapshot, the same for equal content in any order of keys."""
    canonical = json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


@transaction.atomic
def publish(
    kind: str,
    *,
    subject_id: int,
    subject_label: str,
    snapshot: Mapping[str, Any],
    files: Iterable[NewFile],
    by: Any,
) -> GeneratedDocument:
    """Keep a document with its files, once per snapshot: a second publication gives the first back.

    `kind` must be registered (KeyError); `snapshot` is JSON. Call it inside the transaction that ends the job.
    """
    registry.kind(kind)
    digest = snapshot_hash(snapshot)
    key = {"kind": kind, "subject_id": subject_id, "snapshot_hash": digest}
    existing = GeneratedDocument.objects.filter(**key).first()
    if existing is not None:
        return existing
    try:
        with transaction.atomic():
            document = GeneratedDocument.objects.create(
                **key, subject_label=subject_label, snapshot=dict(snapshot), created_by=by
            )
    except IntegrityError:  # two jobs at once: the other was first
        return GeneratedDocument.objects.get(**key)
    rows = [_keep(document, position, file, by) for position, file in enumerate(files)]
    audit.record("publish", document, by=by, new={"snapshot": digest, "files": [row.as_log() for row in rows]})
    return document


def _keep(document: GeneratedDocument, position: int, file: NewFile, by: Any) -> GeneratedFile:
    content_type = CONTENT_TYPES[file.name.rpartition(".")[2].lower()]
    stored = store_generated(file.name, file.data, content_type, by=by, owner_kind=OWNER, owner_id=document.pk)
    return GeneratedFile.objects.create(document=document, stored_file=stored, role=file.role, position=position)
