"""The law as dated data: documents, how a unit cites them, regimes, product groups."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from communes.models import Level, OfUnitQuerySet, Unit, UnitReach, scope_filter
from core.fields import CollationField, FoldedField, TextLineField
from core.models import EditableRow, MaybeIllustrative


class LegalDocumentQuerySet(models.QuerySet["LegalDocument"]):
    def visible_to(self, user) -> "LegalDocumentQuerySet":
        """National documents for everybody; a unit's own for those who reach the unit and for those whom it reaches.

        What a province decides binds its districts and communes, whose plans and recognitions cite it.
        """
        above = UnitReach.objects.filter(unit_id=user.unit_id).values("viewer_id")
        return self.filter(Q(unit__isnull=True) | scope_filter(user, "unit_id") | Q(unit__in=above))


class LegalDocument(EditableRow, MaybeIllustrative):
    """One document of the register, with its true number and date (a citation may print others)."""

    key = models.SlugField("khóa", max_length=60, unique=True, help_text="Tên ngắn trong tệp dữ liệu, ví dụ qd1048.")
    unit = models.ForeignKey(
        Unit, verbose_name="đơn vị quản lý", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Để trống với văn bản của trung ương.",
    )  # fmt: skip
    document_type = TextLineField("loại văn bản", max_length=60)
    number = TextLineField("số, ký hiệu", max_length=60)
    issued_on = models.DateField("ngày ban hành")
    issuer = TextLineField("cơ quan ban hành", max_length=200)
    title = TextLineField("trích yếu", max_length=500)
    amends = models.ForeignKey(
        "self", verbose_name="sửa đổi, bổ sung cho", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    in_force_to = models.DateField("hết hiệu lực sau ngày", null=True, blank=True)
    checked_by = TextLineField("người đối chiếu với bản chính", max_length=120, blank=True)
    number_folded = FoldedField("number", "title")

    objects = LegalDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản pháp lý"
        ordering = ["issued_on", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["number", "issued_on", "issuer"],
                name="legal_document_unique",
                violation_error_message="Văn bản này đã có trong sổ. Tìm theo số, ký hiệu rồi sửa bản đã có.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_type} số {self.number}"


class Citation(EditableRow):
    """A document as one unit prints it: link word, style of the date, and what it prints otherwise than the register.

    `title` may hold `{key}` for another document of the register, printed with type, number, date and issuer.
    """

    class DateStyle(models.TextChoices):
        PLAIN = "plain", "7/5/2018"
        PADDED = "padded", "07/5/2018"
        LONG = "long", "07 tháng 5 năm 2018"

    unit = models.ForeignKey(Unit, verbose_name="đơn vị", on_delete=models.PROTECT, related_name="citations")
    document = models.ForeignKey(
        LegalDocument, verbose_name="văn bản", on_delete=models.PROTECT, related_name="citations"
    )
    year = models.PositiveIntegerField(
        "kế hoạch năm", null=True, blank=True, help_text="Để trống thì dùng cho mọi năm."
    )
    link_word = TextLineField("từ nối", max_length=60, blank=True, help_text="Ví dụ: về việc, phê duyệt, về ban hành.")
    date_style = models.CharField("cách ghi ngày", max_length=10, choices=DateStyle.choices, default=DateStyle.PADDED)
    printed_number = TextLineField("số in khác sổ", max_length=60, blank=True)
    printed_date = models.DateField("ngày in khác sổ", null=True, blank=True)
    printed_issuer = TextLineField("cơ quan in khác sổ", max_length=200, blank=True)
    title = TextLineField(
        "trích yếu khi viện dẫn", max_length=500, blank=True, help_text="Để trống thì in trích yếu trong sổ."
    )
    separator = models.CharField("dấu sau văn bản", max_length=2, default=";", choices=[(";", ";"), (",", ",")])
    in_legal_basis = models.BooleanField("nằm trong danh sách căn cứ", default=True)
    sort_order = models.PositiveIntegerField("thứ tự", default=0)

    objects = OfUnitQuerySet.as_manager()

    class Meta:
        verbose_name = "viện dẫn"
        ordering = ["unit", "sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "document", "year"],
                name="citation_unique_in_year",
                condition=Q(year__isnull=False),
                violation_error_message="Đơn vị đã có cách viện dẫn văn bản này. Sửa dòng đã có.",
            ),
            models.UniqueConstraint(
                fields=["unit", "document"],
                name="citation_unique_every_year",
                condition=Q(year__isnull=True),
                violation_error_message="Đơn vị đã có cách viện dẫn văn bản này. Sửa dòng đã có.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.unit}: {self.document}"


class RegimeQuerySet(models.QuerySet["Regime"]):
    def visible_to(self, user) -> "RegimeQuerySet":  # noqa: ARG002 -- the law is for everybody
        return self

    def on(self, day: date) -> "RegimeQuerySet":
        return self.filter(Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class Regime(EditableRow):
    """A set of rules in force during a period; a dossier keeps the regime of the day it was filed."""

    key = models.SlugField("khóa", max_length=40, unique=True)
    name = TextLineField("tên", max_length=200)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    certificate_months = models.PositiveSmallIntegerField("thời hạn công nhận (tháng)")
    criteria_decision = models.SlugField(
        "quyết định về nhóm sản phẩm", max_length=40, help_text="QĐ 1489 dùng nhóm và bộ tiêu chí của QĐ 148."
    )
    source = TextLineField("nguồn", max_length=500)
    checked_by = TextLineField("người đối chiếu với bản chính", max_length=120, blank=True)

    objects = RegimeQuerySet.as_manager()

    class Meta:
        verbose_name = "chế độ đánh giá"
        ordering = ["valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="regime_dates_in_order",
                violation_error_message="Ngày hết áp dụng phải từ ngày bắt đầu trở đi. Sửa lại một trong hai ngày.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CertifyingLevel(models.Model):
    """Which level certifies a star under a regime."""

    regime = models.ForeignKey(Regime, on_delete=models.CASCADE, related_name="certifying_levels")
    stars = models.PositiveSmallIntegerField("hạng sao")
    level = models.CharField("cấp công nhận", max_length=10, choices=Level.choices)

    class Meta:
        verbose_name = "cấp công nhận"
        ordering = ["regime", "stars"]
        constraints = [
            models.UniqueConstraint(fields=["regime", "stars"], name="certifying_level_unique"),
            models.CheckConstraint(
                condition=Q(stars__gte=1, stars__lte=5),
                name="certifying_level_stars",
                violation_error_message="Hạng sao là số từ 1 đến 5.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stars} sao: {self.get_level_display()}"


class ProductGroupQuerySet(models.QuerySet["ProductGroup"]):
    def visible_to(self, user) -> "ProductGroupQuerySet":  # noqa: ARG002 -- the law is for everybody
        return self


class ProductGroup(models.Model):
    """A group of products of one decision, which picks the criteria set of the same number."""

    decision = models.SlugField("quyết định", max_length=40, help_text="qd1048_781, qd148 hoặc qd26_2026")
    number = models.PositiveSmallIntegerField("bộ tiêu chí số")
    name = TextLineField("tên", max_length=250)
    sector = TextLineField("nhóm ngành", max_length=250)
    group = TextLineField("nhóm", max_length=250)
    name_key = CollationField("name")

    objects = ProductGroupQuerySet.as_manager()

    class Meta:
        verbose_name = "nhóm sản phẩm"
        ordering = ["decision", "number"]
        constraints = [models.UniqueConstraint(fields=["decision", "number"], name="product_group_unique")]

    def __str__(self) -> str:
        return self.name
