"""What a plan promises: targets, potential products, budget lines."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from communes.models import Office, OfUnitQuerySet, Unit, scope_filter
from core.fields import FoldedField, MoneyField, TextLineField
from core.models import EditableRow, MaybeIllustrative
from plans.models.plan import Plan, PlanPartQuerySet
from plans.models.records import FundingSource
from producers.models import Producer
from products.models import Case, Product
from regulations.models import ProductGroup


class Target(EditableRow, MaybeIllustrative):
    """One target of a unit's year, for the whole unit or one commune.

    A row of (unit, year), not of a plan: last year's target is needed even when last year's plan was made on paper.
    """

    class Measure(models.TextChoices):
        POTENTIAL = "potential", "sản phẩm tiềm năng tham gia"
        RECOGNISED = "recognised", "sản phẩm được công nhận"
        NEW = "new", "sản phẩm công nhận mới"
        UPGRADE = "upgrade", "sản phẩm nâng hạng"
        RE_EVALUATION = "re_evaluation", "sản phẩm đánh giá lại"

    class Comparator(models.TextChoices):
        EXACT = "exact", "bằng"
        AT_LEAST = "at_least", "ít nhất"

    unit = models.ForeignKey(Unit, verbose_name="đơn vị", on_delete=models.PROTECT, related_name="targets")
    year = models.PositiveIntegerField("năm")
    measure = models.CharField("chỉ tiêu", max_length=14, choices=Measure.choices)
    commune = models.ForeignKey(
        Unit, verbose_name="xã, thị trấn", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    comparator = models.CharField("so sánh", max_length=8, choices=Comparator.choices, default=Comparator.EXACT)
    value = models.PositiveIntegerField("số lượng")
    least_stars = models.PositiveSmallIntegerField(
        "tính từ hạng sao",
        null=True,
        blank=True,
        help_text="Chỉ tiêu chỉ tính sản phẩm từ hạng sao này trở lên; để trống thì tính mọi hạng.",
    )
    note = TextLineField("ghi chú", max_length=300, blank=True)

    objects = OfUnitQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu"
        ordering = ["-year", "measure", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "measure", "commune"],
                name="target_unique_in_commune",
                condition=Q(commune__isnull=False),
                violation_error_message="Chỉ tiêu này đã có cho năm và xã đó. Sửa dòng đã có.",
            ),
            models.UniqueConstraint(
                fields=["unit", "year", "measure"],
                name="target_unique_in_unit",
                condition=Q(commune__isnull=True),
                violation_error_message="Chỉ tiêu này đã có cho năm đó. Sửa dòng đã có.",
            ),
            models.CheckConstraint(
                condition=Q(least_stars__isnull=True) | Q(least_stars__gte=1, least_stars__lte=5),
                name="target_least_stars",
                violation_error_message="Hạng sao là số từ 1 đến 5.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_measure_display()} năm {self.year}"


class PotentialProductQuerySet(models.QuerySet["PotentialProduct"]):
    def visible_to(self, user) -> "PotentialProductQuerySet":
        """Those of one's communes, and all those of a plan one may see."""
        return self.filter(scope_filter(user, "commune_id") | scope_filter(user, "plan__unit_id"))


class PotentialProduct(EditableRow, MaybeIllustrative):
    """A product that a commune puts forward for the plan's year: a row of biểu 2."""

    plan = models.ForeignKey(Plan, verbose_name="kế hoạch", on_delete=models.CASCADE, related_name="potential_products")
    commune = models.ForeignKey(Unit, verbose_name="xã, thị trấn", on_delete=models.PROTECT, related_name="+")
    name = TextLineField("tên sản phẩm", max_length=200)
    producer = models.ForeignKey(
        Producer, verbose_name="chủ thể đã có", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    producer_name = TextLineField(
        "tên chủ thể", max_length=200, blank=True, help_text="Khi chủ thể chưa có trong danh sách."
    )
    product = models.ForeignKey(
        Product, verbose_name="sản phẩm đã có", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    group = models.ForeignKey(
        ProductGroup, verbose_name="nhóm sản phẩm", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    case = models.CharField("hình thức", max_length=14, choices=Case.choices, default=Case.FIRST)
    current_stars = models.PositiveSmallIntegerField("hạng sao hiện có", null=True, blank=True)
    expected_stars = models.PositiveSmallIntegerField("hạng sao dự kiến", null=True, blank=True)
    is_committed = models.BooleanField("dự thi trong năm", default=False)
    support_needed = TextLineField("nội dung cần hỗ trợ", max_length=300, blank=True)
    round_text = TextLineField("thời gian, đợt đánh giá", max_length=100, blank=True)
    note = TextLineField("ghi chú", max_length=300, blank=True)
    sort_order = models.PositiveIntegerField("thứ tự", default=0)
    name_folded = FoldedField("name")

    objects = PotentialProductQuerySet.as_manager()

    class Meta:
        verbose_name = "sản phẩm tiềm năng"
        ordering = ["plan", "sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "commune", "name_folded", "producer"],
                name="potential_product_unique_for_producer",
                condition=Q(producer__isnull=False),
                violation_error_message="Sản phẩm này đã được đăng ký cho kế hoạch. Sửa dòng đã có.",
            ),
            models.UniqueConstraint(
                fields=["plan", "commune", "name_folded", "producer_name"],
                name="potential_product_unique_for_name",
                condition=Q(producer__isnull=True),
                violation_error_message="Sản phẩm này đã được đăng ký cho kế hoạch. Sửa dòng đã có.",
            ),
            models.CheckConstraint(
                condition=(Q(current_stars__isnull=True) | Q(current_stars__gte=1, current_stars__lte=5))
                & (Q(expected_stars__isnull=True) | Q(expected_stars__gte=1, expected_stars__lte=5)),
                name="potential_product_stars",
                violation_error_message="Hạng sao là số từ 1 đến 5.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class BudgetLine(EditableRow, MaybeIllustrative):
    """One line of the budget: a row of biểu 3 and, under its commune and producer, of biểu 4.

    The total is the sum of its amounts by source (`BudgetAmount`); quantity × unit price must equal it when both
    are given, which `plans.rules` checks and `plans.services` refuses otherwise.
    """

    plan = models.ForeignKey(Plan, verbose_name="kế hoạch", on_delete=models.CASCADE, related_name="budget_lines")
    content_group = TextLineField("nội dung lớn", max_length=250)
    content = TextLineField("nội dung chi", max_length=300)
    measure_unit = TextLineField("đơn vị tính", max_length=40, blank=True)
    quantity = models.DecimalField(
        "số lượng", max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(Decimal(0))]
    )
    unit_price = MoneyField("đơn giá (đồng)", null=True, blank=True)
    commune = models.ForeignKey(
        Unit, verbose_name="xã, thị trấn", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    producer = models.ForeignKey(
        Producer, verbose_name="chủ thể", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    product_name = TextLineField("sản phẩm", max_length=200, blank=True)
    office = models.ForeignKey(
        Office, verbose_name="đơn vị chủ trì", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    quarter = TextLineField("thời gian thực hiện", max_length=60, blank=True)
    basis = TextLineField("căn cứ, ghi chú", max_length=300, blank=True)
    sort_order = models.PositiveIntegerField("thứ tự", default=0)

    objects = PlanPartQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng dự toán"
        ordering = ["plan", "sort_order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(quantity__isnull=True) | Q(quantity__gte=0)) & (Q(unit_price__isnull=True) | Q(unit_price__gte=0)),
                name="budget_line_not_negative",
                violation_error_message="Số lượng và đơn giá không được âm. Nhập số từ 0 trở lên.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.content

    def part_label(self, name: str) -> str:
        """The name by which the history shows an amount that was changed with the line."""
        return amount_label(name)


class BudgetAmount(models.Model):
    """The part of a budget line that one source pays, in đồng, optionally split by nature of the capital."""

    class Nature(models.TextChoices):
        UNSPLIT = "", "không tách"
        RECURRENT = "recurrent", "vốn sự nghiệp"
        CAPITAL = "capital", "vốn đầu tư"

    line = models.ForeignKey(BudgetLine, verbose_name="dòng dự toán", on_delete=models.CASCADE, related_name="amounts")
    source = models.CharField("nguồn vốn", max_length=10, choices=FundingSource.choices)
    nature = models.CharField(
        "tính chất vốn", max_length=10, choices=Nature.choices, default=Nature.UNSPLIT, blank=True
    )
    amount = MoneyField("số tiền (đồng)")

    class Meta:
        verbose_name = "số tiền theo nguồn"
        ordering = ["line", "source", "nature"]
        constraints = [
            models.UniqueConstraint(fields=["line", "source", "nature"], name="budget_amount_unique"),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="budget_amount_positive",
                violation_error_message="Số tiền phải lớn hơn 0. Nhập số tiền bằng đồng hoặc để trống ô này.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()}: {self.amount}"


AMOUNT_PREFIX = "amount_"


def amount_name(source: str, nature: str) -> str:
    """The name of one amount of a budget line, in its form and in its log."""
    return f"{AMOUNT_PREFIX}{source}_{nature}".rstrip("_")


def amount_label(name: str) -> str:
    """What people call the amount of that name."""
    source, _space, nature = name.removeprefix(AMOUNT_PREFIX).partition("_")
    return FundingSource(source).label + (f" – {BudgetAmount.Nature(nature).label}" if nature else "")
