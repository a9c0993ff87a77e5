"""The acts on a plan: make its documents, hand it to the leader, give it back, approve it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from core.forms.editing import act
from core.jobs.models import Job
from core.permissions import require
from core.screens import form_page
from plans import rules, services
from plans.addresses import plan_url
from plans.forms import ReturnForm
from plans.screens import crumbs, plan_or_404


@require_POST
def plan_generate(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Ask for the documents; the page of the job shows how far they are."""
    plan = plan_or_404(request, unit, year)
    require(rules.can_generate_plan, request.user, plan)
    return act(
        request,
        lambda: services.request_generation(plan, by=request.user),
        success_url=lambda job: job.get_absolute_url(),
        success_message=_asked,
    )


def _asked(job: Job) -> str:
    if job.is_over:
        return "Số liệu không đổi từ lần tạo trước: các tệp đã có sẵn ở trang kế hoạch."
    return "Đã nhận yêu cầu tạo văn bản."


@require_POST
def plan_submit(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Hand the plan to the leader."""
    plan = plan_or_404(request, unit, year)
    require(rules.can_submit_plan, request.user, plan)
    return act(
        request,
        lambda: services.submit_plan(plan, by=request.user),
        success_url=plan_url("detail", plan),
        success_message="Đã trình lãnh đạo. Kế hoạch không sửa được cho đến khi lãnh đạo duyệt hoặc trả lại.",
    )


def plan_return(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Give the plan back with the reason."""
    plan = plan_or_404(request, unit, year)
    require(rules.can_return_plan, request.user, plan)
    back = plan_url("detail", plan)
    return form_page(
        request,
        title="Trả lại kế hoạch",
        lead="Cán bộ OCOP sửa được kế hoạch sau khi trả lại, rồi trình lại.",
        breadcrumb=crumbs(plan),
        form_class=ReturnForm,
        save=lambda data, _version: services.return_plan(plan, by=request.user, reason=data["reason"]),
        submit="Trả lại",
        success_url=back,
        success_message="Đã trả lại kế hoạch.",
        cancel_url=back,
    )


@require_POST
def plan_approve(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Approve the plan."""
    plan = plan_or_404(request, unit, year)
    require(rules.can_approve_plan, request.user, plan)
    return act(
        request,
        lambda: services.approve_plan(plan, by=request.user),
        success_url=plan_url("detail", plan),
        success_message="Đã duyệt kế hoạch.",
    )
