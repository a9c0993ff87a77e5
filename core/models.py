"""Bases of the rows that people edit, and what the handling of forms remembers."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from core.fields import TextLineField


class EditableRow(models.Model):
    """A row that two people may edit: the version tells the second that the first was there.

    `core.audit.services` is the only writer; it raises the version with every change.
    """

    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)
    updated_at = models.DateTimeField("sửa lần cuối", auto_now=True)

    class Meta:
        abstract = True


class MaybeIllustrative(models.Model):
    """A row that may be invented for the demonstration, and then says so wherever it is shown."""

    is_illustrative = models.BooleanField("minh họa", default=False)
    source_note = TextLineField("nguồn số liệu", max_length=300, blank=True)

    class Meta:
        abstract = True


class UsedFormToken(models.Model):
    """A form token that was redeemed, with what was sent and where its result is: a second click shows that result."""

    nonce = models.CharField("số dùng một lần", max_length=40, primary_key=True)
    digest = models.CharField("mã băm nội dung đã gửi", max_length=64)
    result_url = models.CharField("trang kết quả", max_length=500, blank=True)
    created_at = models.DateTimeField("dùng lúc", default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "mã biểu mẫu đã dùng"

    def __str__(self) -> str:
        return self.nonce


class HeldPost(models.Model):
    """What a person typed before the login ran out, kept until the same person opens the page again."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="người nhập", on_delete=models.CASCADE, related_name="+"
    )
    page = models.CharField("trang", max_length=500)
    fields = models.TextField("nội dung (JSON)")
    created_at = models.DateTimeField("giữ lúc", default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "nội dung chờ đăng nhập lại"
        constraints = [models.UniqueConstraint(fields=["user", "page"], name="held_post_unique")]

    def __str__(self) -> str:
        return self.page
