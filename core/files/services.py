"""Storing bytes under a key made by the server, and clearing away bytes that no row knows.

The bytes are written, whole and flushed to the disk, before the row that names them is committed: a row never lacks
its bytes. A transaction that is rolled back (or a process killed before its commit) leaves bytes without a row; the
sweep removes those when they are older than a day, so that it never meets a transaction still under way.
"""

import hashlib
import logging
import os
import secrets
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage
from django.utils import timezone

from core.errors import Refused
from core.files.gate import Accepted
from core.files.models import ScanState, StoredFile
from core.files.names import tidy

logger = logging.getLogger(__name__)

FOLDER = "files"
ORPHAN_AGE = timedelta(days=1)


class FileMissing(Refused):
    """The row is there, its bytes are not, or are not those that were stored."""


def store_generated(
    name: str, data: bytes, content_type: str, *, by: Any, owner_kind: str = "", owner_id: int | None = None
) -> StoredFile:
    """Keep a file that the portal made itself. Call it inside the transaction that writes what refers to it."""
    return _store(
        name, data, content_type, by=by, owner_kind=owner_kind, owner_id=owner_id, scan_state=ScanState.GENERATED
    )


def store_accepted(accepted: Accepted, *, by: Any, owner_kind: str, owner_id: int) -> StoredFile:
    """Keep an upload that the gate let in."""
    return _store(
        accepted.name, accepted.data, accepted.content_type,
        by=by, owner_kind=owner_kind, owner_id=owner_id, scan_state=ScanState.NOT_SCANNED,
    )  # fmt: skip


def _store(
    name: str, data: bytes, content_type: str, *, by: Any, owner_kind: str, owner_id: int | None, scan_state: str
) -> StoredFile:
    key = _write(data)
    return StoredFile.objects.create(
        name=tidy(name), content_type=content_type, size=len(data), sha256=hashlib.sha256(data).hexdigest(), key=key,
        scan_state=scan_state, owner_kind=owner_kind, owner_id=owner_id, created_by=by,
    )  # fmt: skip


def assign_owner(stored: StoredFile, *, owner_kind: str, owner_id: int) -> StoredFile:
    """Say whose a file is, where the owner's row is written after the file's."""
    stored.owner_kind, stored.owner_id = owner_kind, owner_id
    stored.save(update_fields=["owner_kind", "owner_id"])
    return stored


def _write(data: bytes) -> str:
    token = secrets.token_hex(20)
    key = default_storage.save(f"{FOLDER}/{token[:2]}/{token}", ContentFile(data))
    _flush(default_storage, key)
    return key


def _flush(storage: Storage, key: str) -> None:
    """Wait until the bytes are on the disk; a storage without local paths (S3) has answered only then anyway."""
    try:
        path = storage.path(key)
    except NotImplementedError:
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(stored: StoredFile) -> bytes:
    """The bytes of a file, checked against what was stored."""
    try:
        with default_storage.open(stored.key) as source:
            data: bytes = source.read()
    except FileNotFoundError as error:
        raise missing(stored) from error
    if hashlib.sha256(data).hexdigest() != stored.sha256:
        raise missing(stored)
    return data


def missing(stored: StoredFile) -> FileMissing:
    """The refusal to raise when the bytes of a row are gone; also written to the log for the administrator."""
    logger.error("stored file %s: bytes missing or changed at %s", stored.uuid, stored.key)
    return FileMissing(
        f"Tệp “{stored.name}” không còn nguyên trên máy chủ. Báo quản trị phục hồi từ bản sao lưu (mã tệp {stored.uuid})."
    )


def sweep_orphans(*, older_than: timedelta = ORPHAN_AGE) -> int:
    """Remove stored bytes that no row names and that are older than `older_than`; how many were removed."""
    limit = timezone.now() - older_than
    removed = 0
    for keys in _batches(default_storage):
        known = set(StoredFile.objects.filter(key__in=keys).values_list("key", flat=True))
        for key in keys:
            if key not in known and default_storage.get_modified_time(key) <= limit:
                default_storage.delete(key)
                removed += 1
    return removed


def _batches(storage: Storage) -> Iterator[list[str]]:
    """The stored keys, one folder at a time (a folder holds 1/256 of all)."""
    try:
        folders, _ = storage.listdir(FOLDER)
    except FileNotFoundError:
        return
    for folder in sorted(folders):
        _, names = storage.listdir(f"{FOLDER}/{folder}")
        if names:
            yield [f"{FOLDER}/{folder}/{name}" for name in names]
