"""What a unit did and spent in a year: the records behind the plan's report of results."""

from django.db import models
from django.db.models import Q

from communes.models import OfUnitQuerySet, Unit
from core.fields import FoldedField, MoneyField, TextLineField
from core.models import EditableRow, MaybeIllustrative


class FundingSource(models.TextChoices):
    """Where money comes from: the columns of biểu 3 and 4. Their labels are data of the annex."""

    CENTRAL = "nstw", "Ngân sách trung ương"
    PROVINCE = "nst", "Ngân sách tỉnh"
    DISTRICT = "nsh", "Ngân sách huyện"
    COMMUNE = "nsx", "Ngân sách xã"
    COMBINED = "lg", "Vốn lồng ghép"
    COUNTERPART = "du", "Đối ứng của chủ thể"
    SOCIAL = "khac", "Xã hội hóa, khác"


class Activity(EditableRow, MaybeIllustrative):
    """One activity of the programme: a class, a campaign, a fair."""

    class Kind(models.TextChoices):
        TRAINING = "training", "tập huấn"
        STAFF_TRAINING = "staff_training", "đào tạo cán bộ"
        PROMOTION = "promotion", "tuyên truyền"
        TRADE = "trade", "xúc tiến thương mại"
        OTHER = "other", "khác"

    class AttendeeUnit(models.TextChoices):
        PEOPLE = "people", "người"
        TURNS = "turns", "lượt người"

    unit = models.ForeignKey(Unit, verbose_name="đơn vị", on_delete=models.PROTECT, related_name="activities")
    year = models.PositiveIntegerField("năm")
    held_on = models.DateField("ngày tổ chức", null=True, blank=True, help_text="Để trống nếu chỉ biết năm.")
    kind = models.CharField("loại", max_length=16, choices=Kind.choices)
    topic = TextLineField("nội dung", max_length=300)
    organiser = TextLineField("đơn vị tổ chức", max_length=200, blank=True)
    partner = TextLineField("đơn vị phối hợp", max_length=200, blank=True)
    audience = TextLineField("đối tượng", max_length=400, blank=True)
    classes = models.PositiveIntegerField("số lớp", null=True, blank=True)
    attendees = models.PositiveIntegerField("số người dự", null=True, blank=True)
    attendee_unit = models.CharField(
        "tính theo", max_length=8, choices=AttendeeUnit.choices, default=AttendeeUnit.PEOPLE
    )
    section_key = models.SlugField(
        "ghim vào mục",
        max_length=60,
        blank=True,
        help_text="Khóa của mục báo cáo hoạt động này; để trống thì theo loại và đơn vị tổ chức.",
    )
    sort_order = models.PositiveIntegerField("thứ tự", default=0)
    topic_folded = FoldedField("topic", "organiser", "partner")

    objects = OfUnitQuerySet.as_manager()

    class Meta:
        verbose_name = "hoạt động"
        ordering = ["-year", "sort_order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(held_on__isnull=True) | Q(held_on__year=models.F("year")), name="activity_date_in_year",
                violation_error_message="Ngày tổ chức phải nằm trong năm đã ghi. Sửa ngày hoặc năm.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.topic


class Spending(EditableRow, MaybeIllustrative):
    """Money spent in a year, under the source's name as the unit writes it."""

    unit = models.ForeignKey(Unit, verbose_name="đơn vị", on_delete=models.PROTECT, related_name="spendings")
    year = models.PositiveIntegerField("năm")
    amount = MoneyField("số tiền (đồng)")
    source_name = TextLineField("nguồn vốn", max_length=200)
    funding_source = models.CharField(
        "cột nguồn vốn",
        max_length=10,
        blank=True,
        choices=FundingSource.choices,
        help_text="Cột của biểu 3 mà nguồn này thuộc về.",
    )
    activity = models.ForeignKey(
        Activity, verbose_name="hoạt động", null=True, blank=True, on_delete=models.PROTECT, related_name="spendings"
    )
    budget_line = models.ForeignKey(
        "plans.BudgetLine",
        verbose_name="dòng dự toán",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="spendings",
    )
    note = TextLineField("ghi chú", max_length=300, blank=True)
    sort_order = models.PositiveIntegerField("thứ tự", default=0)

    objects = OfUnitQuerySet.as_manager()

    class Meta:
        verbose_name = "kinh phí đã chi"
        ordering = ["-year", "sort_order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="spending_positive",
                violation_error_message="Số tiền phải lớn hơn 0. Nhập số tiền bằng đồng.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.source_name
