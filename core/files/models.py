"""Stored files: what the bytes are, what people call them, and whose they are."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.fields import TextLineField


class ScanState(models.TextChoices):
    GENERATED = "generated", "do phần mềm tạo"
    NOT_SCANNED = "not_scanned", "chưa quét"
    CLEAN = "clean", "đã quét, sạch"
    INFECTED = "infected", "có mã độc"


class StoredFile(models.Model):
    """One file. Its bytes never change: another text is another row.

    `owner_kind` names an entry of `core.files.registry`, which decides with `owner_id` who may read the file; a file
    without an owner is read by nobody.
    """

    uuid = models.UUIDField("mã tệp", default=uuid.uuid4, unique=True, editable=False)
    name = TextLineField("tên tệp", max_length=150)
    content_type = models.CharField("kiểu tệp", max_length=100)
    size = models.PositiveBigIntegerField("dung lượng (byte)")
    sha256 = models.CharField("mã băm SHA-256", max_length=64)
    key = models.CharField("nơi lưu", max_length=120, unique=True)
    scan_state = models.CharField("quét mã độc", max_length=12, choices=ScanState.choices)
    owner_kind = models.CharField("thuộc loại", max_length=60, blank=True)
    owner_id = models.BigIntegerField("thuộc bản ghi", null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="người tạo", on_delete=models.PROTECT, related_name="+",
        null=True, blank=True,
    )  # fmt: skip
    created_at = models.DateTimeField("lúc tạo", auto_now_add=True)

    class Meta:
        verbose_name = "tệp"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner_kind="", owner_id__isnull=True) | (~Q(owner_kind="") & Q(owner_id__isnull=False)),
                name="stored_file_owner_whole",
            )
        ]
        indexes = [models.Index(fields=["owner_kind", "owner_id"], name="stored_file_owner")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("files:download", args=[self.uuid, self.name])

    @property
    def is_pdf(self) -> bool:
        return self.content_type == "application/pdf"
