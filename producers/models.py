"""Producers (chủ thể): the businesses, co-operatives and households behind the products."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from communes.models import Unit, scope_filter
from core.fields import CollationField, FoldedField, TextLineField
from core.models import EditableRow, MaybeIllustrative

TAX_NUMBER = re.compile(r"[0-9]{10}(-[0-9]{3})?|[0-9]{12}")


class ProducerQuerySet(models.QuerySet["Producer"]):
    def visible_to(self, user) -> "ProducerQuerySet":
        """A producer's account sees itself only; everybody else the producers of their reach."""
        if user.role == "producer":
            return self.filter(account=user)
        return self.filter(scope_filter(user, "commune_id"))


class Producer(EditableRow, MaybeIllustrative):
    """One subject of the programme, under the name that documents print."""

    class Kind(models.TextChoices):
        COOPERATIVE = "cooperative", "hợp tác xã"
        COOPERATIVE_GROUP = "cooperative_group", "tổ hợp tác"
        LIMITED_COMPANY = "limited_company", "công ty TNHH"
        STOCK_COMPANY = "stock_company", "công ty cổ phần"
        PRIVATE_ENTERPRISE = "private_enterprise", "doanh nghiệp tư nhân"
        BRANCH = "branch", "chi nhánh công ty"
        HOUSEHOLD = "household", "hộ kinh doanh"
        FACILITY = "facility", "cơ sở sản xuất"

    name = TextLineField(
        "tên chủ thể", max_length=200, help_text="Ghi đủ như trong giấy đăng ký: “hộ kinh doanh Như Quỳnh”."
    )
    kind = models.CharField("loại hình", max_length=20, choices=Kind.choices)
    commune = models.ForeignKey(Unit, verbose_name="xã, thị trấn", on_delete=models.PROTECT, related_name="producers")
    tax_number = models.CharField("mã số thuế", max_length=14, blank=True)
    representative = TextLineField("người đại diện", max_length=120, blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    address = TextLineField("địa chỉ", max_length=250, blank=True)
    is_women_led = models.BooleanField("đại diện là nữ", default=False)
    is_minority_led = models.BooleanField("đại diện là người dân tộc thiểu số", default=False)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name="tài khoản",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="producer",
    )
    name_folded = FoldedField("name")
    name_key = CollationField("name")

    objects = ProducerQuerySet.as_manager()

    class Meta:
        verbose_name = "chủ thể"
        ordering = ["name_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["tax_number"], name="producer_tax_number_unique", condition=~Q(tax_number=""),
                violation_error_message="Mã số thuế này đã có ở một chủ thể khác. Tìm chủ thể đó hoặc kiểm tra lại mã số.",
            ),
            models.UniqueConstraint(
                fields=["commune", "name_folded"], name="producer_name_unique_in_commune",
                violation_error_message="Xã đã có chủ thể tên này (không kể dấu và chữ hoa). Mở chủ thể đó để sửa.",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["commune", "name_key"], name="producer_by_commune")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A tax number has the shape of one (Thông tư 86/2024/TT-BTC: 10 digits, 13 for a branch, 12 of a person)."""
        super().clean()
        if self.tax_number and not TAX_NUMBER.fullmatch(self.tax_number):
            raise ValidationError({
                "tax_number": "Mã số thuế gồm 10 số, 13 số (đơn vị phụ thuộc) hoặc 12 số (số định danh cá nhân). "
                "Kiểm tra lại từng số, hoặc để trống nếu chưa biết."
            })  # fmt: skip
