"""People who use the portal: seven roles at most, each tied to a unit."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from communes.models import Unit, scope_filter
from core.fields import FoldedField, TextLineField
from core.models import EditableRow


class Role(models.TextChoices):
    """What a person is. Chair and secretary are functions in a council, not roles."""

    ADMIN = "admin", "Quản trị"
    OFFICER = "officer", "Cán bộ OCOP"
    PRODUCER = "producer", "Chủ thể"
    COUNCIL = "council", "Thành viên hội đồng"
    LEADER = "leader", "Lãnh đạo"


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "User") -> "UserQuerySet":
        return self.filter(scope_filter(user, "unit_id"))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """The default manager, which Django's login asks by natural key."""


class User(AbstractBaseUser, EditableRow):
    """One person; the unit's level and the regime of the day decide what an officer may do."""

    username = models.CharField("tên đăng nhập", max_length=60, unique=True)
    full_name = TextLineField("họ và tên", max_length=120)
    role = models.CharField("vai trò", max_length=12, choices=Role.choices)
    unit = models.ForeignKey(
        Unit, verbose_name="đơn vị", on_delete=models.PROTECT, related_name="users", null=True, blank=True
    )
    job_title = TextLineField("chức danh", max_length=120, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    is_active = models.BooleanField("đang hoạt động", default=True)
    must_change_password = models.BooleanField("phải đổi mật khẩu", default=False)
    is_demo = models.BooleanField("tài khoản thử", default=False, editable=False)
    name_folded = FoldedField("full_name", "username")

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: list[str] = ["full_name", "role"]

    class Meta:
        verbose_name = "tài khoản"
        ordering = ["name_folded"]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False), name="user_has_unit",
                violation_error_message="Chọn đơn vị của người dùng.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.full_name

    @property
    def is_officer(self) -> bool:
        return self.role == Role.OFFICER

    @property
    def is_leader(self) -> bool:
        return self.role == Role.LEADER

    @property
    def is_admin(self) -> bool:
        return self.role == Role.ADMIN
