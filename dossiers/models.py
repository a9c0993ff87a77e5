"""Evaluation rounds and the dossiers entered in them."""

from django.db import models
from django.db.models import F, Q

from communes.models import OfUnitQuerySet, Unit, scope_filter
from core.fields import TextLineField
from core.models import EditableRow, MaybeIllustrative
from producers.models import Producer
from products.models import Case, Product, Recognition
from regulations.models import Regime


class Round(EditableRow):
    """One evaluation round (đợt đánh giá) of a unit in a year."""

    unit = models.ForeignKey(Unit, verbose_name="đơn vị", on_delete=models.PROTECT, related_name="rounds")
    year = models.PositiveIntegerField("năm")
    number = models.PositiveSmallIntegerField("đợt", default=1)
    name = TextLineField("tên đợt", max_length=150, blank=True)
    regime = models.ForeignKey(Regime, verbose_name="chế độ đánh giá", on_delete=models.PROTECT, related_name="+")
    opens_on = models.DateField("nhận hồ sơ từ ngày", null=True, blank=True)
    closes_on = models.DateField("đến hết ngày", null=True, blank=True)

    objects = OfUnitQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt đánh giá"
        ordering = ["-year", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "number"], name="round_unique",
                violation_error_message="Năm này đã có đợt mang số này. Chọn số đợt khác.",
            ),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(closes_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
                name="round_dates_in_order",
                violation_error_message="Ngày kết thúc phải từ ngày mở đợt trở đi. Sửa lại một trong hai ngày.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name or f"Đợt {self.number} năm {self.year}"


class DossierQuerySet(models.QuerySet["Dossier"]):
    def visible_to(self, user) -> "DossierQuerySet":
        if user.role == "producer":
            return self.filter(producer__account=user)
        return self.filter(scope_filter(user, "commune_id"))


class Dossier(EditableRow, MaybeIllustrative):
    """The entry of a product in a round, with its case and, in the end, its outcome."""

    class Outcome(models.TextChoices):
        PENDING = "pending", "chưa có kết quả"
        RECOGNISED = "recognised", "được công nhận"
        NOT_RECOGNISED = "not_recognised", "chưa đạt"
        WITHDRAWN = "withdrawn", "đã rút"

    round = models.ForeignKey(Round, verbose_name="đợt đánh giá", on_delete=models.PROTECT, related_name="dossiers")
    product = models.ForeignKey(Product, verbose_name="sản phẩm", on_delete=models.PROTECT, related_name="dossiers")
    producer = models.ForeignKey(Producer, verbose_name="chủ thể", on_delete=models.PROTECT, related_name="dossiers")
    commune = models.ForeignKey(Unit, verbose_name="xã, thị trấn", on_delete=models.PROTECT, related_name="+")
    case = models.CharField("hình thức", max_length=14, choices=Case.choices)
    regime = models.ForeignKey(Regime, verbose_name="chế độ đánh giá", on_delete=models.PROTECT, related_name="+")
    filed_on = models.DateField("ngày nộp", null=True, blank=True)
    outcome = models.CharField("kết quả", max_length=14, choices=Outcome.choices, default=Outcome.PENDING)
    recognition = models.OneToOneField(
        Recognition, verbose_name="công nhận", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    note = TextLineField("ghi chú", max_length=300, blank=True)

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ"
        ordering = ["-round__year", "round__number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "product"], name="dossier_once_per_round",
                violation_error_message="Sản phẩm đã có hồ sơ trong đợt này. Mở hồ sơ đó để sửa.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="recognised", recognition__isnull=False)
                | (~Q(outcome="recognised") & Q(recognition__isnull=True)),
                name="dossier_recognised_with_recognition",
                violation_error_message="Kết quả “được công nhận” phải gắn với một lần công nhận. Chọn lần công nhận hoặc đổi kết quả.",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["commune", "outcome"], name="dossier_by_commune")]

    def __str__(self) -> str:
        return f"{self.product} – {self.round}"
