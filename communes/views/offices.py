"""Offices that the plan gives duties to, and their duties."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from communes import rules, services
from communes.forms import DutyForm, OfficeForm
from communes.labels import unit_name
from communes.models import Office, OfficeDuty, Unit
from core.panels import Panel
from core.permissions import require
from core.screens import Action, Column, Fact, choice, detail_page, form_page, list_page

CRUMBS = [("Cơ quan phối hợp", "/co-quan/")]


def office_list(request: HttpRequest) -> HttpResponse:
    """The offices of the person's reach in the order of the plan."""
    offices = Office.objects.visible_to(request.user).select_related("unit").order_by("unit_id", "sort_order", "pk")
    own = request.user.unit
    may = rules.can_edit_office(request.user, own)
    return list_page(
        request,
        offices,
        title="Cơ quan phối hợp",
        noun="cơ quan",
        columns=[
            Column("Tên cơ quan", "name", link=lambda row: reverse("communes:office-detail", args=[row.pk])),
            Column("Tên viết tắt", "short_name"),
            Column("Đơn vị", "unit.full_name"),
            Column("Thường trực", lambda row: "Cơ quan thường trực" if row.is_standing_agency else ""),
        ],
        search=["name_folded"],
        search_label="Tìm theo tên cơ quan",
        actions=[Action("Thêm cơ quan", reverse("communes:office-create", args=[own.pk]), "plus")] if may else [],
        empty="Chưa có cơ quan nào. Phần tổ chức thực hiện của kế hoạch in theo danh sách này.",
    )


def office_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One office with its duties."""
    office = get_object_or_404(Office.objects.visible_to(request.user).select_related("unit"), pk=pk)
    may = rules.can_edit_office(request.user, office.unit)
    edit = [Action("Sửa", reverse("communes:office-edit", args=[pk]), "pencil", primary=True)]
    return detail_page(
        request,
        office,
        title=office.name,
        breadcrumb=CRUMBS,
        actions=edit if may else [],
        facts=[
            Fact("Tên viết tắt", office.short_name),
            Fact("Tiêu đề trong kế hoạch", office.heading or "In tên cơ quan"),
            Fact("Cơ quan thường trực", office.is_standing_agency),
            Fact("Đơn vị", unit_name(office.unit), reverse("communes:unit-detail", args=[office.unit_id])),
            Fact("Từ ngày", office.valid_from or "Không ghi"),
            Fact("Đến hết ngày", office.valid_to or "Đang dùng"),
        ],
        extra_panels=[_duties(office, may=may)],
    )


def _duties(office: Office, *, may: bool) -> Panel:
    """The duties; each text is the way to change it for those who may."""
    link = (lambda row: reverse("communes:duty-edit", args=[row.pk])) if may else None
    return Panel(
        "Nhiệm vụ trong kế hoạch",
        columns=[Column("Nội dung", "text", link=link), Column("Cách in", choice("style"))],
        rows=office.duties.order_by("sort_order", "pk"),
        empty="Chưa có nhiệm vụ nào.",
        actions=[Action("Thêm", reverse("communes:duty-create", args=[office.pk]), "plus")] if may else [],
    )


def office_create(request: HttpRequest, unit_pk: int) -> HttpResponse:
    """Add an office to a unit."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=unit_pk)
    require(rules.can_edit_office, request.user, unit)
    return form_page(
        request,
        title=f"Thêm cơ quan phối hợp của {unit.full_name}",
        breadcrumb=CRUMBS,
        form_class=OfficeForm,
        form_kwargs={"user": request.user},
        save=lambda data, _version: services.create_office({**data, "unit": unit}, by=request.user),
        success_url=lambda row: reverse("communes:office-detail", args=[row.pk]),
        success_message="Đã thêm cơ quan.",
        cancel_url=reverse("communes:office-list"),
    )


def office_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an office."""
    office = get_object_or_404(Office.objects.visible_to(request.user).select_related("unit"), pk=pk)
    require(rules.can_edit_office, request.user, office.unit)
    back = reverse("communes:office-detail", args=[pk])
    return form_page(
        request,
        title="Sửa cơ quan phối hợp",
        breadcrumb=[*CRUMBS, (office.name, back)],
        form_class=OfficeForm,
        form_kwargs={"user": request.user},
        instance=office,
        save=lambda data, version: services.update_office(office, data, by=request.user, version=version),
        success_url=back,
        success_message="Đã lưu cơ quan.",
        cancel_url=back,
    )


def duty_create(request: HttpRequest, office_pk: int) -> HttpResponse:
    """Add a duty to an office."""
    office = get_object_or_404(Office.objects.visible_to(request.user).select_related("unit"), pk=office_pk)
    require(rules.can_edit_office, request.user, office.unit)
    back = reverse("communes:office-detail", args=[office_pk])
    return form_page(
        request,
        title="Thêm nhiệm vụ",
        lead=office.name,
        breadcrumb=[*CRUMBS, (office.name, back)],
        form_class=DutyForm,
        form_kwargs={"user": request.user},
        save=lambda data, _version: services.create_duty({**data, "office": office}, by=request.user),
        success_url=back,
        success_message="Đã thêm nhiệm vụ.",
        cancel_url=back,
    )


def duty_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a duty."""
    duty = get_object_or_404(OfficeDuty.objects.visible_to(request.user).select_related("office__unit"), pk=pk)
    require(rules.can_edit_office, request.user, duty.office.unit)
    back = reverse("communes:office-detail", args=[duty.office_id])
    return form_page(
        request,
        title="Sửa nhiệm vụ",
        lead=duty.office.name,
        breadcrumb=[*CRUMBS, (duty.office.name, back)],
        form_class=DutyForm,
        form_kwargs={"user": request.user},
        instance=duty,
        save=lambda data, version: services.update_duty(duty, data, by=request.user, version=version),
        success_url=back,
        success_message="Đã lưu nhiệm vụ.",
        cancel_url=back,
    )
