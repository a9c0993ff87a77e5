"""Who may do what with the law's rows."""

from communes.actors import ADMIN, OFFICER, Person, unit_of
from communes.models import Level, Unit
from communes.rules import can_act, is_admin_over, is_officer_over
from regulations.models import LegalDocument


def can_create_legal_document(user: Person, unit: Unit | None = None) -> bool:
    """Cán bộ OCOP hoặc quản trị thêm văn bản của đơn vị mình; văn bản chung do cấp trung ương thêm."""
    if unit is None:
        return _is_central(user)
    return is_officer_over(user, unit.pk) or is_admin_over(user, unit.pk)


def can_edit_legal_document(user: Person, document: LegalDocument) -> bool:
    """Cán bộ OCOP hoặc quản trị của đơn vị quản lý văn bản (hay của cấp trên) sửa; văn bản chung do cấp trung ương sửa."""
    if document.unit_id is None:
        return _is_central(user)
    return is_officer_over(user, document.unit_id) or is_admin_over(user, document.unit_id)


def can_edit_citation(user: Person, unit: Unit) -> bool:
    """Cán bộ OCOP hoặc quản trị của đơn vị (hay của cấp trên) thêm và sửa cách viện dẫn văn bản."""
    return is_officer_over(user, unit.pk) or is_admin_over(user, unit.pk)


def _is_central(user: Person) -> bool:
    unit = unit_of(user)
    return (
        getattr(user, "role", "") in {OFFICER, ADMIN}
        and can_act(user)
        and unit is not None
        and unit.level == Level.CENTRAL
    )
