"""Products and their recognitions (a product's stars over time)."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from communes.models import Level, Unit, scope_filter
from core.fields import CollationField, FoldedField, TextLineField
from core.models import EditableRow, MaybeIllustrative
from producers.models import Producer
from regulations.models import LegalDocument, ProductGroup


class Case(models.TextChoices):
    """Why a product is evaluated (the three boxes of the registration form)."""

    FIRST = "first", "lần đầu"
    UPGRADE = "upgrade", "nâng hạng"
    RE_EVALUATION = "re_evaluation", "đánh giá lại"


class ProductQuerySet(models.QuerySet["Product"]):
    def visible_to(self, user) -> "ProductQuerySet":
        if user.role == "producer":
            return self.filter(producer__account=user)
        return self.filter(scope_filter(user, "commune_id"))


class Product(EditableRow, MaybeIllustrative):
    """One product of a producer. The commune stands here too, for it is what lists and figures count by."""

    name = TextLineField("tên sản phẩm", max_length=200)
    producer = models.ForeignKey(Producer, verbose_name="chủ thể", on_delete=models.PROTECT, related_name="products")
    commune = models.ForeignKey(Unit, verbose_name="xã, thị trấn", on_delete=models.PROTECT, related_name="products")
    group = models.ForeignKey(
        ProductGroup,
        verbose_name="nhóm sản phẩm",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="products",
    )
    group_is_illustrative = models.BooleanField("nhóm do bản thử chọn", default=False)
    sort_order = models.PositiveIntegerField("thứ tự trong văn bản", default=0)
    name_folded = FoldedField("name")
    name_key = CollationField("name")

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = "sản phẩm"
        ordering = ["name_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["producer", "name_folded"], name="product_name_unique_for_producer",
                violation_error_message="Chủ thể đã có sản phẩm tên này (không kể dấu và chữ hoa). Mở sản phẩm đó để sửa.",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["commune", "name_key"], name="product_by_commune")]

    def __str__(self) -> str:
        return self.name


class RecognitionQuerySet(models.QuerySet["Recognition"]):
    def visible_to(self, user) -> "RecognitionQuerySet":
        if user.role == "producer":
            return self.filter(product__producer__account=user)
        return self.filter(scope_filter(user, "commune_id"))

    def standing_on(self, day: date) -> "RecognitionQuerySet":
        """Recognitions that hold on a day: decided, not withdrawn, not run out (domain.md §6.8)."""
        return self.filter(
            Q(decided_on__lte=day), Q(expires_on__gte=day), Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day)
        )


class Recognition(EditableRow, MaybeIllustrative):
    """A star given by one decision, for a time. A product has several over the years; the newest standing one counts."""

    product = models.ForeignKey(Product, verbose_name="sản phẩm", on_delete=models.PROTECT, related_name="recognitions")
    commune = models.ForeignKey(Unit, verbose_name="xã, thị trấn", on_delete=models.PROTECT, related_name="+")
    stars = models.PositiveSmallIntegerField("hạng sao")
    case = models.CharField("hình thức", max_length=14, choices=Case.choices)
    level = models.CharField("cấp công nhận", max_length=10, choices=Level.choices)
    year = models.PositiveIntegerField("năm đánh giá")
    decision = models.ForeignKey(LegalDocument, verbose_name="quyết định", on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField("ngày công nhận")
    expires_on = models.DateField("có giá trị đến hết ngày")
    withdrawn_on = models.DateField("ngày thu hồi", null=True, blank=True)
    withdrawal_reason = TextLineField("lý do thu hồi", max_length=300, blank=True)

    objects = RecognitionQuerySet.as_manager()

    class Meta:
        verbose_name = "công nhận"
        ordering = ["-decided_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stars__gte=1, stars__lte=5), name="recognition_stars",
                violation_error_message="Hạng sao là số từ 1 đến 5.",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("decided_on")), name="recognition_expires_after_decision",
                violation_error_message="Ngày hết hạn phải sau ngày công nhận. Sửa lại ngày hết hạn.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_on__gte=F("decided_on")) & ~Q(withdrawal_reason="")),
                name="recognition_withdrawn_with_reason",
                violation_error_message="Thu hồi phải có ngày (từ ngày công nhận trở đi) và lý do. Nhập đủ cả hai.",
            ),
            models.UniqueConstraint(
                fields=["product", "decision"], name="recognition_once_per_decision",
                violation_error_message="Quyết định này đã công nhận sản phẩm. Sửa lần công nhận đã có.",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["commune", "decided_on"], name="recognition_by_commune")]

    def __str__(self) -> str:
        return f"{self.product}: {self.stars} sao"
