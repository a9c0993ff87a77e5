"""Potential products of a plan: the rows of biểu 2. Communes under the plan's unit enter their own."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from communes.filters import commune_filter
from core.permissions import require
from core.screens import Action, Column, Fact, Filter, choice, detail_page, form_page, list_page, marked, stars
from plans import queries, rules, services
from plans.addresses import plan_url
from plans.forms import ConfirmForm, PotentialProductForm
from plans.models import Plan, PotentialProduct
from plans.screens import CRUMBS, crumbs, plan_or_404

ENTERING = [("co", "Dự thi"), ("chua", "Chưa đánh dấu dự thi")]


def _plan_or_404(request: HttpRequest, unit: str, year: int) -> Plan:
    plan = plan_or_404(request, unit, year, queries.plans_taking_products(request.user))
    require(rules.can_view_potential_products, request.user, plan)
    return plan


def _row_or_404(request: HttpRequest, plan: Plan, pk: int) -> PotentialProduct:
    rows = PotentialProduct.objects.visible_to(request.user).filter(plan=plan)
    row: PotentialProduct = get_object_or_404(rows.select_related("commune", "producer", "product", "group"), pk=pk)
    row.plan = plan
    return row


def _crumbs(request: HttpRequest, plan: Plan, *, below: bool = True) -> list[tuple[str, str]]:
    """The way here; a commune, which does not read the plan, comes from the list of plans."""
    way = crumbs(plan) if rules.can_view_plan(request.user, plan) else list(CRUMBS)
    return [*way, ("Sản phẩm tiềm năng", plan_url("potential-list", plan))] if below else way


def potential_list(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """The potential products that the person sees."""
    plan = _plan_or_404(request, unit, year)
    may = rules.can_add_potential_product(request.user, plan)
    rows = PotentialProduct.objects.visible_to(request.user).filter(plan=plan).select_related("commune", "producer")
    return list_page(
        request,
        rows.order_by("sort_order", "pk"),
        title=f"Sản phẩm tiềm năng năm {plan.year}",
        lead="Danh sách này in thành biểu 2 của kế hoạch.",
        breadcrumb=_crumbs(request, plan, below=False),
        noun="sản phẩm",
        columns=_columns(plan),
        search=["name_folded"],
        search_label="Tìm theo tên sản phẩm",
        filters=[commune_filter(request.user), Filter("du-thi", "Dự thi trong năm", ENTERING, _by_entering)],
        actions=[Action("Thêm sản phẩm", plan_url("potential-create", plan), "plus", primary=True)] if may else [],
        empty="Chưa có sản phẩm tiềm năng nào.",
    )


def _by_entering(rows: QuerySet[PotentialProduct], chosen: str) -> QuerySet[PotentialProduct]:
    return rows.filter(is_committed=chosen == "co")


def _columns(plan: Plan) -> list[Column]:
    return [
        Column("Tên sản phẩm", marked("name"), link=lambda row: plan_url("potential-detail", plan, row.pk)),
        Column("Chủ thể", lambda row: row.producer.name if row.producer else row.producer_name),
        Column("Xã, thị trấn", "commune.full_name"),
        Column("Hình thức", choice("case")),
        Column("Hạng sao dự kiến", lambda row: stars(row.expected_stars)),
        Column("Dự thi trong năm", lambda row: "Có" if row.is_committed else ""),
    ]


def potential_detail(request: HttpRequest, unit: str, year: int, pk: int) -> HttpResponse:
    """One potential product."""
    plan = _plan_or_404(request, unit, year)
    row = _row_or_404(request, plan, pk)
    actions = []
    if rules.can_edit_potential_product(request.user, row):
        actions = [
            Action("Xóa", plan_url("potential-delete", plan, pk), "trash"),
            Action("Sửa", plan_url("potential-edit", plan, pk), "pencil", primary=True),
        ]
    return detail_page(
        request, row, title=row.name, breadcrumb=_crumbs(request, plan), actions=actions, facts=_facts(row)
    )


def _facts(row: PotentialProduct) -> list[Fact]:
    producer = reverse("producers:detail", args=[row.producer_id]) if row.producer_id else ""
    product = reverse("products:detail", args=[row.product_id]) if row.product_id else ""
    return [
        Fact("Xã, thị trấn", row.commune.full_name),
        Fact("Chủ thể", row.producer or row.producer_name, producer),
        Fact("Hình thức", choice("case")(row)),
        *([Fact("Sản phẩm đã có", row.product, product)] if row.product else []),
        Fact("Nhóm sản phẩm", row.group.name if row.group else "Chưa xếp nhóm"),
        Fact("Hạng sao hiện có", stars(row.current_stars) or "Chưa có"),
        Fact("Hạng sao dự kiến", stars(row.expected_stars)),
        Fact("Dự thi trong năm", row.is_committed),
        Fact("Nội dung cần hỗ trợ", row.support_needed),
        Fact("Thời gian, đợt đánh giá", row.round_text),
        Fact("Ghi chú", row.note),
        *([Fact("Nguồn số liệu", row.source_note)] if row.source_note else []),
    ]


def potential_create(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Put a product forward."""
    plan = _plan_or_404(request, unit, year)
    require(rules.can_add_potential_product, request.user, plan)
    back = plan_url("potential-list", plan)
    return form_page(
        request,
        title="Thêm sản phẩm tiềm năng",
        breadcrumb=_crumbs(request, plan),
        form_class=PotentialProductForm,
        form_kwargs={"user": request.user, "plan": plan},
        save=lambda data, _version: services.create_potential_product(plan, data, by=request.user),
        success_url=back,
        success_message="Đã thêm sản phẩm tiềm năng.",
        cancel_url=back,
    )


def potential_edit(request: HttpRequest, unit: str, year: int, pk: int) -> HttpResponse:
    """Change a product that was put forward."""
    plan = _plan_or_404(request, unit, year)
    row = _row_or_404(request, plan, pk)
    require(rules.can_edit_potential_product, request.user, row)
    back = plan_url("potential-detail", plan, pk)
    return form_page(
        request,
        title="Sửa sản phẩm tiềm năng",
        breadcrumb=[*_crumbs(request, plan), (row.name, back)],
        form_class=PotentialProductForm,
        form_kwargs={"user": request.user, "plan": plan},
        instance=row,
        save=lambda data, version: services.update_potential_product(row, data, by=request.user, version=version),
        success_url=back,
        success_message="Đã lưu sản phẩm tiềm năng.",
        cancel_url=back,
    )


def potential_delete(request: HttpRequest, unit: str, year: int, pk: int) -> HttpResponse:
    """Take a product off the list after a question."""
    plan = _plan_or_404(request, unit, year)
    row = _row_or_404(request, plan, pk)
    require(rules.can_edit_potential_product, request.user, row)
    back = plan_url("potential-list", plan)
    return form_page(
        request,
        title="Xóa sản phẩm tiềm năng",
        lead=f"Xóa “{row.name}” của {row.commune.full_name} khỏi biểu 2 của kế hoạch năm {plan.year}.",
        breadcrumb=_crumbs(request, plan),
        form_class=ConfirmForm,
        save=lambda _data, _version: services.delete_potential_product(row, by=request.user),
        submit="Xóa sản phẩm",
        success_url=back,
        success_message="Đã xóa sản phẩm tiềm năng.",
        cancel_url=plan_url("potential-detail", plan, pk),
    )
