"""Documents that were generated, each with the snapshot it was made from."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models

from core.fields import TextLineField


class GeneratedDocument(models.Model):
    """One generated document. One snapshot of a subject gives one document, however often it is asked for."""

    uuid = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("loại", max_length=60)
    subject_id = models.BigIntegerField("mã đối tượng")
    subject_label = TextLineField("đối tượng", max_length=300)
    snapshot = models.JSONField("số liệu đã chốt")
    snapshot_hash = models.CharField("mã băm của số liệu", max_length=64)
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người tạo", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "văn bản đã tạo"
        verbose_name_plural = "văn bản đã tạo"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id", "snapshot_hash"], name="generated_document_one_per_snapshot"
            ),
        ]

    def __str__(self) -> str:
        return self.subject_label

    def file(self, role: str) -> "GeneratedFile | None":
        """The file with that role ("pdf", "docx", "bieu-2"), from prefetched `files` when they are."""
        return next((file for file in self.files.all() if file.role == role), None)


class GeneratedFile(models.Model):
    """One file of a generated document; the bytes are kept by `core.files`."""

    document = models.ForeignKey(GeneratedDocument, models.CASCADE, verbose_name="văn bản", related_name="files")
    stored_file = models.OneToOneField("files.StoredFile", models.PROTECT, verbose_name="tệp", related_name="+")
    role = models.CharField("vai trò", max_length=40)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "tệp của văn bản"
        verbose_name_plural = "tệp của văn bản"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["document", "role"], name="generated_file_one_per_role"),
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.role}"

    def as_log(self) -> dict[str, Any]:
        """What the audit log keeps of this file: enough to prove later that the bytes are the same."""
        return {"role": self.role, "sha256": self.stored_file.sha256, "size": self.stored_file.size}
