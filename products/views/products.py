"""Products: list, detail, create, edit."""

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from communes.filters import commune_filter
from communes.labels import unit_name
from core import clock
from core.permissions import require
from core.screens import Action, Column, Fact, Filter, detail_page, form_page, list_page, marked, stars
from producers.models import Producer
from products import rules, services
from products.forms import ProductForm
from products.models import Product, Recognition
from products.screens import recognitions_panel

CRUMBS = [("Sản phẩm", "/san-pham/")]
STARS = [*((str(n), f"{n} sao") for n in range(1, 6)), ("0", "Chưa có sao")]


def _with_stars(products: QuerySet[Product]) -> QuerySet[Product]:
    """Each product with the stars that hold on the working date."""
    standing = Recognition.objects.filter(product=OuterRef("pk")).standing_on(clock.today())
    return products.annotate(stars_now=Subquery(standing.order_by("-decided_on", "-pk").values("stars")[:1]))


def _by_stars(products: QuerySet[Product], chosen: str) -> QuerySet[Product]:
    return products.filter(stars_now__isnull=True) if chosen == "0" else products.filter(stars_now=int(chosen))


def product_list(request: HttpRequest) -> HttpResponse:
    """The products of the person's reach in Vietnamese order."""
    products = _with_stars(Product.objects.visible_to(request.user)).select_related("producer", "commune")
    may = rules.can_create_product(request.user)
    return list_page(
        request,
        products.order_by("name_key", "pk"),
        title="Sản phẩm",
        noun="sản phẩm",
        columns=[
            Column("Tên sản phẩm", marked("name"), link=lambda row: reverse("products:detail", args=[row.pk])),
            Column("Chủ thể", "producer.name"),
            Column("Xã, thị trấn", "commune.full_name"),
            Column("Hạng sao", lambda row: stars(row.stars_now) or "Chưa có"),
        ],
        search=["name_folded", "producer__name_folded"],
        search_label="Tìm theo tên sản phẩm, chủ thể",
        filters=[commune_filter(request.user), Filter("sao", "Hạng sao", STARS, _by_stars)],
        actions=[
            Action("Các lần công nhận", reverse("products:recognition-list")),
            *([Action("Thêm sản phẩm", reverse("products:choose-producer"), "plus", primary=True)] if may else []),
        ],
        empty="Chưa có sản phẩm nào. Thêm sản phẩm từ trang của chủ thể.",
    )


def choose_producer(request: HttpRequest) -> HttpResponse:
    """The first step of adding a product: whose is it."""
    require(rules.can_create_product, request.user)
    producers = Producer.objects.visible_to(request.user).select_related("commune").order_by("name_key", "pk")
    return list_page(
        request,
        producers,
        title="Thêm sản phẩm: chọn chủ thể",
        lead="Chọn chủ thể của sản phẩm. Chưa có trong danh sách thì thêm chủ thể trước.",
        breadcrumb=CRUMBS,
        noun="chủ thể",
        columns=[
            Column("Tên chủ thể", marked("name"), link=lambda row: reverse("products:create", args=[row.pk])),
            Column("Xã, thị trấn", "commune.full_name"),
        ],
        search=["name_folded"],
        filters=[commune_filter(request.user)],
        actions=[Action("Thêm chủ thể", reverse("producers:create"), "plus")],
    )


def product_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One product with its stars over time."""
    products = Product.objects.visible_to(request.user).select_related("producer", "commune", "group")
    product = get_object_or_404(_with_stars(products), pk=pk)
    actions = []
    if rules.can_edit_product(request.user, product):
        actions = [Action("Sửa", reverse("products:edit", args=[pk]), "pencil", primary=True)]
    return detail_page(
        request,
        product,
        title=product.name,
        breadcrumb=CRUMBS,
        actions=actions,
        facts=_facts(product),
        extra_panels=[recognitions_panel(request, product)],
    )


def _facts(product: Product) -> list[Fact]:
    made_up = " (bản thử chọn)" if product.group_is_illustrative else ""
    return [
        Fact("Hạng sao hiện có", stars(product.stars_now) or "Chưa có"),
        Fact("Chủ thể", product.producer, reverse("producers:detail", args=[product.producer_id])),
        Fact("Xã, thị trấn", unit_name(product.commune), reverse("communes:unit-detail", args=[product.commune_id])),
        Fact("Nhóm sản phẩm", f"{product.group}{made_up}" if product.group else "Chưa xếp nhóm"),
        *([Fact("Nguồn số liệu", product.source_note)] if product.source_note else []),
    ]


def product_create(request: HttpRequest, producer_pk: int) -> HttpResponse:
    """Add a product of a producer."""
    producer = get_object_or_404(Producer.objects.visible_to(request.user), pk=producer_pk)
    require(rules.can_create_product, request.user, producer)
    back = reverse("producers:detail", args=[producer_pk])
    return form_page(
        request,
        title="Thêm sản phẩm",
        lead=f"Của {producer.name}.",
        breadcrumb=[*CRUMBS, (producer.name, back)],
        form_class=ProductForm,
        form_kwargs={"user": request.user},
        save=lambda data, _version: services.create_product({**data, "producer": producer}, by=request.user),
        success_url=lambda row: reverse("products:detail", args=[row.pk]),
        success_message="Đã thêm sản phẩm.",
        cancel_url=back,
    )


def product_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a product."""
    product = get_object_or_404(Product.objects.visible_to(request.user), pk=pk)
    require(rules.can_edit_product, request.user, product)
    back = reverse("products:detail", args=[pk])
    return form_page(
        request,
        title="Sửa sản phẩm",
        breadcrumb=[*CRUMBS, (product.name, back)],
        form_class=ProductForm,
        form_kwargs={"user": request.user},
        instance=product,
        save=lambda data, version: services.update_product(product, data, by=request.user, version=version),
        success_url=back,
        success_message="Đã lưu sản phẩm.",
        cancel_url=back,
    )
