"""The history of a row as people read it: when, who, which column, from what to what."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone

from core.audit.models import AuditEntry
from core.audit.queries import timeline
from core.vietnamese.numbers import integer

SHOWN = 20
_LABELS = {"create": "Thêm mới", "update": "Sửa", "delete": "Xóa"}


@dataclass(frozen=True)
class Change:
    """One column: its Vietnamese name and both texts."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Event:
    """One entry of the log. `changes` is empty for a new row: its values stand on the page itself."""

    at: datetime
    who: str
    on_behalf_of: str
    what: str
    reason: str
    changes: tuple[Change, ...]


def history_of(subject: models.Model, *, labels: dict[str, str] | None = None) -> list[Event]:
    """The newest events of a row, at most `SHOWN`; `labels` names the acts that are its own (trình, duyệt …)."""
    named = _LABELS | (labels or {})
    return [_event(entry, subject, named) for entry in timeline(subject)[:SHOWN]]


def _event(entry: AuditEntry, subject: models.Model, labels: dict[str, str]) -> Event:
    names = [] if entry.action == "create" else [name for name in entry.new if not _is_stamp(entry, subject, name)]
    changes = (_change(subject, name, entry.old.get(name), entry.new.get(name)) for name in names)
    return Event(
        at=entry.at,
        who=entry.actor_name,
        on_behalf_of=entry.on_behalf_of,
        what=labels.get(entry.action, entry.action),
        reason=entry.reason,
        changes=tuple(change for change in changes if change is not None),
    )


def _is_stamp(entry: AuditEntry, subject: models.Model, name: str) -> bool:
    """Whether a column only repeats who did a named act and when, which the entry's own line says."""
    field = next((field for field in subject._meta.concrete_fields if field.name == name), None)
    is_of_person = field is not None and field.is_relation and field.related_model is get_user_model()
    return entry.action not in _LABELS and (isinstance(field, models.DateTimeField) or is_of_person)


def _change(subject: models.Model, name: str, old: Any, new: Any) -> Change | None:
    fields = {field.name: field for field in subject._meta.concrete_fields}
    field = fields.get(name)
    if field is None:
        return _change_of_part(subject, name, old, new)
    label = str(field.verbose_name)
    if field.is_relation:
        return Change(label, "", "")
    return Change(label, _text(field, old), _text(field, new))


def _change_of_part(subject: models.Model, name: str, old: Any, new: Any) -> Change | None:
    """A value of a row that is edited as part of this one; its name comes from the row's `part_label`."""
    label = getattr(subject, "part_label", None)
    if label is None:
        return None
    texts = (
        "trống" if value is None else integer(value) if isinstance(value, int) else str(value) for value in (old, new)
    )
    return Change(label(name), *texts)


def _text(field: Any, value: Any) -> str:
    """A logged value as it reads on screen; empty is “trống”."""
    if value is None or value == "":
        return "trống"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(field, models.DateTimeField):
        return f"{timezone.localtime(datetime.fromisoformat(str(value))):%H:%M %d/%m/%Y}"
    if isinstance(field, models.DateField):
        return date.fromisoformat(str(value)).strftime("%d/%m/%Y")
    if isinstance(value, int) and "year" not in field.name:
        return integer(value)
    if isinstance(value, list):
        return " / ".join(str(item) for item in value)
    return str(value)
