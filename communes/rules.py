"""Who may do what with units and what they print.

Every rule of the records stands on two questions answered here: does the person act for a unit that has not ended
(`can_act`), and does the person's unit reach the row's unit (`reaches`).
"""

from communes.actors import ADMIN, OFFICER, Person, unit_of
from communes.models import Unit, UnitReach
from core import clock


def unit_is_active(unit: Unit) -> bool:
    """Đơn vị chưa kết thúc hoạt động vào ngày làm việc của phần mềm."""
    return unit.valid_to is None or unit.valid_to >= clock.today()


def can_act(user: Person) -> bool:
    """Người dùng của đơn vị còn hoạt động; đơn vị đã kết thúc chỉ xem và in số liệu các năm của mình."""
    unit = unit_of(user)
    return bool(getattr(user, "is_active", False)) and unit is not None and unit_is_active(unit)


def reaches(user: Person, unit_id: int | None) -> bool:
    """Đơn vị của người dùng, đơn vị cấp dưới và các đơn vị đã nhập vào những đơn vị ấy."""
    viewer_id = getattr(user, "unit_id", None)
    if viewer_id is None or unit_id is None:
        return False
    return viewer_id == unit_id or UnitReach.objects.filter(viewer_id=viewer_id, unit_id=unit_id).exists()


def is_officer_over(user: Person, unit_id: int | None) -> bool:
    """Cán bộ OCOP của đơn vị đó hoặc của đơn vị cấp trên, khi đơn vị của cán bộ còn hoạt động."""
    return getattr(user, "role", "") == OFFICER and can_act(user) and reaches(user, unit_id)


def is_admin_over(user: Person, unit_id: int | None) -> bool:
    """Quản trị của đơn vị đó hoặc của đơn vị cấp trên, khi đơn vị của quản trị còn hoạt động."""
    return getattr(user, "role", "") == ADMIN and can_act(user) and reaches(user, unit_id)


def can_create_unit(user: Person, parent: Unit | None = None) -> bool:
    """Quản trị thêm đơn vị hành chính trong phạm vi đơn vị mình quản lý."""
    return is_admin_over(user, user.unit_id if parent is None else parent.pk)


def can_edit_unit(user: Person, unit: Unit) -> bool:
    """Quản trị sửa đơn vị hành chính trong phạm vi đơn vị mình quản lý."""
    return is_admin_over(user, unit.pk)


def can_edit_letter_head(user: Person, unit: Unit) -> bool:
    """Quản trị sửa thể thức văn bản của đơn vị trong phạm vi mình quản lý."""
    return is_admin_over(user, unit.pk)


def can_edit_signer(user: Person, unit: Unit) -> bool:
    """Quản trị thêm và sửa người ký của đơn vị trong phạm vi mình quản lý."""
    return is_admin_over(user, unit.pk)


def can_edit_office(user: Person, unit: Unit) -> bool:
    """Quản trị hoặc cán bộ OCOP của đơn vị (hay của cấp trên) sửa cơ quan phối hợp và nhiệm vụ của cơ quan."""
    return is_admin_over(user, unit.pk) or is_officer_over(user, unit.pk)


def can_edit_recipient(user: Person, unit: Unit) -> bool:
    """Quản trị hoặc cán bộ OCOP của đơn vị (hay của cấp trên) sửa nơi nhận."""
    return is_admin_over(user, unit.pk) or is_officer_over(user, unit.pk)
