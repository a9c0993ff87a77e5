"""Administrative units: list, detail, create, edit, succession."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from communes import rules, services
from communes.forms import SuccessionForm, UnitForm
from communes.labels import now_in
from communes.models import Level, Unit, UnitSuccession
from core.panels import Panel
from core.permissions import require
from core.screens import Action, Column, Fact, Filter, choice, detail_page, form_page, list_page, way_to

CRUMBS = [("Đơn vị hành chính", "/xa/")]


def unit_list(request: HttpRequest) -> HttpResponse:
    """The units of the person's reach."""
    units = Unit.objects.visible_to(request.user).select_related("parent").order_by("sort_order", "name_key", "pk")
    may_add = rules.can_create_unit(request.user)
    return list_page(
        request,
        units,
        title="Đơn vị hành chính",
        noun="đơn vị",
        columns=[
            Column("Đơn vị", "full_name", link=lambda unit: reverse("communes:unit-detail", args=[unit.pk])),
            Column("Mã", "code"),
            Column("Cấp trên", "parent.full_name"),
            Column("Có từ ngày", "valid_from"),
            Column("Đến hết ngày", "valid_to"),
        ],
        search=["name_folded"],
        search_label="Tìm theo tên đơn vị",
        filters=[Filter("cap", "Cấp", Level.choices, lambda rows, level: rows.filter(level=level))],
        actions=[Action("Thêm đơn vị", reverse("communes:unit-create"), "plus")] if may_add else [],
    )


def unit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit with what it prints."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user).select_related("parent"), pk=pk)
    actions = []
    if rules.can_edit_unit(request.user, unit):
        actions = [
            Action("Ghi đơn vị mới", reverse("communes:unit-succession", args=[pk])),
            Action("Sửa", reverse("communes:unit-edit", args=[pk]), "pencil"),
        ]
    return detail_page(
        request,
        unit,
        title=unit.full_name[:1].upper() + unit.full_name[1:],
        lead=now_in([unit]).get(pk, "").capitalize(),
        breadcrumb=CRUMBS,
        actions=actions,
        facts=_facts(request, unit),
        extra_panels=[*_succession_panel(unit), *print_panels(request, unit)],
    )


def _facts(request: HttpRequest, unit: Unit) -> list[Fact]:
    parent_url = way_to(request, unit.parent, f"/xa/{unit.parent_id}/")
    return [
        Fact("Mã đơn vị", unit.code),
        Fact("Loại", choice("kind")(unit)),
        Fact("Cấp", choice("level")(unit)),
        Fact("Đơn vị cấp trên", unit.parent.full_name if unit.parent else "Không có", parent_url),
        Fact("Có từ ngày", unit.valid_from),
        Fact("Đến hết ngày", unit.valid_to or "Đang hoạt động"),
    ]


def _succession_panel(unit: Unit) -> list[Panel]:
    links = list(UnitSuccession.objects.filter(successor=unit).select_related("predecessor"))
    if not links:
        return []
    columns = [
        Column(
            "Đơn vị cũ",
            "predecessor.full_name",
            link=lambda row: reverse("communes:unit-detail", args=[row.predecessor_id]),
        ),
        Column("Đến hết ngày", "predecessor.valid_to"),
    ]
    return [Panel("Các đơn vị đã nhập vào", columns=columns, rows=links)]


def print_panels(request: HttpRequest, unit: Unit) -> list[Panel]:
    """Signers, offices, letterheads and recipients of a unit, each with the way to add one."""
    if unit.level == Level.COMMUNE and not unit.signers.exists():
        return []
    user = request.user
    return [
        _signers(unit, may_add=rules.can_edit_signer(user, unit)),
        _offices(unit, may_add=rules.can_edit_office(user, unit)),
        _letter_heads(unit, may_add=rules.can_edit_letter_head(user, unit)),
        _recipients(unit, may_add=rules.can_edit_recipient(user, unit)),
    ]


def _add(noun: str, unit: Unit, *, may_add: bool) -> list[Action]:
    return [Action("Thêm", reverse(f"communes:{noun}-create", args=[unit.pk]), "plus")] if may_add else []


def _page_of(noun: str) -> Callable[[Any], str]:
    return lambda row: reverse(f"communes:{noun}-detail", args=[row.pk])


def _signers(unit: Unit, *, may_add: bool) -> Panel:
    return Panel(
        "Người ký",
        columns=[Column("Họ và tên", "name", link=_page_of("signer")), Column("Chức vụ", "position")],
        rows=unit.signers.order_by("sort_order", "pk"),
        empty="Chưa có người ký. Kế hoạch cần một người ký để in.",
        actions=_add("signer", unit, may_add=may_add),
    )


def _offices(unit: Unit, *, may_add: bool) -> Panel:
    return Panel(
        "Cơ quan phối hợp",
        columns=[Column("Tên cơ quan", "name", link=_page_of("office"))],
        rows=unit.offices.order_by("sort_order", "pk"),
        empty="Chưa có cơ quan nào. Phần tổ chức thực hiện của kế hoạch in theo danh sách này.",
        actions=_add("office", unit, may_add=may_add),
    )


def _letter_heads(unit: Unit, *, may_add: bool) -> Panel:
    return Panel(
        "Thể thức văn bản",
        columns=[
            Column("Cơ quan ban hành", "issuer_name", link=_page_of("letter-head")),
            Column("Từ ngày", "valid_from"),
        ],
        rows=unit.letter_heads.order_by("pk"),
        empty="Chưa có thể thức. Kế hoạch cần tên cơ quan ban hành và địa danh để in.",
        actions=_add("letter-head", unit, may_add=may_add),
    )


def _recipients(unit: Unit, *, may_add: bool) -> Panel:
    return Panel(
        "Nơi nhận",
        columns=[Column("Nơi nhận", "text", link=_page_of("recipient"))],
        rows=unit.recipients.order_by("is_archive", "sort_order", "pk"),
        empty="Chưa có nơi nhận nào.",
        actions=_add("recipient", unit, may_add=may_add),
    )


def unit_create(request: HttpRequest) -> HttpResponse:
    """Add a unit."""
    require(rules.can_create_unit, request.user)
    return form_page(
        request,
        title="Thêm đơn vị hành chính",
        breadcrumb=CRUMBS,
        form_class=UnitForm,
        form_kwargs={"user": request.user},
        save=lambda data, _version: services.create_unit(data, by=request.user),
        success_url=lambda unit: reverse("communes:unit-detail", args=[unit.pk]),
        success_message="Đã thêm đơn vị.",
        cancel_url=reverse("communes:unit-list"),
    )


def unit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a unit."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=pk)
    require(rules.can_edit_unit, request.user, unit)
    back = reverse("communes:unit-detail", args=[pk])
    return form_page(
        request,
        title=f"Sửa {unit.full_name}",
        breadcrumb=[*CRUMBS, (unit.full_name, back)],
        form_class=UnitForm,
        form_kwargs={"user": request.user},
        instance=unit,
        save=lambda data, version: services.update_unit(unit, data, by=request.user, version=version),
        success_url=back,
        success_message="Đã lưu đơn vị.",
        cancel_url=back,
    )


def unit_succession(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the unit in which this one goes on."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=pk)
    require(rules.can_edit_unit, request.user, unit)
    back = reverse("communes:unit-detail", args=[pk])
    return form_page(
        request,
        title=f"Ghi đơn vị mới của {unit.full_name}",
        breadcrumb=[*CRUMBS, (unit.full_name, back)],
        form_class=SuccessionForm,
        form_kwargs={"user": request.user, "unit": unit},
        save=lambda data, _version: services.add_succession(unit, data["successor"], by=request.user),
        success_url=back,
        success_message="Đã ghi đơn vị mới.",
        cancel_url=back,
    )
