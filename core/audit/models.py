"""The append-only log: entries with their own hash, and the seals that chain them in order.

Triggers of both databases refuse to change or delete a row of either table (migration 0002).
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from core.audit import canonical

GENESIS = "0" * 64
# No transaction stays open this long, so every row that still waits for its seal is younger than this.
SEAL_WINDOW = timedelta(days=2)


class AuditEntry(models.Model):
    """One act: who did what to which row, when, on whose behalf and why, with the old and the new values."""

    at = models.DateTimeField("lúc", default=timezone.now, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="người làm", null=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_name = models.CharField("tên người làm", max_length=150)
    on_behalf_of = models.CharField("thay mặt", max_length=250, blank=True)
    on_behalf_of_key = models.CharField("khóa của người được thay mặt", max_length=120, blank=True)
    action = models.CharField("việc", max_length=60)
    subject_type = models.CharField("loại dữ liệu", max_length=80)
    subject_pk = models.CharField("khóa của dữ liệu", max_length=40)
    subject_label = models.CharField("dữ liệu", max_length=250)
    subject_version = models.PositiveIntegerField("phiên bản sau khi sửa", null=True)
    unit_id = models.BigIntegerField("đơn vị", null=True, db_index=True)
    old = models.JSONField("giá trị cũ", default=dict)
    new = models.JSONField("giá trị mới", default=dict)
    reason = models.TextField("lý do", blank=True)
    inverse = models.JSONField("dữ liệu để hoàn tác", null=True)
    row_hash = models.CharField("mã băm", max_length=64)

    class Meta:
        verbose_name = "dòng nhật ký"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["subject_type", "subject_pk", "-id"], name="audit_by_subject")]

    def __str__(self) -> str:
        return f"{self.actor_name}: {self.action} {self.subject_label}"

    def compute_hash(self) -> str:
        """The hash of everything the row says (all columns but the key and the hash itself)."""
        return canonical.sha256(canonical.text({name: getattr(self, name) for name in _HASHED}))


_HASHED: tuple[str, ...] = tuple(
    field.attname for field in AuditEntry._meta.concrete_fields if field.attname not in {"id", "row_hash"}
)


class Seal(models.Model):
    """The place of one entry in the chain: number n says the n-th committed row, chained to all before it."""

    number = models.BigIntegerField("số thứ tự", primary_key=True)
    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="seal", verbose_name="dòng nhật ký")
    chain_hash = models.CharField("mã băm chuỗi", max_length=64)
    sealed_at = models.DateTimeField("niêm lúc", default=timezone.now)

    class Meta:
        verbose_name = "dấu niêm"
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.chain_hash[:12]}"

    @staticmethod
    def chain(previous: str, row_hash: str) -> str:
        """The next link: sha256 over the previous link and the row's hash."""
        return canonical.sha256(previous + row_hash)


def subject_type(subject: models.Model | type[models.Model]) -> str:
    """“plans.plan”: how the log names a model."""
    return subject._meta.label_lower


def unit_of(subject: models.Model) -> int | None:
    """The unit that a row belongs to: its own column, else that of the row it is part of (two steps at most).

    A model whose unit is none of these says so by an attribute `audit_unit_id`.
    """
    return _unit_within(subject, steps=2)


def _unit_within(subject: Any, *, steps: int) -> int | None:
    for name in ("audit_unit_id", "unit_id", "commune_id"):
        value = getattr(subject, name, None)
        if value is not None:
            return int(value)
    owners = _owners(subject) if steps else iter(())
    found = (_unit_within(owner, steps=steps - 1) for owner in owners)
    return next((unit for unit in found if unit is not None), None)


def _owners(subject: models.Model) -> Iterator[models.Model]:
    """The rows that a row cannot be without (not the people: their unit is not the row's)."""
    for field in subject._meta.concrete_fields:
        is_person = field.many_to_one and field.related_model._meta.label == settings.AUTH_USER_MODEL
        if field.many_to_one and not field.null and not is_person:
            yield getattr(subject, field.name)
