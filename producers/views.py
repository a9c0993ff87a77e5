"""Producers: list, detail, create, edit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from communes.filters import commune_filter
from communes.labels import unit_name
from core.permissions import require
from core.screens import Action, Column, Fact, Filter, choice, detail_page, form_page, list_page, marked
from producers import rules, services
from producers.forms import NewProducerForm, ProducerForm
from producers.models import Producer

CRUMBS = [("Chủ thể", "/chu-the/")]


def producer_list(request: HttpRequest) -> HttpResponse:
    """The producers of the person's reach in Vietnamese order."""
    producers = Producer.objects.visible_to(request.user).select_related("commune").order_by("name_key", "pk")
    may = rules.can_create_producer(request.user)
    return list_page(
        request,
        producers,
        title="Chủ thể",
        noun="chủ thể",
        columns=[
            Column("Tên chủ thể", marked("name"), link=lambda row: reverse("producers:detail", args=[row.pk])),
            Column("Loại hình", choice("kind")),
            Column("Xã, thị trấn", "commune.full_name"),
            Column("Người đại diện", "representative"),
            Column("Mã số thuế", "tax_number"),
        ],
        search=["name_folded", "tax_number"],
        search_label="Tìm theo tên, mã số thuế",
        filters=[
            commune_filter(request.user),
            Filter("loai", "Loại hình", Producer.Kind.choices, lambda rows, kind: rows.filter(kind=kind)),
        ],
        actions=[Action("Thêm chủ thể", reverse("producers:create"), "plus", primary=True)] if may else [],
        empty="Chưa có chủ thể nào. Thêm chủ thể trước, rồi thêm sản phẩm của chủ thể.",
    )


def producer_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One producer; apps above add products and dossiers."""
    producer = get_object_or_404(Producer.objects.visible_to(request.user).select_related("commune"), pk=pk)
    actions = []
    if rules.can_edit_producer(request.user, producer):
        actions = [Action("Sửa", reverse("producers:edit", args=[pk]), "pencil", primary=True)]
    return detail_page(
        request, producer, title=producer.name, breadcrumb=CRUMBS, actions=actions, facts=_facts(producer)
    )


def _facts(producer: Producer) -> list[Fact]:
    return [
        Fact("Loại hình", choice("kind")(producer)),
        Fact("Xã, thị trấn", unit_name(producer.commune), reverse("communes:unit-detail", args=[producer.commune_id])),
        Fact("Mã số thuế", producer.tax_number),
        Fact("Người đại diện", producer.representative),
        Fact("Đại diện là nữ", producer.is_women_led),
        Fact("Đại diện là người dân tộc thiểu số", producer.is_minority_led),
        Fact("Điện thoại", producer.phone),
        Fact("Địa chỉ", producer.address),
        *([Fact("Nguồn số liệu", producer.source_note)] if producer.source_note else []),
    ]


def producer_create(request: HttpRequest) -> HttpResponse:
    """Add a producer; near names are shown first."""
    require(rules.can_create_producer, request.user)
    return form_page(
        request,
        title="Thêm chủ thể",
        breadcrumb=CRUMBS,
        form_class=NewProducerForm,
        form_kwargs={"user": request.user},
        save=lambda data, _version: services.create_producer(data, by=request.user),
        success_url=lambda row: reverse("producers:detail", args=[row.pk]),
        success_message="Đã thêm chủ thể. Bước tiếp theo: thêm sản phẩm của chủ thể.",
        cancel_url=reverse("producers:list"),
    )


def producer_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a producer."""
    producer = get_object_or_404(Producer.objects.visible_to(request.user), pk=pk)
    require(rules.can_edit_producer, request.user, producer)
    back = reverse("producers:detail", args=[pk])
    return form_page(
        request,
        title="Sửa chủ thể",
        breadcrumb=[*CRUMBS, (producer.name, back)],
        form_class=ProducerForm,
        form_kwargs={"user": request.user},
        instance=producer,
        save=lambda data, version: services.update_producer(producer, data, by=request.user, version=version),
        success_url=back,
        success_message="Đã lưu chủ thể.",
        cancel_url=back,
    )
