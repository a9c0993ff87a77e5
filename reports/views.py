"""Home: leaders see the figures, everybody else what there is to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from core.permissions import require
from plans.models import Plan
from reports import queries, rules


def home(request: HttpRequest) -> HttpResponse:
    """The first page of a person's role."""
    return redirect("reports:overview" if request.user.is_leader else "reports:todo")


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The leader's page: four tiles, the communes, what waits for a decision, the plan's promises."""
    require(rules.can_view_overview, request.user)
    plans = queries.plans_to_show(request.user)
    plan = _chosen(request, plans)
    context = {
        "title": f"Tình hình Chương trình OCOP năm {plan.report_year}" if plan else "Tình hình Chương trình OCOP",
        "overview": queries.overview_of(plan) if plan else None,
        "choices": [(queries.choice_of(row), _label(request, row), row == plan) for row in plans],
        "waiting": queries.plans_to_decide(request.user),
        "may_create": request.user.is_officer,
    }
    return render(request, "reports/overview.html", context)


def _chosen(request: HttpRequest, plans: list[Plan]) -> Plan | None:
    """The plan that the address names, else the first."""
    wanted = request.GET.get("chon", "")
    return next((plan for plan in plans if queries.choice_of(plan) == wanted), plans[0] if plans else None)


def _label(request: HttpRequest, plan: Plan) -> str:
    own = plan.unit_id == request.user.unit_id
    return f"Năm {plan.report_year}" if own else f"{plan.unit.full_name}, năm {plan.report_year}"


@require_safe
def todo(request: HttpRequest) -> HttpResponse:
    """What the person has to do: counters with their lists, and the next useful act."""
    context = {
        "title": "Việc cần làm",
        "counters": queries.counters(request.user),
        "next_act": queries.next_act(request.user),
    }
    return render(request, "reports/todo.html", context)
