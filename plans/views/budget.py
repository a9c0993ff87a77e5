"""The budget of a plan: the rows of biểu 3 and 4."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from core.panels import Panel
from core.permissions import require
from core.screens import Action, Column, Fact, Filter, Money, detail_page, form_page, list_page, marked, show
from core.vietnamese import numbers
from plans import queries, rules, services
from plans.addresses import plan_url
from plans.forms import BudgetLineForm, ConfirmForm, budget_values
from plans.models import BudgetLine, FundingSource, Plan
from plans.screens import crumbs, plan_or_404


def _line_or_404(plan: Plan, pk: int) -> BudgetLine:
    lines = plan.budget_lines.select_related("commune", "producer", "office").prefetch_related("amounts")
    line: BudgetLine = get_object_or_404(queries.with_totals(lines), pk=pk)
    line.plan = plan
    return line


def _crumbs(plan: Plan) -> list[tuple[str, str]]:
    return crumbs(plan, ("Dự toán kinh phí", plan_url("budget-list", plan)))


def budget_list(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """The lines of the budget in their order, with the sums by source."""
    plan = plan_or_404(request, unit, year)
    may = rules.can_edit_budget(request.user, plan)
    groups = list(plan.budget_lines.order_by("content_group").values_list("content_group", flat=True).distinct())
    return list_page(
        request,
        queries.with_totals(plan.budget_lines.select_related("commune")).order_by("sort_order", "pk"),
        title=f"Dự toán kinh phí năm {plan.year}",
        lead="Số tiền tính bằng đồng. Các dòng này in thành biểu 3, phần của từng xã và chủ thể in thành biểu 4.",
        breadcrumb=crumbs(plan),
        noun="dòng dự toán",
        columns=_columns(plan),
        filters=[Filter("noi-dung", "Nội dung lớn", [(name, name) for name in groups], _in_group)],
        actions=[Action("Thêm dòng", plan_url("budget-create", plan), "plus", primary=True)] if may else [],
        empty="Chưa có dòng dự toán nào.",
        template="plans/budget_list.html",
        context=_sums(plan),
    )


def _columns(plan: Plan) -> list[Column]:
    return [
        Column("Nội dung chi", marked("content"), link=lambda row: plan_url("budget-detail", plan, row.pk)),
        Column("Nội dung lớn", "content_group"),
        Column("Xã, thị trấn", lambda row: row.commune.full_name if row.commune else "Chung"),
        Column("Số lượng", _quantity, align="end"),
        Column("Đơn giá", lambda row: _money(row.unit_price), align="end"),
        Column("Tổng kinh phí", lambda row: _money(row.total), align="end"),
    ]


def _in_group(rows: Any, name: str) -> Any:
    return rows.filter(content_group=name)


def _quantity(row: BudgetLine) -> str:
    if row.quantity is None:
        return ""
    return f"{numbers.decimal(row.quantity, max_places=2)} {row.measure_unit}".strip()


def _money(amount: int | None) -> Any:
    return "" if amount is None else Money(amount)


def _sums(plan: Plan) -> dict[str, Any]:
    totals = queries.totals_by_source(plan)
    sources = [(FundingSource(source).label, totals[source]) for source in FundingSource.values if source in totals]
    return {"sources": sources, "sum_total": sum(totals.values())}


def budget_detail(request: HttpRequest, unit: str, year: int, pk: int) -> HttpResponse:
    """One line with its sources."""
    plan = plan_or_404(request, unit, year)
    line = _line_or_404(plan, pk)
    actions = []
    if rules.can_edit_budget_line(request.user, line):
        actions = [
            Action("Xóa", plan_url("budget-delete", plan, pk), "trash"),
            Action("Sửa", plan_url("budget-edit", plan, pk), "pencil", primary=True),
        ]
    return detail_page(
        request, line, title=line.content, breadcrumb=_crumbs(plan), actions=actions, facts=_facts(line),
        extra_panels=[_sources(line)],
    )  # fmt: skip


def _facts(line: BudgetLine) -> list[Fact]:
    producer = reverse("producers:detail", args=[line.producer_id]) if line.producer_id else ""
    return [
        Fact("Tổng kinh phí", f"{show(Money(line.total))} đồng"),
        Fact("Nội dung lớn", line.content_group),
        Fact("Số lượng", _quantity(line)),
        Fact("Đơn giá", f"{show(Money(line.unit_price))} đồng" if line.unit_price is not None else ""),
        Fact("Xã, thị trấn", line.commune.full_name if line.commune else "Chung toàn đơn vị"),
        Fact("Chủ thể", line.producer or "Không của riêng chủ thể nào", producer),
        Fact("Sản phẩm", line.product_name),
        Fact("Đơn vị chủ trì", line.office),
        Fact("Thời gian thực hiện", line.quarter),
        Fact("Căn cứ, ghi chú", line.basis),
        *([Fact("Nguồn số liệu", line.source_note)] if line.source_note else []),
    ]


def _sources(line: BudgetLine) -> Panel:
    return Panel(
        "Nguồn vốn",
        columns=[
            Column(
                "Nguồn", lambda row: row.get_source_display() + (f" – {row.get_nature_display()}" if row.nature else "")
            ),
            Column("Số tiền (đồng)", lambda row: Money(row.amount), align="end"),
        ],
        rows=list(line.amounts.all()),
        empty="Chưa có số tiền của nguồn nào. Bấm Sửa để nhập.",
    )


def budget_create(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Add a line of the budget."""
    plan = plan_or_404(request, unit, year)
    require(rules.can_edit_budget, request.user, plan)
    back = plan_url("budget-list", plan)
    return form_page(
        request,
        title="Thêm dòng dự toán",
        breadcrumb=_crumbs(plan),
        form_class=BudgetLineForm,
        form_kwargs={"user": request.user, "plan": plan},
        save=lambda data, _version: _create(plan, data, by=request.user),
        success_url=lambda row: plan_url("budget-detail", plan, row.pk),
        success_message="Đã thêm dòng dự toán.",
        cancel_url=back,
        template="plans/budget_form.html",
    )


def _create(plan: Plan, data: dict[str, Any], *, by: Any) -> BudgetLine:
    values, amounts = budget_values(data)
    return services.create_budget_line(plan, values, amounts=amounts, by=by)


def budget_edit(request: HttpRequest, unit: str, year: int, pk: int) -> HttpResponse:
    """Change a line and its sources."""
    plan = plan_or_404(request, unit, year)
    line = _line_or_404(plan, pk)
    require(rules.can_edit_budget_line, request.user, line)
    back = plan_url("budget-detail", plan, pk)
    return form_page(
        request,
        title="Sửa dòng dự toán",
        breadcrumb=[*_crumbs(plan), (line.content, back)],
        form_class=BudgetLineForm,
        form_kwargs={"user": request.user, "plan": plan},
        instance=line,
        save=lambda data, version: _update(line, data, by=request.user, version=version),
        success_url=back,
        success_message="Đã lưu dòng dự toán.",
        cancel_url=back,
        template="plans/budget_form.html",
    )


def _update(line: BudgetLine, data: dict[str, Any], *, by: Any, version: int | None) -> BudgetLine:
    values, amounts = budget_values(data)
    return services.update_budget_line(line, values, amounts=amounts, by=by, version=version)


def budget_delete(request: HttpRequest, unit: str, year: int, pk: int) -> HttpResponse:
    """Delete a line after a question."""
    plan = plan_or_404(request, unit, year)
    line = _line_or_404(plan, pk)
    require(rules.can_edit_budget_line, request.user, line)
    return form_page(
        request,
        title="Xóa dòng dự toán",
        lead=f"Xóa dòng “{line.content}”, {numbers.money_in_words_unit(line.total)}, khỏi dự toán năm {plan.year}.",
        breadcrumb=_crumbs(plan),
        form_class=ConfirmForm,
        save=lambda _data, _version: services.delete_budget_line(line, by=request.user),
        submit="Xóa dòng",
        success_url=plan_url("budget-list", plan),
        success_message="Đã xóa dòng dự toán.",
        cancel_url=plan_url("budget-detail", plan, pk),
    )
