"""The annexes of a plan: list, and how each looks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.permissions import require
from core.screens import Action, form_page
from plans import rules, services
from plans.addresses import plan_url
from plans.forms import COLUMN_NAMES, AnnexForm, annex_values
from plans.models import AnnexLayout, Plan
from plans.screens import crumbs, plan_or_404


@require_safe
def annex_list(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """The four annexes, and the way to signer, letterhead and recipients."""
    plan = plan_or_404(request, unit, year)
    may_edit = rules.can_edit_plan(request.user, plan)
    edit = Action("Sửa số, ngày, người ký", plan_url("edit", plan), "pencil")
    context = {
        "title": "Thể thức và các biểu",
        "lead": "Biểu được in kèm PDF của kế hoạch khi được bật in và lời văn có nhắc đến; bảng tính của mọi biểu luôn được tạo.",
        "breadcrumb": crumbs(plan),
        "actions": [edit] if may_edit else [],
        "plan": plan,
        "rows": [_row(plan, annex) for annex in plan.annexes.order_by("number")],
        "may_edit": may_edit,
    }
    return render(request, "plans/annex_list.html", context)


def _row(plan: Plan, annex: AnnexLayout) -> dict[str, object]:
    shown = [column for column in annex.columns if column.get("visible", True)]
    groups = ", ".join(COLUMN_NAMES[key].lower() for key in annex.group_by)
    return {"annex": annex, "columns": len(shown), "groups": groups, "url": plan_url("annex-edit", plan, annex.number)}


def annex_edit(request: HttpRequest, unit: str, year: int, number: int) -> HttpResponse:
    """Labels, order, widths and visibility of the columns of one annex, its groups, its title."""
    plan = plan_or_404(request, unit, year)
    annex = get_object_or_404(plan.annexes.all(), number=number)
    annex.plan = plan
    require(rules.can_edit_annex, request.user, annex)
    back = plan_url("annex-list", plan)
    return form_page(
        request,
        title=f"Cách trình bày {annex.label[:1].lower()}{annex.label[1:]}",
        breadcrumb=crumbs(plan, ("Thể thức và các biểu", back)),
        form_class=AnnexForm,
        form_kwargs={"user": request.user, "instance": annex},
        instance=annex,
        save=lambda data, version: services.update_annex(
            annex, annex_values(data, annex), by=request.user, version=version
        ),
        success_url=back,
        success_message="Đã lưu cách trình bày biểu.",
        cancel_url=back,
        template="plans/annex_form.html",
    )
