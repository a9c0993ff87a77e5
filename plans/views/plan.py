"""Plans: list, create, the plan's own page, its heading, and the preview."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from core.documents.models import GeneratedDocument
from core.errors import Refused
from core.history import history_of
from core.permissions import require, who_can
from core.screens import Action, Column, Filter, form_page, list_page
from plans import queries, rules, screens, services
from plans.addresses import plan_url
from plans.annexes import plan_annex
from plans.collect import PlanSnapshot, collect_plan, figures_of
from plans.forms import NewPlanForm, PlanForm
from plans.layout import plan_document
from plans.models import Plan
from plans.screens import CRUMBS, crumbs, plan_or_404, state_tag
from plans.workflow import PlanState


def plan_list(request: HttpRequest) -> HttpResponse:
    """The plans of the person's reach, the newest year first."""
    plans = Plan.objects.visible_to(request.user).select_related("unit")
    years = [str(year) for year in plans.order_by("-year").values_list("year", flat=True).distinct()]
    may_read = request.user.role in rules.READERS
    create = Action("Lập kế hoạch năm", "/ke-hoach/moi/", "plus", primary=True)
    return list_page(
        request,
        plans.order_by("-year", "unit__sort_order", "pk"),
        title="Kế hoạch",
        noun="kế hoạch",
        columns=[
            Column("Năm", "year", link=(lambda row: plan_url("detail", row)) if may_read else None),
            Column("Đơn vị", lambda row: capfirst(row.unit.full_name)),
            Column("Trạng thái", state_tag),
            Column("Số, ngày", _number_and_day),
        ],
        filters=[
            Filter("nam", "Năm", [(year, year) for year in years], lambda rows, year: rows.filter(year=year)),
            Filter("trang-thai", "Trạng thái", PlanState.choices, lambda rows, state: rows.filter(state=state)),
        ],
        actions=[create] if rules.can_create_plan(request.user) else [],
        empty="Chưa có kế hoạch nào. Bấm Lập kế hoạch năm để bắt đầu từ mẫu có sẵn."
        if rules.can_create_plan(request.user) else f"Chưa có kế hoạch nào. {who_can(rules.can_create_plan)}",
    )  # fmt: skip


def _number_and_day(plan: Plan) -> str:
    if not plan.number:
        return "Chưa có số"
    return f"Số {plan.number}" + (f", ngày {plan.issued_on:%d/%m/%Y}" if plan.issued_on else "")


def plan_create(request: HttpRequest) -> HttpResponse:
    """Start the plan of a year from the last one."""
    require(rules.can_create_plan, request.user)
    unit = request.user.unit
    last = Plan.objects.visible_to(request.user).filter(unit=unit).order_by("-year").first()
    source = (
        f"Chép mục, lời văn và cách trình bày biểu từ kế hoạch năm {last.year}" if last else "Bắt đầu từ mẫu có sẵn"
    )
    return form_page(
        request,
        title="Lập kế hoạch năm",
        lead=f"Kế hoạch của {unit.full_name}. {source}; số liệu tự tính từ hồ sơ, sản phẩm và công nhận đã nhập.",
        breadcrumb=CRUMBS,
        form_class=NewPlanForm,
        form_kwargs={"user": request.user, "initial": {"year": last.year + 1 if last else None}},
        save=lambda data, _version: services.create_plan(unit=unit, year=data["year"], by=request.user),
        submit="Lập kế hoạch",
        success_url=lambda row: plan_url("detail", row),
        success_message="Đã lập kế hoạch. Xem các phần còn thiếu bên dưới.",
        cancel_url="/ke-hoach/",
    )


@dataclass(frozen=True)
class _Made:
    """A generated document, and whether the records still say the same."""

    document: GeneratedDocument
    is_current: bool


def _made(plan: Plan, snapshot: PlanSnapshot | None) -> list[_Made]:
    identity = snapshot.identity if snapshot else ""
    return [_Made(row, row.snapshot_hash == identity) for row in queries.recent_documents(plan)]


@require_safe
def plan_detail(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """The plan as a list of things to do, with its documents and its way to the leader."""
    plan = plan_or_404(request, unit, year)
    return render(request, "plans/plan_detail.html", _detail(request, plan))


def _detail(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    may_edit = rules.can_edit_plan(request.user, plan)
    snapshot, problem = _collected(plan)
    edit = Action("Sửa số, ngày, người ký", plan_url("edit", plan), "pencil")
    return {
        "title": f"Kế hoạch OCOP năm {plan.year}",
        "lead": capfirst(plan.unit.full_name) + f" · báo cáo năm {plan.report_year}, kế hoạch năm {plan.year}",
        "state": state_tag(plan),
        "breadcrumb": CRUMBS,
        "actions": [edit] if may_edit else [],
        "plan": plan,
        "problem": problem,
        "tasks": screens.tasks(plan, snapshot, figures_of(plan), may_edit=may_edit) if snapshot else [],
        "missing": screens.missing_links(plan, snapshot.missing) if snapshot else [],
        "may_generate": rules.can_generate_plan(request.user, plan) and snapshot is not None,
        "generate_url": plan_url("generate", plan),
        "job": queries.running_job(plan),
        "made": _made(plan, snapshot),
        "moves": screens.moves(request.user, plan),
        "timeline": history_of(plan, labels=screens.HISTORY_LABELS),
    }


def _collected(plan: Plan) -> tuple[PlanSnapshot | None, str]:
    """The snapshot, or the sentence that says why there is none."""
    try:
        return collect_plan(plan), ""
    except Refused as refusal:
        return None, refusal.sentence


def plan_edit(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Title, working date, signer, number and date."""
    plan = plan_or_404(request, unit, year)
    require(rules.can_edit_plan, request.user, plan)
    back = plan_url("detail", plan)
    return form_page(
        request,
        title="Số, ngày, người ký của kế hoạch",
        breadcrumb=crumbs(plan),
        form_class=PlanForm,
        form_kwargs={"user": request.user},
        instance=plan,
        save=lambda data, version: services.update_plan(plan, data, by=request.user, version=version),
        success_url=back,
        success_message="Đã lưu kế hoạch.",
        cancel_url=back,
    )


@require_safe
def plan_preview(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """The whole plan and its annexes as they would be printed now."""
    plan = plan_or_404(request, unit, year)
    snapshot, problem = _collected(plan)
    shown = _paper(plan, snapshot) if snapshot else {}
    context = {
        "title": "Xem trước kế hoạch",
        "breadcrumb": crumbs(plan),
        "plan": plan,
        "problem": problem,
        "may_edit": rules.can_edit_plan(request.user, plan),
        **shown,
    }
    return render(request, "plans/plan_preview.html", context)


def _paper(plan: Plan, snapshot: PlanSnapshot) -> dict[str, Any]:
    document = plan_document(snapshot)
    sections = (part.section for part in snapshot.body)
    edited: set[str] = set()
    body = []
    for section, block in zip(sections, document.body, strict=True):
        is_first = section not in edited and hasattr(block, "level")
        edited.add(section)
        body.append({"block": block, "edit_url": plan_url("section-edit", plan, section) if is_first else ""})
    printed = {annex.key for annex in document.annexes}
    annexes = [plan_annex(annex, snapshot.letterhead.annex_reference) for annex in snapshot.annexes]
    return {
        "document": document,
        "body": body,
        "annexes": [{"annex": annex, "is_printed": annex.key in printed} for annex in annexes],
        "missing": screens.missing_links(plan, snapshot.missing),
    }
