"""Administrative units as a dated tree, and what a unit prints: offices, duties, signers, recipients."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from core.fields import CollationField, FoldedField, TextBlockField, TextLineField
from core.models import EditableRow


class Level(models.TextChoices):
    """Levels of government; since 1/7/2025 there is no district (domain.md §5)."""

    CENTRAL = "central", "trung ương"
    PROVINCE = "province", "tỉnh"
    DISTRICT = "district", "huyện"
    COMMUNE = "commune", "xã"


class UnitQuerySet(models.QuerySet["Unit"]):
    def visible_to(self, user) -> "UnitQuerySet":
        """The units a person may know of: see `in_scope_of`."""
        return self.filter(scope_filter(user, "pk"))

    def on(self, day: date) -> "UnitQuerySet":
        """The units that exist on a day."""
        return self.filter(Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day))

    def in_year(self, year: int) -> "UnitQuerySet":
        """The units that exist on at least one day of a year."""
        return self.filter(
            Q(valid_from__lte=date(year, 12, 31)), Q(valid_to__isnull=True) | Q(valid_to__gte=date(year, 1, 1))
        )


def scope_filter(user, column: str) -> Q:
    """The condition that `column` (a unit's id) lies within a person's reach.

    Reach = the person's unit, the units under it, and the units that these succeeded (`UnitReach`).
    A person without a unit reaches nothing.
    """
    if user.unit_id is None:
        return Q(pk__in=[])
    return Q(**{f"{column}__in": UnitReach.objects.filter(viewer_id=user.unit_id).values("unit_id")})


class Unit(EditableRow):
    """One administrative unit during one period of its life.

    Codes and names are used again for other territories (29944 was Tân Phước, since 1/7/2025 An Phước): a unit is
    known by code and first day, never by code or name alone.
    """

    class Kind(models.TextChoices):
        COUNTRY = "country", "trung ương"
        PROVINCE = "province", "tỉnh"
        MUNICIPALITY = "municipality", "thành phố trực thuộc trung ương"
        DISTRICT = "district", "huyện"
        URBAN_DISTRICT = "urban_district", "quận"
        TOWN = "town", "thị xã"
        CITY = "city", "thành phố"
        COMMUNE = "commune", "xã"
        TOWNSHIP = "township", "thị trấn"
        WARD = "ward", "phường"
        SPECIAL_ZONE = "special_zone", "đặc khu"

    code = models.CharField("mã đơn vị", max_length=10)
    name = TextLineField("tên", max_length=120, help_text="Không ghi cấp: “Tân Hồng”, không phải “huyện Tân Hồng”.")
    kind = models.CharField("loại đơn vị", max_length=20, choices=Kind.choices)
    level = models.CharField("cấp", max_length=10, choices=Level.choices)
    parent = models.ForeignKey(
        "self", verbose_name="đơn vị cấp trên", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    valid_from = models.DateField("có từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    sort_order = models.PositiveIntegerField("thứ tự trong danh mục", default=0)
    name_folded = FoldedField("name")
    name_key = CollationField("name")

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị hành chính"
        ordering = ["sort_order", "name_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="unit_code_start_unique",
                violation_error_message="Đã có đơn vị mang mã này từ ngày này. Kiểm tra lại mã hoặc ngày bắt đầu.",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="unit_dates_in_order",
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi. Sửa lại một trong hai ngày.",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """“huyện Tân Hồng”, “thị trấn Sa Rài”: the kind in lower case (NĐ 30/2020, phụ lục II)."""
        return self.name if self.kind == self.Kind.COUNTRY else f"{self.get_kind_display()} {self.name}"

    @property
    def spoken_code(self) -> str:
        """The code, with the first day where only both together name the unit."""
        return f"{self.code}@{self.valid_from:%Y-%m-%d}"

    @property
    def audit_unit_id(self) -> int | None:
        """The log files what happens to a unit under the unit itself."""
        return self.pk

    def exists_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def exists_in(self, year: int) -> bool:
        return self.valid_from.year <= year and (self.valid_to is None or year <= self.valid_to.year)


class UnitSuccession(models.Model):
    """One unit (or part of it) going on in another."""

    predecessor = models.ForeignKey(
        Unit, verbose_name="đơn vị cũ", on_delete=models.PROTECT, related_name="successions"
    )
    successor = models.ForeignKey(Unit, verbose_name="đơn vị mới", on_delete=models.PROTECT, related_name="precessions")

    class Meta:
        verbose_name = "kế thừa đơn vị"
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_unique"),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="succession_of_another",
                violation_error_message="Đơn vị không kế thừa chính mình. Chọn đơn vị khác ở một trong hai ô.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class UnitReach(models.Model):
    """The closure of tree and succession: `viewer` may see the rows of `unit`.

    Written by `communes.services.rebuild_reach` whenever a unit or a succession changes.
    """

    viewer = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "phạm vi nhìn thấy"
        constraints = [models.UniqueConstraint(fields=["viewer", "unit"], name="reach_unique")]

    def __str__(self) -> str:
        return f"{self.viewer} ⊇ {self.unit}"


class OfUnitQuerySet(models.QuerySet):
    """Rows that belong to a unit by their column `unit`."""

    def visible_to(self, user):
        return self.filter(scope_filter(user, "unit_id"))

    def on(self, day: date):
        """The rows in force on a day, for models with `valid_from` and `valid_to` (empty = open)."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )


class Dated(models.Model):
    """In force from and to a day; an empty end is open."""

    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)

    class Meta:
        abstract = True


class LetterHead(EditableRow, Dated):
    """What a unit prints at the head of its documents, and how it writes counts (NĐ 30/2020, phụ lục I)."""

    unit = models.ForeignKey(Unit, verbose_name="đơn vị", on_delete=models.PROTECT, related_name="letter_heads")
    parent_body = TextLineField("cơ quan chủ quản", max_length=200, blank=True)
    issuer_lines = models.JSONField(
        "tên cơ quan ban hành (từng dòng)", help_text="Ví dụ: ỦY BAN NHÂN DÂN / HUYỆN TÂN HỒNG"
    )
    issuer_name = TextLineField(
        "tên cơ quan trong câu", max_length=200, help_text="Ví dụ: Ủy ban nhân dân huyện Tân Hồng"
    )
    place = TextLineField("địa danh", max_length=100)
    plan_symbol = TextLineField("ký hiệu kế hoạch", max_length=40, default="KH-UBND")
    pad_counts = models.BooleanField("số đếm dưới 10 có số 0 đứng trước", default=True)
    pad_stars = models.BooleanField("hạng sao có số 0 đứng trước", default=True)

    objects = OfUnitQuerySet.as_manager()

    class Meta:
        verbose_name = "thể thức văn bản của đơn vị"
        ordering = ["unit", "valid_from"]

    def __str__(self) -> str:
        return self.issuer_name


class Office(EditableRow, Dated):
    """A body that the plan gives duties to: a specialised office, the Front, the communes together."""

    unit = models.ForeignKey(Unit, verbose_name="đơn vị", on_delete=models.PROTECT, related_name="offices")
    name = TextLineField("tên cơ quan", max_length=250)
    short_name = TextLineField("tên viết tắt", max_length=80, blank=True)
    heading = TextLineField(
        "tiêu đề trong kế hoạch",
        max_length=300,
        blank=True,
        help_text="Để trống thì in tên cơ quan. Ví dụ: “Đề nghị Ủy ban Mặt trận Tổ quốc …”.",
    )
    is_standing_agency = models.BooleanField("cơ quan thường trực", default=False)
    sort_order = models.PositiveIntegerField("thứ tự", default=0)
    name_folded = FoldedField("name", "short_name")

    objects = OfUnitQuerySet.as_manager()

    class Meta:
        verbose_name = "cơ quan, đơn vị phối hợp"
        ordering = ["unit", "sort_order", "pk"]

    def __str__(self) -> str:
        return self.name


class OfficeDutyQuerySet(models.QuerySet["OfficeDuty"]):
    def visible_to(self, user) -> "OfficeDutyQuerySet":
        return self.filter(scope_filter(user, "office__unit_id"))

    def on(self, day: date) -> "OfficeDutyQuerySet":
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )


class OfficeDuty(EditableRow, Dated):
    """One duty of an office in the programme, as the plan prints it."""

    class Style(models.TextChoices):
        BULLET = "bullet", "gạch đầu dòng"
        PARAGRAPH = "paragraph", "đoạn văn"
        INLINE = "inline", "liền sau tiêu đề"

    office = models.ForeignKey(Office, verbose_name="cơ quan", on_delete=models.PROTECT, related_name="duties")
    text = TextBlockField("nhiệm vụ")
    style = models.CharField("cách in", max_length=10, choices=Style.choices, default=Style.BULLET)
    sort_order = models.PositiveIntegerField("thứ tự", default=0)

    objects = OfficeDutyQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm vụ"
        ordering = ["office", "sort_order", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class Signer(EditableRow, Dated):
    """A person who signs for the unit during a period, with the lines of authority above the name."""

    unit = models.ForeignKey(Unit, verbose_name="đơn vị", on_delete=models.PROTECT, related_name="signers")
    name = TextLineField("họ và tên", max_length=120, help_text="Không ghi học hàm, học vị (NĐ 30/2020).")
    position = TextLineField("chức vụ", max_length=120, help_text="Ví dụ: Phó Chủ tịch")
    authority_lines = models.JSONField("quyền hạn, chức vụ khi ký (từng dòng)")
    sort_order = models.PositiveIntegerField("thứ tự ưu tiên", default=0)
    name_folded = FoldedField("name")

    objects = OfUnitQuerySet.as_manager()

    class Meta:
        verbose_name = "người ký"
        ordering = ["unit", "sort_order", "pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.position})"


class Recipient(EditableRow, Dated):
    """One line of “Nơi nhận”; the line of the archive comes last."""

    unit = models.ForeignKey(Unit, verbose_name="đơn vị", on_delete=models.PROTECT, related_name="recipients")
    text = TextLineField("nơi nhận", max_length=250)
    is_archive = models.BooleanField("dòng Lưu", default=False)
    sort_order = models.PositiveIntegerField("thứ tự", default=0)

    objects = OfUnitQuerySet.as_manager()

    class Meta:
        verbose_name = "nơi nhận"
        ordering = ["unit", "is_archive", "sort_order", "pk"]

    def __str__(self) -> str:
        return self.text
