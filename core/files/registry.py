"""Who owns stored files. An app that keeps files registers how to tell who may read them."""

from collections.abc import Callable
from typing import Any

from core.files.models import ScanState, StoredFile

CanRead = Callable[[Any, StoredFile], bool]
_owners: dict[str, CanRead] = {}


def register_owner(label: str, can_read: CanRead) -> None:
    """Files with `owner_kind == label` are readable when `can_read(user, stored)` says so."""
    _owners[label] = can_read


def can_read(user: Any, stored: StoredFile) -> bool:
    """Whether a person may have a file: its owner says yes and no scanner said no; without an owner nobody may."""
    owner = _owners.get(stored.owner_kind)
    return owner is not None and stored.scan_state != ScanState.INFECTED and owner(user, stored)
