"""Who may do what with producers."""

from communes.actors import Person
from communes.models import Unit
from communes.rules import is_officer_over
from producers.models import Producer


def can_create_producer(user: Person, commune: Unit | None = None) -> bool:
    """Cán bộ OCOP của xã, hoặc của đơn vị cấp trên, thêm chủ thể."""
    return is_officer_over(user, user.unit_id if commune is None else commune.pk)


def can_edit_producer(user: Person, producer: Producer) -> bool:
    """Cán bộ OCOP của xã có chủ thể, hoặc của đơn vị cấp trên, sửa chủ thể."""
    return is_officer_over(user, producer.commune_id)
