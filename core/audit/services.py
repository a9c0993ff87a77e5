"""The only writers of domain rows: each change is validated, versioned and logged in one transaction."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.utils import timezone

from core.audit import canonical
from core.audit.models import GENESIS, SEAL_WINDOW, AuditEntry, Seal, subject_type, unit_of
from core.errors import Refused
from core.fields import ShadowField, TextBlockField, TextLineField

Row = TypeVar("Row", bound=models.Model)

SYSTEM_NAME = "Hệ thống"
HIDDEN_FIELDS = frozenset({"password"})
HIDDEN_VALUE = "(không ghi vào nhật ký)"
UNLOGGED_FIELDS = frozenset({"version", "updated_at"})
SEAL_BATCH = 1000
_SEAL_LOCK_KEY = 0x4F434F50  # any constant of our own: PostgreSQL's advisory locks share one number space


class VersionConflict(Refused):
    """Somebody changed the row after the form was opened, at `opened_version`. Nothing was written."""

    def __init__(
        self,
        current: models.Model,
        changes: Mapping[str, Any],
        *,
        opened_version: int,
        changed_by: str,
        changed_at: datetime,
    ) -> None:
        self.current = current
        self.changes = dict(changes)
        self.opened_version = opened_version
        self.changed_by = changed_by
        self.changed_at = changed_at
        moment = timezone.localtime(changed_at)
        super().__init__(
            f"Mục này vừa được {changed_by} sửa lúc {moment:%H:%M} ngày {moment:%d/%m/%Y}. Xem khác biệt trước khi lưu."
        )


class StillUsed(Refused):
    """A row that others point to cannot be deleted."""


class RowGone(Refused):
    """Somebody deleted the row after the page was opened."""


class _Cascade(Collector):
    """Collects every row that a deletion takes along, one by one, so that each can be logged."""

    def can_fast_delete(self, objs: Any, from_field: Any = None) -> bool:  # noqa: ARG002 -- Django's signature
        return False


def lock(instance: Row) -> Row:
    """The row as it is now, locked until the transaction ends. Raises RowGone when somebody deleted it.

    `__class__` sees through the lazy wrapper in which a request holds its user; `type` would not.
    """
    model = instance.__class__
    try:
        return model._base_manager.select_for_update(of=("self",)).get(pk=instance.pk)  # noqa: SLF001 -- every row, whatever the default manager hides
    except model.DoesNotExist as error:  # type: ignore[attr-defined]
        raise RowGone(f"Mục “{instance}” vừa bị người khác xóa. Quay lại danh sách để xem các mục còn lại.") from error


@transaction.atomic
def create(
    instance: Row,
    *,
    by: Any,
    reason: str = "",
    on_behalf_of: models.Model | None = None,
    inverse: Mapping[str, Any] | None = None,
) -> Row:
    """Validate, insert and log a new row. Raises ValidationError, also when another writer was first."""
    _compute_shadows(instance)
    instance.full_clean()
    with _unique_races_as_validation(instance):
        instance.save(force_insert=True)
    record("create", instance, by=by, new=_values(instance), reason=reason, on_behalf_of=on_behalf_of, inverse=inverse)
    return instance


@transaction.atomic
def update(
    instance: Row,
    changes: Mapping[str, Any],
    *,
    by: Any,
    version: int | None = None,
    reason: str = "",
    on_behalf_of: models.Model | None = None,
    action: str = "update",
    inverse: Mapping[str, Any] | None = None,
    parts: Mapping[str, tuple[Any, Any]] | None = None,
) -> Row:
    """Change columns of the row as it is now in the database; no row and no log entry when nothing differs.

    `version` is the version on which the changes were typed: when the row has moved on, VersionConflict.
    `parts` tells by name, as (old, new), what the caller changes in rows that are edited as part of this one: it raises
    the version and stands in this row's entry. Returns the fresh row; the given instance gets the same values.
    """
    current = lock(instance)
    if version is not None and current.version != version:  # type: ignore[attr-defined]
        raise _conflict(current, changes, version)
    before = _values(current)
    _assign(current, changes)
    _compute_shadows(current)
    current.full_clean()
    after = _values(current)
    changed = [name for name in after if after[name] != before[name]]
    hidden_changed = [name for name in HIDDEN_FIELDS.intersection(changes) if name in after]
    changed_parts = {name: pair for name, pair in (parts or {}).items() if pair[0] != pair[1]}
    if changed or hidden_changed or changed_parts:
        _raise_version(current)
        with _unique_races_as_validation(current):
            current.save(force_update=True)
        logged = [*changed, *hidden_changed]
        record(
            action, current, by=by, reason=reason, on_behalf_of=on_behalf_of, inverse=inverse,
            old={name: before[name] for name in logged} | {name: old for name, (old, _new) in changed_parts.items()},
            new={name: after[name] for name in logged} | {name: new for name, (_old, new) in changed_parts.items()},
        )  # fmt: skip
    _copy_columns(current, instance)
    return current


@transaction.atomic
def delete(instance: models.Model, *, by: Any, reason: str = "", inverse: Mapping[str, Any] | None = None) -> None:
    """Delete the row and those that are part of it, and log each. Raises StillUsed when other rows point to it."""
    current = lock(instance)
    cascade = _Cascade(using=connection.alias, origin=current)
    try:
        cascade.collect([current])
    except (ProtectedError, RestrictedError) as error:
        rows = error.protected_objects if isinstance(error, ProtectedError) else error.restricted_objects
        raise StillUsed(_still_used(current, list(rows))) from error
    record("delete", current, by=by, old=_values(current), reason=reason, inverse=inverse)
    for collected in cascade.data.values():
        for part in sorted(collected, key=lambda row: row.pk):
            if part != current:
                record("delete", part, by=by, old=_values(part), reason=reason)
    current.delete()


def record(
    action: str,
    subject: models.Model,
    *,
    by: Any,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    reason: str = "",
    on_behalf_of: models.Model | None = None,
    inverse: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Append one entry. `by` is None for the system (loader, jobs); `inverse` is what undoing the act needs."""
    entry = AuditEntry(
        actor=by,
        actor_name=_name(by) if by is not None else SYSTEM_NAME,
        on_behalf_of=_name(on_behalf_of)[:250] if on_behalf_of is not None else "",
        on_behalf_of_key=f"{subject_type(on_behalf_of)}:{on_behalf_of.pk}" if on_behalf_of is not None else "",
        action=action,
        subject_type=subject_type(subject),
        subject_pk=str(subject.pk),
        subject_label=str(subject)[:250],
        subject_version=getattr(subject, "version", None),
        unit_id=unit_of(subject),
        old=canonical.safe(old or {}),
        new=canonical.safe(new or {}),
        reason=reason,
        inverse=None if inverse is None else canonical.safe(inverse),
    )
    entry.row_hash = entry.compute_hash()
    entry.save(force_insert=True)
    return entry


def seal_pending() -> int:
    """Chain the committed rows that have no seal yet, in the order of their keys; how many were sealed.

    Several sealers may run at once (the minute's task, a print): they wait for each other, and each row is sealed once.
    """
    total = 0
    while sealed := _seal_batch():
        total += sealed
        if sealed < SEAL_BATCH:
            break
    return total


@transaction.atomic
def _seal_batch() -> int:
    _take_seal_lock()
    last = Seal.objects.select_related("entry").order_by("-number").first()
    waiting = AuditEntry.objects.filter(seal__isnull=True).order_by("pk")
    if last is not None:
        waiting = waiting.filter(at__gte=last.entry.at - SEAL_WINDOW)
    number, chain_hash = (last.number, last.chain_hash) if last else (0, GENESIS)
    seals = []
    for key, row_hash in waiting.values_list("pk", "row_hash")[:SEAL_BATCH]:
        number, chain_hash = number + 1, Seal.chain(chain_hash, row_hash)
        seals.append(Seal(number=number, entry_id=key, chain_hash=chain_hash))
    Seal.objects.bulk_create(seals)
    return len(seals)


def _take_seal_lock() -> None:
    """One sealer at a time. SQLite needs nothing here: its transactions begin IMMEDIATE (settings)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SEAL_LOCK_KEY])


def _assign(instance: models.Model, changes: Mapping[str, Any]) -> None:
    columns = {name for field in instance._meta.concrete_fields for name in (field.name, field.attname)}
    if unknown := changes.keys() - columns:
        raise TypeError(f"{instance._meta.label} has no column {', '.join(sorted(unknown))}.")
    for name, value in changes.items():
        setattr(instance, name, value)


def _name(person: models.Model) -> str:
    return str(person)[:150]


def _has_field(instance: models.Model, name: str) -> bool:
    return any(field.name == name for field in instance._meta.concrete_fields)


def _values(instance: models.Model) -> dict[str, Any]:
    """The columns that the log keeps: no shadows, no secrets, no bookkeeping."""
    return {
        field.name: HIDDEN_VALUE if field.name in HIDDEN_FIELDS else canonical.safe(getattr(instance, field.attname))
        for field in instance._meta.concrete_fields
        if not field.primary_key and not isinstance(field, ShadowField) and field.name not in UNLOGGED_FIELDS
    }


def _compute_shadows(instance: models.Model) -> None:
    """Bring typed text to its stored form first, so that constraints on folded columns judge the new text."""
    text_first = sorted(instance._meta.concrete_fields, key=lambda field: isinstance(field, ShadowField))
    for field in text_first:
        if isinstance(field, ShadowField | TextLineField | TextBlockField):
            field.pre_save(instance, add=False)


def _raise_version(instance: models.Model) -> None:
    if _has_field(instance, "version"):
        instance.version += 1  # type: ignore[attr-defined]


def _copy_columns(source: models.Model, target: models.Model) -> None:
    for field in source._meta.concrete_fields:
        if getattr(target, field.attname) != getattr(source, field.attname):
            setattr(target, field.attname, getattr(source, field.attname))


def _conflict(current: models.Model, changes: Mapping[str, Any], version: int) -> VersionConflict:
    last = AuditEntry.objects.filter(subject_type=subject_type(current), subject_pk=str(current.pk)).first()
    return VersionConflict(
        current,
        changes,
        opened_version=version,
        changed_by=last.actor_name if last else SYSTEM_NAME,
        changed_at=last.at if last else getattr(current, "updated_at", None) or timezone.now(),
    )


def _still_used(instance: models.Model, users: list[models.Model]) -> str:
    kinds = sorted({str(row._meta.verbose_name) for row in users})
    examples = ", ".join(f"“{row}”" for row in users[:3])
    return (
        f"Chưa xóa được {instance._meta.verbose_name} “{instance}” vì còn {' và '.join(kinds)} dùng đến: {examples}. "
        "Xóa hoặc chuyển các mục đó trước."
    )


@contextmanager
def _unique_races_as_validation(instance: models.Model) -> Iterator[None]:
    """Two writers that both passed validation: the second one's IntegrityError becomes the constraint's sentence.

    The write runs in a savepoint; after the refusal the winner's row is visible, so validating again names it.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        instance.full_clean()
        raise _constraint_error(instance, error) from error


def _constraint_error(instance: models.Model, error: IntegrityError) -> Exception:
    """The sentence of the constraint that the database named, else the error as it came."""
    for constraint in instance._meta.constraints:
        if constraint.name in str(error):
            return ValidationError(constraint.get_violation_error_message(), code=constraint.violation_error_code)
    return error
