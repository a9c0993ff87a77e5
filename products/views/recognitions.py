"""Recognitions: list, detail, record, correct, withdraw."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from communes.filters import commune_filter
from core import clock
from core.permissions import require
from core.screens import Action, Column, Fact, Filter, choice, detail_page, form_page, list_page, marked, stars, way_to
from products import queries, rules, services
from products.forms import RecognitionEditForm, RecognitionForm, WithdrawForm
from products.models import Case, Product, Recognition
from products.screens import standing_tag
from products.services import Decision

CRUMBS = [("Công nhận", "/cong-nhan/")]
EXPIRING = [(str(months), f"Trong {months} tháng tới") for months in queries.EXPIRY_MONTHS]


def recognition_list(request: HttpRequest) -> HttpResponse:
    """The recognitions of the person's reach, newest first."""
    recognitions = Recognition.objects.visible_to(request.user).select_related(
        "product__producer", "commune", "decision"
    )
    years = [str(year) for year in recognitions.order_by("-year").values_list("year", flat=True).distinct()]
    return list_page(
        request,
        recognitions.order_by("-decided_on", "pk"),
        title="Công nhận",
        noun="lần công nhận",
        columns=_columns(),
        search=["product__name_folded", "product__producer__name_folded"],
        search_label="Tìm theo tên sản phẩm, chủ thể",
        filters=[
            commune_filter(request.user),
            Filter("het-han", "Sắp hết hạn", EXPIRING, _expiring),
            Filter("nam", "Năm đánh giá", [(year, year) for year in years], lambda rows, year: rows.filter(year=year)),
        ],
        empty="Chưa có lần công nhận nào. Ghi công nhận từ trang của sản phẩm.",
    )


def _expiring(rows: QuerySet[Recognition], months: str) -> QuerySet[Recognition]:
    return queries.expiring(rows, clock.today(), months=int(months))


def _columns() -> list[Column]:
    return [
        Column(
            "Sản phẩm", marked("product.name"), link=lambda row: reverse("products:recognition-detail", args=[row.pk])
        ),
        Column("Hạng sao", lambda row: stars(row.stars)),
        Column("Chủ thể", "product.producer.name"),
        Column("Xã, thị trấn", "commune.full_name"),
        Column("Ngày công nhận", "decided_on"),
        Column("Hiệu lực", standing_tag),
    ]


def recognition_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One recognition."""
    recognition = _recognition_or_404(request, pk)
    may_edit = rules.can_edit_recognition(request.user, recognition)
    may_withdraw = rules.can_withdraw_recognition(request.user, recognition)
    edit = Action("Sửa", reverse("products:recognition-edit", args=[pk]), "pencil", primary=True)
    withdraw = Action("Ghi thu hồi", reverse("products:recognition-withdraw", args=[pk]))
    return detail_page(
        request,
        recognition,
        title=str(recognition),
        state=standing_tag(recognition),
        breadcrumb=CRUMBS,
        actions=[*([withdraw] if may_withdraw else []), *([edit] if may_edit else [])],
        facts=_facts(request, recognition),
        history_labels={"withdraw": "Ghi thu hồi"},
    )


def _recognition_or_404(request: HttpRequest, pk: int) -> Recognition:
    rows = Recognition.objects.visible_to(request.user).select_related("product", "commune", "decision")
    return get_object_or_404(rows, pk=pk)


def _facts(request: HttpRequest, recognition: Recognition) -> list[Fact]:
    decision_url = reverse("regulations:document-detail", args=[recognition.decision_id])
    withdrawn = [
        Fact("Ngày thu hồi", recognition.withdrawn_on),
        Fact("Lý do thu hồi", recognition.withdrawal_reason),
    ]
    return [
        Fact("Sản phẩm", recognition.product, reverse("products:detail", args=[recognition.product_id])),
        Fact("Hạng sao", stars(recognition.stars)),
        Fact("Hình thức", choice("case")(recognition)),
        Fact("Cấp công nhận", choice("level")(recognition)),
        Fact("Quyết định", recognition.decision, way_to(request, recognition.decision, decision_url)),
        Fact("Ngày công nhận", recognition.decided_on),
        Fact("Có giá trị đến hết ngày", recognition.expires_on),
        Fact("Năm đánh giá", recognition.year),
        Fact("Xã, thị trấn", recognition.commune.full_name),
        *(withdrawn if recognition.withdrawn_on else []),
        *([Fact("Nguồn số liệu", recognition.source_note)] if recognition.source_note else []),
    ]


def recognition_create(request: HttpRequest, product_pk: int) -> HttpResponse:
    """Record that a product got its stars."""
    product = get_object_or_404(Product.objects.visible_to(request.user), pk=product_pk)
    require(rules.can_record_recognition, request.user, product)
    back = reverse("products:detail", args=[product_pk])
    return form_page(
        request,
        title="Ghi công nhận",
        lead=f"Sản phẩm {product.name}. Cấp công nhận và ngày hết hạn tính theo chế độ của ngày công nhận.",
        breadcrumb=[("Sản phẩm", reverse("products:list")), (product.name, back)],
        form_class=RecognitionForm,
        form_kwargs={"user": request.user},
        save=lambda data, _version: services.record_recognition(product, _decision(data), by=request.user),
        success_url=back,
        success_message="Đã ghi công nhận.",
        cancel_url=back,
    )


def _decision(data: dict[str, Any]) -> Decision:
    return Decision(
        stars=data["stars"],
        case=Case(data["case"]),
        document=data["decision"],
        decided_on=data["decided_on"],
        year=data["year"],
    )


def recognition_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a recognition."""
    recognition = _recognition_or_404(request, pk)
    require(rules.can_edit_recognition, request.user, recognition)
    back = reverse("products:recognition-detail", args=[pk])
    return form_page(
        request,
        title="Sửa công nhận",
        lead=f"Sản phẩm {recognition.product.name}.",
        breadcrumb=[*CRUMBS, (str(recognition), back)],
        form_class=RecognitionEditForm,
        form_kwargs={"user": request.user},
        instance=recognition,
        save=lambda data, version: services.update_recognition(recognition, data, by=request.user, version=version),
        success_url=back,
        success_message="Đã lưu công nhận.",
        cancel_url=back,
    )


def recognition_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a withdrawal."""
    recognition = _recognition_or_404(request, pk)
    require(rules.can_withdraw_recognition, request.user, recognition)
    back = reverse("products:recognition-detail", args=[pk])
    return form_page(
        request,
        title="Ghi thu hồi công nhận",
        lead=f"{recognition} theo {recognition.decision}. Từ ngày thu hồi, sản phẩm không còn được tính là đạt sao.",
        breadcrumb=[*CRUMBS, (str(recognition), back)],
        form_class=WithdrawForm,
        instance=recognition,
        save=lambda data, version: services.withdraw_recognition(recognition, by=request.user, version=version, **data),
        submit="Ghi thu hồi",
        success_url=back,
        success_message="Đã ghi thu hồi.",
        cancel_url=back,
    )
