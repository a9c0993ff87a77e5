"""Dossiers: list, detail, enter a product, correct, record the outcome."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from communes.filters import commune_filter
from core.permissions import require
from core.screens import Action, Column, Fact, Filter, choice, detail_page, form_page, list_page, marked, way_to
from dossiers import rules, services
from dossiers.forms import DossierForm, EntryForm, OutcomeForm
from dossiers.models import Dossier
from dossiers.screens import outcome_tag
from products.models import Case, Product
from products.services import Decision

CRUMBS = [("Hồ sơ", "/ho-so/")]


def dossier_list(request: HttpRequest) -> HttpResponse:
    """The dossiers of the person's reach, newest round first."""
    dossiers = Dossier.objects.visible_to(request.user).select_related("round", "product", "producer", "commune")
    years = [str(year) for year in dossiers.order_by("-round__year").values_list("round__year", flat=True).distinct()]
    return list_page(
        request,
        dossiers.order_by("-round__year", "round__number", "pk"),
        title="Hồ sơ",
        noun="hồ sơ",
        columns=_columns(),
        search=["product__name_folded", "producer__name_folded"],
        search_label="Tìm theo tên sản phẩm, chủ thể",
        filters=[
            Filter("nam", "Năm", [(year, year) for year in years], lambda rows, year: rows.filter(round__year=year)),
            commune_filter(request.user),
            Filter("ket-qua", "Kết quả", Dossier.Outcome.choices, lambda rows, value: rows.filter(outcome=value)),
        ],
        actions=[Action("Các đợt đánh giá", reverse("dossiers:round-list"))],
        empty="Chưa có hồ sơ nào. Mở trang của sản phẩm rồi chọn Ghi dự thi.",
    )


def _columns() -> list[Column]:
    return [
        Column("Sản phẩm", marked("product.name"), link=lambda row: reverse("dossiers:detail", args=[row.pk])),
        Column("Chủ thể", "producer.name"),
        Column("Xã, thị trấn", "commune.full_name"),
        Column("Đợt", "round"),
        Column("Hình thức", choice("case")),
        Column("Kết quả", outcome_tag),
    ]


def _dossier_or_404(request: HttpRequest, pk: int) -> Dossier:
    rows = Dossier.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("round", "product", "producer", "commune", "regime", "recognition"), pk=pk
    )


def dossier_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One dossier."""
    dossier = _dossier_or_404(request, pk)
    actions = []
    if rules.can_edit_dossier(request.user, dossier):
        actions.append(Action("Sửa", reverse("dossiers:edit", args=[pk]), "pencil"))
    if rules.can_record_outcome(request.user, dossier) and dossier.outcome != Dossier.Outcome.RECOGNISED:
        actions.append(Action("Ghi kết quả", reverse("dossiers:outcome", args=[pk]), "clipboard-check", primary=True))
    return detail_page(
        request,
        dossier,
        title=f"{dossier.product} – {dossier.round}",
        state=outcome_tag(dossier),
        breadcrumb=CRUMBS,
        actions=actions,
        facts=_facts(request, dossier),
        history_labels={"record_outcome": "Ghi kết quả"},
    )


def _facts(request: HttpRequest, dossier: Dossier) -> list[Fact]:
    recognition_url = reverse("products:recognition-detail", args=[dossier.recognition_id or 0])
    round_url = reverse("dossiers:round-detail", args=[dossier.round_id])
    return [
        Fact("Sản phẩm", dossier.product, reverse("products:detail", args=[dossier.product_id])),
        Fact("Chủ thể", dossier.producer, reverse("producers:detail", args=[dossier.producer_id])),
        Fact("Xã, thị trấn", dossier.commune.full_name),
        Fact("Đợt đánh giá", dossier.round, way_to(request, dossier.round, round_url)),
        Fact("Hình thức", choice("case")(dossier)),
        Fact("Chế độ đánh giá", dossier.regime, reverse("regulations:regime-detail", args=[dossier.regime_id])),
        Fact("Ngày nộp", dossier.filed_on),
        Fact("Kết quả", choice("outcome")(dossier)),
        *([Fact("Công nhận", dossier.recognition, recognition_url)] if dossier.recognition else []),
        Fact("Ghi chú", dossier.note),
    ]


def dossier_create(request: HttpRequest, product_pk: int) -> HttpResponse:
    """Enter a product in a round."""
    product = get_object_or_404(Product.objects.visible_to(request.user).select_related("producer"), pk=product_pk)
    require(rules.can_enter_product, request.user, product)
    back = reverse("products:detail", args=[product_pk])
    return form_page(
        request,
        title="Ghi sản phẩm dự thi",
        lead=f"{product.name}, {product.producer.name}.",
        breadcrumb=[("Sản phẩm", reverse("products:list")), (product.name, back)],
        form_class=EntryForm,
        form_kwargs={"user": request.user, "product": product},
        save=lambda data, _version: services.enter_product(
            product,
            data["round"],
            case=Case(data["case"]),
            filed_on=data["filed_on"],
            note=data["note"],
            by=request.user,
        ),
        success_url=lambda row: reverse("dossiers:detail", args=[row.pk]),
        success_message="Đã ghi sản phẩm dự thi.",
        cancel_url=back,
    )


def dossier_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a dossier."""
    dossier = _dossier_or_404(request, pk)
    require(rules.can_edit_dossier, request.user, dossier)
    back = reverse("dossiers:detail", args=[pk])
    return form_page(
        request,
        title="Sửa hồ sơ",
        lead=f"{dossier.product}, {dossier.round}.",
        breadcrumb=[*CRUMBS, (str(dossier.product), back)],
        form_class=DossierForm,
        form_kwargs={"user": request.user},
        instance=dossier,
        save=lambda data, version: services.update_dossier(dossier, data, by=request.user, version=version),
        success_url=back,
        success_message="Đã lưu hồ sơ.",
        cancel_url=back,
    )


def dossier_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what became of an entry."""
    dossier = _dossier_or_404(request, pk)
    require(rules.can_record_outcome, request.user, dossier)
    back = reverse("dossiers:detail", args=[pk])
    return form_page(
        request,
        title="Ghi kết quả",
        lead=f"{dossier.product}, {dossier.round}. Được công nhận thì phần mềm ghi luôn lần công nhận của sản phẩm.",
        breadcrumb=[*CRUMBS, (str(dossier.product), back)],
        form_class=OutcomeForm,
        form_kwargs={"user": request.user},
        instance=dossier,
        save=lambda data, version: services.record_outcome(
            dossier, data["outcome"], decision=_decision(dossier, data), by=request.user, version=version
        ),
        submit="Ghi kết quả",
        success_url=back,
        success_message="Đã ghi kết quả.",
        cancel_url=back,
    )


def _decision(dossier: Dossier, data: dict[str, Any]) -> Decision | None:
    """The decision behind “được công nhận”; what was typed beside another outcome does not count."""
    if data["outcome"] != Dossier.Outcome.RECOGNISED:
        return None
    return Decision(
        stars=data["stars"],
        case=Case(dossier.case),
        document=data["decision"],
        decided_on=data["decided_on"],
        year=dossier.round.year,
    )
