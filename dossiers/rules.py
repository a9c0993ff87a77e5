"""Who may do what with evaluation rounds and dossiers."""

from communes.actors import ABOVE_COMMUNE, Person, unit_of
from communes.models import Unit
from communes.rules import is_officer_over
from dossiers.models import Dossier, Round
from products.models import Product


def _is_above_commune(user: Person) -> bool:
    unit = unit_of(user)
    return unit is not None and unit.level in ABOVE_COMMUNE


def can_create_round(user: Person, unit: Unit | None = None) -> bool:
    """Cán bộ OCOP cấp huyện trở lên mở đợt đánh giá của đơn vị mình hoặc đơn vị cấp dưới."""
    return _is_above_commune(user) and is_officer_over(user, user.unit_id if unit is None else unit.pk)


def can_edit_round(user: Person, round: Round) -> bool:  # noqa: A002 -- the domain's word
    """Cán bộ OCOP cấp huyện trở lên sửa đợt đánh giá của đơn vị mình hoặc đơn vị cấp dưới."""
    return _is_above_commune(user) and is_officer_over(user, round.unit_id)


def can_enter_product(user: Person, product: Product | None = None) -> bool:
    """Cán bộ OCOP của xã có sản phẩm, hoặc của đơn vị cấp trên, ghi sản phẩm dự thi."""
    return is_officer_over(user, user.unit_id if product is None else product.commune_id)


def can_edit_dossier(user: Person, dossier: Dossier) -> bool:
    """Cán bộ OCOP của xã sửa hồ sơ khi chưa có kết quả; cán bộ cấp huyện trở lên sửa cả khi đã có kết quả."""
    if not is_officer_over(user, dossier.commune_id):
        return False
    return dossier.outcome == Dossier.Outcome.PENDING or _is_above_commune(user)


def can_record_outcome(user: Person, dossier: Dossier) -> bool:
    """Cán bộ OCOP cấp huyện trở lên ghi kết quả của hồ sơ trong phạm vi đơn vị mình."""
    return _is_above_commune(user) and is_officer_over(user, dossier.commune_id)
