"""Who may do what with products and recognitions, and how long a recognition holds."""

from calendar import monthrange
from datetime import date

from communes.actors import ABOVE_COMMUNE, Person, unit_of
from communes.rules import is_officer_over
from producers.models import Producer
from products.models import Product, Recognition


def can_create_product(user: Person, producer: Producer | None = None) -> bool:
    """Cán bộ OCOP của xã có chủ thể, hoặc của đơn vị cấp trên, thêm sản phẩm."""
    return is_officer_over(user, user.unit_id if producer is None else producer.commune_id)


def can_edit_product(user: Person, product: Product) -> bool:
    """Cán bộ OCOP của xã có sản phẩm, hoặc của đơn vị cấp trên, sửa sản phẩm."""
    return is_officer_over(user, product.commune_id)


def can_record_recognition(user: Person, product: Product) -> bool:
    """Cán bộ OCOP cấp huyện trở lên ghi kết quả công nhận của sản phẩm trong phạm vi đơn vị mình."""
    unit = unit_of(user)
    return unit is not None and unit.level in ABOVE_COMMUNE and is_officer_over(user, product.commune_id)


def can_edit_recognition(user: Person, recognition: Recognition) -> bool:
    """Cán bộ OCOP cấp huyện trở lên sửa lần công nhận của sản phẩm trong phạm vi đơn vị mình."""
    return can_record_recognition(user, recognition.product)


def can_withdraw_recognition(user: Person, recognition: Recognition) -> bool:
    """Cán bộ OCOP cấp huyện trở lên ghi việc thu hồi một lần công nhận chưa bị thu hồi."""
    return recognition.withdrawn_on is None and can_record_recognition(user, recognition.product)


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def certificate_end(decided_on: date, months: int) -> date:
    """The last day of a recognition: decided on 31/12/2021 for 36 months, it holds to the end of 31/12/2024."""
    return add_months(decided_on, months)
