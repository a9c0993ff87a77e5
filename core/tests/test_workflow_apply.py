"""An object makes only the moves of its table, each logged with old and new state."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from core import workflow
from core.audit.queries import timeline
from core.tests.rows import saved_plan, saved_user
from core.workflow import Transition, TransitionRefused, Workflow

SUBMIT = Transition("submit", "Trình lãnh đạo", {"draft", "returned"}, "submitted")
RETURN = Transition("return", "Trả lại", {"submitted"}, "returned", needs_reason=True)
APPROVE = Transition("approve", "Duyệt", {"submitted"}, "approved")
ISSUE = Transition("issue", "Ban hành", {"approved"}, "issued")
TABLE = Workflow("draft", (SUBMIT, RETURN, APPROVE, ISSUE))

STAMPS = {
    "draft": (),
    "submitted": ("submitted",),
    "returned": ("submitted",),
    "approved": ("submitted", "approved"),
    "issued": ("submitted", "approved"),
}


def plan_in(state: str) -> Any:
    """A plan in a state, with the stamps its constraints ask for."""
    user = saved_user()
    stamps: dict[str, Any] = {f"{name}_by": user for name in STAMPS[state]}
    stamps |= {f"{name}_at": timezone.now() for name in STAMPS[state]}
    if state == "issued":
        stamps |= {"number": "12", "issued_on": timezone.localdate()}
    return saved_plan(state=state, return_reason="Thiếu biểu 3." if state == "returned" else "", **stamps)


def stamps_for(transition: Transition, user: Any) -> dict[str, Any]:
    now = timezone.now()
    return {
        "submit": {"submitted_at": now, "submitted_by": user},
        "return": {"return_reason": "Thiếu biểu 3."},
        "approve": {"approved_at": now, "approved_by": user},
        "issue": {"number": "12", "issued_on": timezone.localdate()},
    }[transition.name]


def test_table_knows_its_states_and_moves() -> None:
    assert TABLE.states() == {"draft", "submitted", "returned", "approved", "issued"}
    assert TABLE.moves_from("submitted") == (RETURN, APPROVE)
    assert TABLE.moves_from("issued") == ()
    assert TABLE.unreachable() == frozenset()


def test_state_that_no_move_reaches_is_found() -> None:
    lost = Transition("revive", "Mở lại", {"closed"}, "draft")

    assert Workflow("draft", (SUBMIT, lost)).unreachable() == {"closed", "returned"}


@pytest.mark.django_db
@pytest.mark.parametrize("state", sorted(STAMPS))
@pytest.mark.parametrize("transition", TABLE.transitions, ids=lambda transition: transition.name)
def test_every_state_makes_only_the_moves_of_the_table(state: str, transition: Transition) -> None:
    plan, user = plan_in(state), saved_user()

    def move() -> Any:
        return workflow.apply(plan, transition, by=user, reason="Thiếu biểu 3.", **stamps_for(transition, user))

    if transition in TABLE.moves_from(state):
        move()
        expected = transition.target
    else:
        with pytest.raises(TransitionRefused):
            move()
        expected = state
    plan.refresh_from_db()
    assert plan.state == expected


@pytest.mark.django_db
def test_move_is_logged_with_states_and_reason() -> None:
    plan, user = plan_in("submitted"), saved_user("Lê Văn Cường")

    moved = workflow.apply(plan, RETURN, by=user, reason=" Thiếu biểu 3. ", return_reason="Thiếu biểu 3.")

    entry = timeline(plan).get()
    assert (entry.action, entry.actor, entry.reason) == ("return", user, "Thiếu biểu 3.")
    assert (entry.old["state"], entry.new["state"]) == ("submitted", "returned")
    assert (moved.version, plan.version, plan.state) == (2, 2, "returned")


@pytest.mark.django_db
def test_move_judges_the_state_in_the_database_not_in_memory() -> None:
    plan = plan_in("submitted")
    type(plan).objects.filter(pk=plan.pk).update(state="draft")

    with pytest.raises(TransitionRefused) as refusal:
        workflow.apply(plan, APPROVE, by=None)

    assert refusal.value.sentence == (
        "Chưa làm được việc “Duyệt” vì kế hoạch đang ở trạng thái “Đang soạn”; "
        "việc này làm khi ở trạng thái “Đã trình”. Tải lại trang để xem trạng thái mới nhất."
    )


@pytest.mark.django_db
def test_move_that_needs_a_reason_is_refused_without() -> None:
    plan = plan_in("submitted")

    with pytest.raises(TransitionRefused, match="Nhập lý do rồi bấm “Trả lại” lại"):
        workflow.apply(plan, RETURN, by=None, reason="  ")

    plan.refresh_from_db()
    assert plan.state == "submitted"


@pytest.mark.django_db
def test_move_without_its_stamps_is_refused_by_the_constraint() -> None:
    plan = plan_in("draft")

    with pytest.raises(ValidationError, match="Kế hoạch đã trình phải ghi người trình và lúc trình"):
        workflow.apply(plan, SUBMIT, by=None)

    assert not timeline(plan).exists()
