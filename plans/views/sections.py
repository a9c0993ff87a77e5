"""The sections of a plan: list, write, add, move, delete."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from core.errors import Refused
from core.forms.editing import act
from core.permissions import require
from core.screens import Action, form_page
from plans import blocks, figures, queries, rules, services
from plans.addresses import plan_url
from plans.collect import PlanSnapshot, collect_plan, figure_context
from plans.forms import ConfirmForm, NewSectionForm, SectionForm, section_values
from plans.models import Plan, PlanSection
from plans.screens import crumbs, plan_or_404


def _section_or_404(plan: Plan, key: str) -> PlanSection:
    section: PlanSection = get_object_or_404(plan.sections.all(), key=key)
    section.plan = plan
    return section


def _crumbs(plan: Plan) -> list[tuple[str, str]]:
    return crumbs(plan, ("Lời văn", plan_url("section-list", plan)))


@require_safe
def section_list(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """The sections in reading order with what each lacks."""
    plan = plan_or_404(request, unit, year)
    may_edit = rules.can_edit_plan(request.user, plan)
    add = Action("Thêm mục", plan_url("section-create", plan), "plus")
    context = {
        "title": "Lời văn của kế hoạch",
        "lead": "Mỗi mục gồm tiêu đề và lời văn; số liệu trong câu do phần mềm tính nên không cần sửa hằng năm.",
        "breadcrumb": crumbs(plan),
        "actions": [add] if may_edit else [],
        "rows": _rows(plan),
        "may_edit": may_edit,
        "empty": "Kế hoạch chưa có mục nào. Bấm Thêm mục để bắt đầu.",
    }
    return render(request, "plans/section_list.html", context)


def _rows(plan: Plan) -> list[dict[str, Any]]:
    tree = queries.section_tree(plan)
    snapshot = _collected(plan)
    lacking = {part.key for part in snapshot.missing if part.place == "sections"} if snapshot else set()
    printed = (
        {part.section: part.text for part in reversed(snapshot.body) if part.kind == "heading"} if snapshot else {}
    )
    return [
        {
            "section": section,
            "depth": min(depth, 2),
            "heading": printed.get(section.key) or _name(section),
            "is_short": section.key in lacking,
            "edit_url": plan_url("section-edit", plan, section.key),
            "move_url": plan_url("section-move", plan, section.key),
            "delete_url": plan_url("section-delete", plan, section.key),
        }
        for depth, section in tree
    ]


def _name(section: PlanSection) -> str:
    """The heading without the colon that closes it in print."""
    return (section.heading or section.key).rstrip(": ")


def _collected(plan: Plan) -> PlanSnapshot | None:
    """The plan as it would be printed; None while a section cannot be read, which its own page says."""
    try:
        return collect_plan(plan)
    except Refused:
        return None


def section_edit(request: HttpRequest, unit: str, year: int, key: str) -> HttpResponse:
    """Write one section, with the figures that it may print beside it."""
    plan = plan_or_404(request, unit, year)
    section = _section_or_404(plan, key)
    require(rules.can_edit_section, request.user, section)
    return form_page(
        request,
        title=f"Soạn mục {_name(section)}",
        breadcrumb=_crumbs(plan),
        form_class=SectionForm,
        form_kwargs={"user": request.user},
        instance=section,
        save=lambda data, version: services.update_section(
            section, section_values(data, section.options or {}), by=request.user, version=version
        ),
        success_url=plan_url("section-list", plan),
        success_message="Đã lưu mục.",
        cancel_url=plan_url("section-list", plan),
        template="plans/section_form.html",
        context=_help(plan, section),
    )


def section_create(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Add a section at the end of its level."""
    plan = plan_or_404(request, unit, year)
    require(rules.can_edit_plan, request.user, plan)
    return form_page(
        request,
        title="Thêm mục",
        breadcrumb=_crumbs(plan),
        form_class=NewSectionForm,
        form_kwargs={"user": request.user, "plan": plan},
        save=lambda data, _version: services.add_section(plan, section_values(data, {}), by=request.user),
        success_url=plan_url("section-list", plan),
        success_message="Đã thêm mục ở cuối cấp của mục.",
        cancel_url=plan_url("section-list", plan),
        template="plans/section_form.html",
        context=_help(plan, PlanSection()),
    )


def _help(plan: Plan, section: PlanSection) -> dict[str, Any]:
    """The figures by name with what they are now, and the computed blocks."""
    context = figure_context(plan).of_section(section.key, section.options or {})
    known = [figures.compute(name, context) for name in figures.names(per_commune=False)]
    per_commune = [
        figures.definition(name) for name in sorted(set(figures.names()) - {figure.name for figure in known})
    ]
    return {
        "known": [{"figure": figure, "url": _figure_url(plan, figure.name, section.key)} for figure in known],
        "per_commune": per_commune,
        "blocks": sorted(blocks.BLOCKS.items()),
    }


def _figure_url(plan: Plan, name: str, section: str) -> str:
    query = f"?muc={section}" if section and name.startswith("activity_") else ""
    return plan_url("figure", plan, name) + query


@require_POST
def section_move(request: HttpRequest, unit: str, year: int, key: str) -> HttpResponse:
    """Move a section one place up or down among its neighbours."""
    plan = plan_or_404(request, unit, year)
    section = _section_or_404(plan, key)
    require(rules.can_edit_section, request.user, section)
    step = -1 if request.POST.get("huong") == "len" else 1
    return act(
        request,
        lambda: services.move_section(section, step=step, by=request.user),
        success_url=plan_url("section-list", plan),
        success_message=f"Đã chuyển mục “{_name(section)}” {'lên' if step < 0 else 'xuống'} một bậc.",
    )


def section_delete(request: HttpRequest, unit: str, year: int, key: str) -> HttpResponse:
    """Delete a section after a question."""
    plan = plan_or_404(request, unit, year)
    section = _section_or_404(plan, key)
    require(rules.can_edit_section, request.user, section)
    below = plan.sections.filter(parent=section).count()
    also = f" và {below} mục con trực tiếp của mục này" if below else ""
    back = plan_url("section-list", plan)
    return form_page(
        request,
        title="Xóa mục",
        lead=f"Xóa mục “{_name(section)}”{also} khỏi kế hoạch. Lời văn của mục không còn trong văn bản tạo sau đó.",
        breadcrumb=_crumbs(plan),
        form_class=ConfirmForm,
        save=lambda _data, _version: services.delete_section(section, by=request.user),
        submit="Xóa mục",
        success_url=back,
        success_message="Đã xóa mục.",
        cancel_url=back,
    )
