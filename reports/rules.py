"""Who sees the pages of figures."""

from communes.actors import Person
from plans.rules import READERS


def can_view_overview(user: Person) -> bool:
    """Lãnh đạo, cán bộ OCOP và quản trị xem tổng quan của các đơn vị trong phạm vi mình."""
    return user.role in READERS
