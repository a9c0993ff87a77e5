"""Stored files with real bytes, and an owner that tests register."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from core.files import registry, services
from core.files.models import StoredFile

PDF = b"%PDF-1.7\n%%EOF\n"


def stored(
    name: str = "Kế hoạch.pdf", data: bytes = PDF, content_type: str = "application/pdf", *, by: Any = None
) -> StoredFile:
    """A file kept for the owner "test.owner"."""
    return services.store_generated(name, data, content_type, by=by, owner_kind="test.owner", owner_id=1)


@contextmanager
def owner_says(can_read: Callable[[Any, StoredFile], bool]) -> Iterator[None]:
    """Register the owner for a while; inside another `owner_says` the inner one counts."""
    before = dict(registry._owners)
    registry.register_owner("test.owner", can_read)
    try:
        yield
    finally:
        registry._owners.clear()
        registry._owners.update(before)
