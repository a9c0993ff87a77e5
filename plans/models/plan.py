"""The plan of a unit and year, its section tree and the layout of its annexes."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from communes.models import OfUnitQuerySet, Signer, Unit, scope_filter
from core.fields import TextBlockField, TextLineField
from core.models import EditableRow
from plans.workflow import PlanState


class Plan(EditableRow):
    """The yearly plan of a unit. Figures are those of `year` and `report_year`; nothing in it reads the clock."""

    unit = models.ForeignKey(Unit, verbose_name="đơn vị", on_delete=models.PROTECT, related_name="plans")
    year = models.PositiveIntegerField("năm kế hoạch")
    title = TextLineField("trích yếu", max_length=300)
    document_type = TextLineField("tên loại văn bản", max_length=60, default="Kế hoạch")
    state = models.CharField(
        "trạng thái", max_length=10, choices=PlanState.choices, default=PlanState.DRAFT, editable=False
    )
    working_date = models.DateField(
        "ngày làm việc", null=True, blank=True,
        help_text="Ngày chọn người ký, chức danh và tên đơn vị. Để trống thì lấy ngày đầu năm mà đơn vị tồn tại.",
    )  # fmt: skip
    number = TextLineField("số", max_length=20, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    signer = models.ForeignKey(
        Signer, verbose_name="người ký", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField("trình lúc", null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người trình",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.RESTRICT,
        related_name="+",
    )
    approved_at = models.DateTimeField("duyệt lúc", null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người duyệt",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.RESTRICT,
        related_name="+",
    )
    return_reason = TextBlockField("lý do trả lại", blank=True, editable=False)

    objects = OfUnitQuerySet.as_manager()

    class Meta:
        verbose_name = "kế hoạch"
        ordering = ["-year", "unit"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year"], name="plan_unique",
                violation_error_message="Đơn vị đã có kế hoạch năm này. Mở kế hoạch đó để soạn tiếp.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "returned"]) | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="plan_submitted_has_person_and_time",
                violation_error_message="Kế hoạch đã trình phải ghi người trình và lúc trình.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "issued"]) | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="plan_approved_has_person_and_time",
                violation_error_message="Kế hoạch đã duyệt phải ghi người duyệt và lúc duyệt.",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(return_reason=""),
                name="plan_returned_has_reason",
                violation_error_message="Trả lại kế hoạch phải ghi lý do.",
            ),
            models.CheckConstraint(
                condition=~Q(state="issued") | (~Q(number="") & Q(issued_on__isnull=False)),
                name="plan_issued_has_number_and_date",
                violation_error_message="Kế hoạch đã ban hành phải có số và ngày.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Kế hoạch OCOP năm {self.year} – {self.unit}"

    @property
    def report_year(self) -> int:
        """The year whose results the plan reports: the one before."""
        return self.year - 1


class PlanPartQuerySet(models.QuerySet):
    """Rows that belong to a plan by their column `plan`."""

    def visible_to(self, user):
        return self.filter(scope_filter(user, "plan__unit_id"))


class PlanSection(EditableRow):
    """One heading of the plan with what stands under it.

    `text` holds lines of a tiny grammar (docs/unit-data.md): `- ` and `+ ` open list items, an empty line ends a
    paragraph, `{figure}` prints a figure, `[[…]]` is left out when a figure in it is nothing, `[[… || …]]` gives
    another text then, `::block` on a line of its own stands for a computed block.
    """

    class Kind(models.TextChoices):
        BOILERPLATE = "boilerplate", "lời văn dùng lại"
        COMPUTED = "computed", "tính từ số liệu"
        MIXED = "mixed", "lời văn có số liệu"
        NARRATIVE = "narrative", "nhập mỗi năm"

    class Numbering(models.TextChoices):
        ROMAN = "roman", "I, II, III"
        ARABIC = "arabic", "1, 2, 3"
        DOTTED = "dotted", "1.1, 1.2 (theo mục trên)"
        LETTER = "letter", "a, b, c"
        NONE = "none", "không đánh số"

    plan = models.ForeignKey(Plan, verbose_name="kế hoạch", on_delete=models.CASCADE, related_name="sections")
    parent = models.ForeignKey(
        "self", verbose_name="thuộc mục", null=True, blank=True, on_delete=models.CASCADE, related_name="children"
    )
    key = models.SlugField("khóa", max_length=60)
    heading = TextLineField("tiêu đề", max_length=300, blank=True)
    numbering = models.CharField("cách đánh số", max_length=8, choices=Numbering.choices, default=Numbering.ARABIC)
    kind = models.CharField("loại nội dung", max_length=12, choices=Kind.choices, default=Kind.BOILERPLATE)
    text = TextBlockField("nội dung", blank=True)
    options = models.JSONField("tùy chọn", default=dict, blank=True)
    runs_in = models.BooleanField("nội dung liền sau tiêu đề", default=False)
    sort_order = models.PositiveIntegerField("thứ tự", default=0)

    objects = PlanPartQuerySet.as_manager()

    class Meta:
        verbose_name = "mục của kế hoạch"
        ordering = ["plan", "sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "key"], name="section_key_unique",
                violation_error_message="Kế hoạch đã có mục mang khóa này. Chọn khóa khác.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.heading or self.key


class AnnexLayout(EditableRow):
    """How one annex (biểu) of a plan looks: label, title, columns, grouping. All of it is data per unit and year."""

    plan = models.ForeignKey(Plan, verbose_name="kế hoạch", on_delete=models.CASCADE, related_name="annexes")
    number = models.PositiveSmallIntegerField("biểu số")
    label = TextLineField("nhãn", max_length=40, help_text="Ví dụ: Biểu 2 hoặc Phụ lục II")
    title = TextLineField("tên biểu", max_length=300)
    unit_line = TextLineField("dòng đơn vị tính", max_length=100, blank=True)
    orientation = models.CharField(
        "khổ giấy", max_length=10, choices=[("landscape", "ngang"), ("portrait", "dọc")], default="landscape"
    )
    columns = models.JSONField("các cột")
    group_by = models.JSONField("nhóm dòng theo", default=list, blank=True)
    options = models.JSONField("tùy chọn", default=dict, blank=True)
    in_pdf = models.BooleanField("in trong PDF của kế hoạch", default=True)

    objects = PlanPartQuerySet.as_manager()

    class Meta:
        verbose_name = "biểu"
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="annex_number_unique"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=4),
                name="annex_number_range",
                violation_error_message="Biểu mang số từ 1 đến 4. Nhập lại số của biểu.",
            ),
        ]

    def __str__(self) -> str:
        return self.label
