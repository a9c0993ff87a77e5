"""Who may do what with accounts."""

from accounts.models import User
from communes.models import Unit
from communes.rules import is_admin_over


def can_list_users(user: User) -> bool:
    """Quản trị xem tài khoản trong phạm vi đơn vị mình quản lý."""
    return user.is_admin and user.unit_id is not None


def can_create_user(user: User, unit: Unit | None = None) -> bool:
    """Quản trị thêm tài khoản cho đơn vị mình và các đơn vị cấp dưới."""
    return is_admin_over(user, user.unit_id if unit is None else unit.pk)


def can_edit_user(user: User, account: User) -> bool:
    """Quản trị sửa, khóa tài khoản và cấp mật khẩu mới trong phạm vi đơn vị mình quản lý."""
    return is_admin_over(user, account.unit_id)


def can_issue_password(user: User, account: User) -> bool:
    """Quản trị cấp mật khẩu mới cho tài khoản khác trong phạm vi mình quản lý; mật khẩu của mình thì tự đổi."""
    return user.pk != account.pk and not account.is_demo and can_edit_user(user, account)
