"""Taking an act back: a service names its inverse once, the log keeps what the inverse needs with each act."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from core.audit import services
from core.audit.models import AuditEntry
from core.audit.queries import timeline
from core.errors import Refused

Inverse = Callable[..., Any]

_inverses: dict[str, Inverse] = {}


class UndoRefused(Refused):
    """The act has no inverse, or was taken back already."""


def register_inverse(action: str, inverse: Inverse) -> None:
    """`inverse(data, by=…, reason=…)` takes the act back, given what the log kept, and returns the row it wrote."""
    _inverses[action] = inverse


def can_undo(entry: AuditEntry) -> bool:
    """Whether the act named an inverse and was not taken back yet."""
    return entry.inverse is not None and entry.action in _inverses and not _was_undone(entry)


@transaction.atomic
def undo(entry: AuditEntry, *, by: Any, reason: str = "") -> Any:
    """Take an act back. Refusals of the inverse itself (the row has moved on) pass through; nothing is written then."""
    locked = AuditEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if locked.inverse is None or locked.action not in _inverses:
        raise UndoRefused("Việc này không hoàn tác được. Mở mục đó và sửa lại.")
    if _was_undone(locked):
        raise UndoRefused("Việc này đã được hoàn tác. Tải lại trang để xem trạng thái mới nhất.")
    data: Mapping[str, Any] = locked.inverse
    row = _inverses[locked.action](data, by=by, reason=reason)
    services.record("undo", locked, by=by, reason=reason)
    return row


def _was_undone(entry: AuditEntry) -> bool:
    return timeline(entry).filter(action="undo").exists()
