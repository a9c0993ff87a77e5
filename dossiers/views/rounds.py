"""Evaluation rounds: list, detail, create, edit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from communes.labels import unit_name
from communes.models import Unit
from core.panels import Panel
from core.permissions import require
from core.screens import Action, Column, Fact, choice, detail_page, form_page, list_page, marked
from dossiers import rules, services
from dossiers.forms import RoundForm
from dossiers.models import Dossier, Round
from dossiers.screens import outcome_tag

CRUMBS = [("Đợt đánh giá", "/dot-danh-gia/")]


def round_list(request: HttpRequest) -> HttpResponse:
    """The rounds of the person's reach, newest first."""
    rounds = Round.objects.visible_to(request.user).select_related("unit", "regime").order_by("-year", "number", "pk")
    own = request.user.unit
    may = rules.can_create_round(request.user, own)
    return list_page(
        request,
        rounds,
        title="Đợt đánh giá",
        noun="đợt",
        columns=[
            Column("Đợt", str, link=lambda row: reverse("dossiers:round-detail", args=[row.pk])),
            Column("Năm", "year"),
            Column("Đơn vị", "unit.full_name"),
            Column("Chế độ", "regime.name"),
            Column("Nhận hồ sơ từ ngày", "opens_on"),
            Column("Đến hết ngày", "closes_on"),
        ],
        actions=[Action("Mở đợt đánh giá", reverse("dossiers:round-create", args=[own.pk]), "plus", primary=True)]
        if may
        else [],
        empty="Chưa có đợt đánh giá nào. Mở đợt rồi ghi sản phẩm dự thi.",
    )


def round_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One round with its entries."""
    rounds = Round.objects.visible_to(request.user).select_related("unit", "regime")
    found = get_object_or_404(rounds, pk=pk)
    actions = []
    if rules.can_edit_round(request.user, found):
        actions = [Action("Sửa", reverse("dossiers:round-edit", args=[pk]), "pencil", primary=True)]
    return detail_page(
        request,
        found,
        title=str(found),
        breadcrumb=CRUMBS,
        actions=actions,
        facts=[
            Fact("Năm", found.year),
            Fact("Đơn vị", unit_name(found.unit), reverse("communes:unit-detail", args=[found.unit_id])),
            Fact("Chế độ đánh giá", found.regime, reverse("regulations:regime-detail", args=[found.regime_id])),
            Fact("Nhận hồ sơ từ ngày", found.opens_on),
            Fact("Đến hết ngày", found.closes_on),
        ],
        extra_panels=[_entries(request, found)],
    )


def _entries(request: HttpRequest, found: Round) -> Panel:
    rows = Dossier.objects.visible_to(request.user).filter(round=found).select_related("product", "producer", "commune")
    return Panel(
        "Sản phẩm dự thi",
        columns=[
            Column("Sản phẩm", marked("product.name"), link=lambda row: reverse("dossiers:detail", args=[row.pk])),
            Column("Chủ thể", "producer.name"),
            Column("Xã, thị trấn", "commune.full_name"),
            Column("Hình thức", choice("case")),
            Column("Kết quả", outcome_tag),
        ],
        rows=rows.order_by("pk"),
        empty="Chưa có sản phẩm dự thi. Mở trang của sản phẩm rồi chọn Ghi dự thi.",
    )


def round_create(request: HttpRequest, unit_pk: int) -> HttpResponse:
    """Open a round of a unit."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=unit_pk)
    require(rules.can_create_round, request.user, unit)
    return form_page(
        request,
        title="Mở đợt đánh giá",
        lead=f"Của {unit.full_name}.",
        breadcrumb=CRUMBS,
        form_class=RoundForm,
        form_kwargs={"user": request.user},
        save=lambda data, _version: services.create_round({**data, "unit": unit}, by=request.user),
        success_url=lambda row: reverse("dossiers:round-detail", args=[row.pk]),
        success_message="Đã mở đợt đánh giá.",
        cancel_url=reverse("dossiers:round-list"),
    )


def round_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a round."""
    found = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    require(rules.can_edit_round, request.user, found)
    back = reverse("dossiers:round-detail", args=[pk])
    return form_page(
        request,
        title="Sửa đợt đánh giá",
        breadcrumb=[*CRUMBS, (str(found), back)],
        form_class=RoundForm,
        form_kwargs={"user": request.user},
        instance=found,
        save=lambda data, version: services.update_round(found, data, by=request.user, version=version),
        success_url=back,
        success_message="Đã lưu đợt đánh giá.",
        cancel_url=back,
    )
