"""Who may do what with plans and what belongs to them."""

from communes.actors import Person
from communes.models import Level, Unit, UnitReach
from communes.rules import can_act, is_officer_over, reaches
from plans.models import (
    Activity,
    AnnexLayout,
    BudgetLine,
    Plan,
    PlanSection,
    PotentialProduct,
    Spending,
    Target,
)
from plans.workflow import EDITABLE_STATES, PlanState

LEADER = "leader"
READERS = frozenset({"admin", "officer", "leader"})


def _is_own_officer(user: Person, unit_id: int | None) -> bool:
    """An officer of the unit itself: a plan is written by those whose unit issues it."""
    return user.role == "officer" and can_act(user) and user.unit_id == unit_id


def can_view_plan(user: Person, plan: Plan) -> bool:
    """Cán bộ OCOP, lãnh đạo và quản trị của đơn vị lập kế hoạch hoặc của cấp trên xem kế hoạch."""
    return user.role in READERS and reaches(user, plan.unit_id)


def can_create_plan(user: Person, unit: Unit | None = None) -> bool:
    """Cán bộ OCOP lập kế hoạch của đơn vị mình, khi đơn vị còn hoạt động."""
    return _is_own_officer(user, user.unit_id if unit is None else unit.pk)


def can_edit_plan(user: Person, plan: Plan) -> bool:
    """Cán bộ OCOP của đơn vị lập kế hoạch sửa kế hoạch khi đang soạn hoặc bị trả lại."""
    return plan.state in EDITABLE_STATES and _is_own_officer(user, plan.unit_id)


def can_edit_section(user: Person, section: PlanSection) -> bool:
    """Cán bộ OCOP của đơn vị lập kế hoạch sửa mục khi kế hoạch đang soạn hoặc bị trả lại."""
    return can_edit_plan(user, section.plan)


def can_edit_annex(user: Person, annex: AnnexLayout) -> bool:
    """Cán bộ OCOP của đơn vị lập kế hoạch sửa cách trình bày biểu khi kế hoạch đang soạn hoặc bị trả lại."""
    return can_edit_plan(user, annex.plan)


def can_view_potential_products(user: Person, plan: Plan) -> bool:
    """Người xem được kế hoạch, và cán bộ OCOP của xã trực thuộc (các dòng của xã mình), xem sản phẩm tiềm năng."""
    return can_view_plan(user, plan) or (user.role == "officer" and _is_commune_under(user, plan))


def can_add_potential_product(user: Person, plan: Plan) -> bool:
    """Cán bộ OCOP của đơn vị lập kế hoạch, hoặc của một xã trực thuộc, đăng ký sản phẩm tiềm năng khi kế hoạch đang soạn."""
    if plan.state not in EDITABLE_STATES or user.role != "officer" or not can_act(user):
        return False
    return user.unit_id == plan.unit_id or _is_commune_under(user, plan)


def _is_commune_under(user: Person, plan: Plan) -> bool:
    if user.unit is None or user.unit.level != Level.COMMUNE:
        return False
    return UnitReach.objects.filter(viewer_id=plan.unit_id, unit_id=user.unit_id).exists()


def can_edit_potential_product(user: Person, row: PotentialProduct) -> bool:
    """Cán bộ OCOP của đơn vị lập kế hoạch, hoặc của xã có sản phẩm, sửa sản phẩm tiềm năng khi kế hoạch đang soạn."""
    return row.plan.state in EDITABLE_STATES and (
        _is_own_officer(user, row.plan.unit_id) or _is_own_officer(user, row.commune_id)
    )


def can_edit_budget(user: Person, plan: Plan) -> bool:
    """Cán bộ OCOP của đơn vị lập kế hoạch sửa dự toán khi kế hoạch đang soạn hoặc bị trả lại."""
    return can_edit_plan(user, plan)


def can_edit_budget_line(user: Person, line: BudgetLine) -> bool:
    """Cán bộ OCOP của đơn vị lập kế hoạch sửa dự toán khi kế hoạch đang soạn hoặc bị trả lại."""
    return can_edit_plan(user, line.plan)


def can_create_target(user: Person, unit: Unit | None = None) -> bool:
    """Cán bộ OCOP của đơn vị (hay của cấp trên) nhập chỉ tiêu."""
    return is_officer_over(user, user.unit_id if unit is None else unit.pk)


def can_edit_target(user: Person, target: Target) -> bool:
    """Cán bộ OCOP của đơn vị (hay của cấp trên) sửa chỉ tiêu."""
    return is_officer_over(user, target.unit_id)


def can_create_activity(user: Person, unit: Unit | None = None) -> bool:
    """Cán bộ OCOP của đơn vị (hay của cấp trên) ghi hoạt động."""
    return is_officer_over(user, user.unit_id if unit is None else unit.pk)


def can_edit_activity(user: Person, activity: Activity) -> bool:
    """Cán bộ OCOP của đơn vị (hay của cấp trên) sửa hoạt động."""
    return is_officer_over(user, activity.unit_id)


def can_create_spending(user: Person, unit: Unit | None = None) -> bool:
    """Cán bộ OCOP của đơn vị (hay của cấp trên) ghi kinh phí đã chi."""
    return is_officer_over(user, user.unit_id if unit is None else unit.pk)


def can_edit_spending(user: Person, spending: Spending) -> bool:
    """Cán bộ OCOP của đơn vị (hay của cấp trên) sửa kinh phí đã chi."""
    return is_officer_over(user, spending.unit_id)


def can_submit_plan(user: Person, plan: Plan) -> bool:
    """Cán bộ OCOP của đơn vị lập kế hoạch trình kế hoạch đang soạn hoặc bị trả lại."""
    return can_edit_plan(user, plan)


def _can_decide(user: Person, plan: Plan) -> bool:
    return user.role == LEADER and can_act(user) and user.unit_id == plan.unit_id and plan.state == PlanState.SUBMITTED


def can_return_plan(user: Person, plan: Plan) -> bool:
    """Lãnh đạo đơn vị lập kế hoạch trả lại kế hoạch đã trình."""
    return _can_decide(user, plan)


def can_approve_plan(user: Person, plan: Plan) -> bool:
    """Lãnh đạo đơn vị lập kế hoạch duyệt kế hoạch đã trình."""
    return _can_decide(user, plan)


def can_generate_plan(user: Person, plan: Plan) -> bool:
    """Cán bộ OCOP, lãnh đạo và quản trị của đơn vị lập kế hoạch hoặc của cấp trên tạo văn bản; đơn vị đã kết thúc vẫn in được."""
    return bool(user.is_active) and can_view_plan(user, plan)
