"""The states of a plan and the moves between them.

Issuing is listed because the state exists; its service comes with the plan workspace.
"""

from django.db import models

from core.workflow import Transition, Workflow


class PlanState(models.TextChoices):
    DRAFT = "draft", "Đang soạn"
    SUBMITTED = "submitted", "Đã trình"
    RETURNED = "returned", "Trả lại"
    APPROVED = "approved", "Đã duyệt"
    ISSUED = "issued", "Đã ban hành"


SUBMIT = Transition("submit", "Trình lãnh đạo", {PlanState.DRAFT, PlanState.RETURNED}, PlanState.SUBMITTED)
RETURN = Transition("return", "Trả lại", {PlanState.SUBMITTED}, PlanState.RETURNED, needs_reason=True)
APPROVE = Transition("approve", "Duyệt", {PlanState.SUBMITTED}, PlanState.APPROVED)
ISSUE = Transition("issue", "Ban hành", {PlanState.APPROVED}, PlanState.ISSUED)

PLAN_WORKFLOW = Workflow(initial=PlanState.DRAFT, transitions=(SUBMIT, RETURN, APPROVE, ISSUE))

EDITABLE_STATES = frozenset({PlanState.DRAFT, PlanState.RETURNED})
