"""Everything that writes accounts."""

import re
import secrets
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Role, User
from communes.models import Unit
from communes.rules import reaches
from core.audit import services as audit
from core.errors import Refused

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")

# Five groups of four: read out over the telephone without doubt (no 0 and o, no 1, l and i), 98 bits.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class AccountRefused(Refused):
    """The act would give power that the actor has not, or lock the actor out."""


@transaction.atomic
def create_user(values: Mapping[str, Any], *, by: User | None) -> User:
    """Add an account that nobody can use until `issue_password` gives it a password."""
    _refuse_bad_username(values.get("username", ""))
    _refuse_foreign_unit(values.get("unit"), by)
    user = User(**values)
    user.set_unusable_password()
    user.must_change_password = True
    return audit.create(user, by=by)


@transaction.atomic
def update_user(user: User, values: Mapping[str, Any], *, by: User | None, version: int | None = None) -> User:
    """Change an account. An administrator cannot lock the own account or give up the own role."""
    if "username" in values and values["username"] != user.username:
        _refuse_bad_username(values["username"])
    if "unit" in values:
        _refuse_foreign_unit(values["unit"], by)
    if by is not None and by.pk == user.pk:
        _refuse_locking_out(user, values)
    return audit.update(user, values, by=by, version=version)


@transaction.atomic
def issue_password(user: User, *, by: User | None) -> str:
    """Give a random password that must be changed at the next login. Returns it: it is kept nowhere."""
    if user.is_demo:
        raise AccountRefused("Tài khoản thử không dùng mật khẩu. Vào bằng nút chọn vai trò ở trang đăng nhập.")
    password = random_password()
    changes = {"password": make_password(password), "must_change_password": True}
    audit.update(user, changes, by=by, action="issue_password")
    return password


@transaction.atomic
def change_password(user: User, password: str, *, by: User) -> User:
    """Set the password that the person chose; whoever calls has checked the old one and the strength."""
    if user.is_demo:
        raise AccountRefused("Tài khoản thử không dùng mật khẩu. Thêm một tài khoản thường để thử đổi mật khẩu.")
    changes = {"password": make_password(password), "must_change_password": False}
    return audit.update(user, changes, by=by, action="change_password")


@transaction.atomic
def create_demo_user(*, username: str, full_name: str, role: Role, unit: Unit, job_title: str) -> User:
    """The demonstration's account of a role, made once; it has no password and never can have one."""
    known = User.objects.filter(username=username).first()
    if known is not None:
        return known
    user = User(
        username=username, full_name=full_name, role=role, unit=unit, job_title=job_title, is_demo=True
    )  # fmt: skip
    user.set_unusable_password()
    return audit.create(user, by=None, reason="Tài khoản của bản thử")


def random_password() -> str:
    """Twenty random letters and digits in groups of four."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(5))


def _refuse_bad_username(username: str) -> None:
    if not _USERNAME.fullmatch(username):
        raise ValidationError(
            {"username": "Tên đăng nhập gồm từ 3 chữ thường không dấu, số, dấu chấm hay gạch ngang. Ví dụ: nv.an"}
        )


def _refuse_foreign_unit(unit: Unit | None, by: User | None) -> None:
    if by is not None and unit is not None and not reaches(by, unit.pk):
        raise AccountRefused(f"{unit.full_name} nằm ngoài phạm vi quản lý của đơn vị anh/chị. Chọn đơn vị khác.")


def _refuse_locking_out(user: User, values: Mapping[str, Any]) -> None:
    if values.get("is_active") is False or values.get("role", user.role) != user.role:
        raise AccountRefused("Không tự khóa hay tự đổi vai trò của mình. Nhờ quản trị khác của đơn vị làm việc này.")
