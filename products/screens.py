"""What products put on other apps' pages, and how a recognition reads."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from core import clock
from core.panels import Panel
from core.screens import Action, Column, choice, marked, stars, tag
from producers.models import Producer
from products import rules
from products.models import Product, Recognition


def standing_tag(recognition: Recognition) -> SafeString:
    """Còn hiệu lực, hết hạn, đã thu hồi, as a tag."""
    today = clock.today()
    if recognition.withdrawn_on is not None and recognition.withdrawn_on <= today:
        return tag("Đã thu hồi")
    if recognition.expires_on < today:
        return tag("Hết hạn", "bad")
    return tag("Còn hiệu lực", "ok")


def recognitions_panel(request: HttpRequest, product: Product) -> Panel:
    """The product's stars over time."""
    rows = list(product.recognitions.select_related("decision").order_by("-decided_on", "-pk"))
    may = rules.can_record_recognition(request.user, product)
    add = Action("Ghi công nhận", reverse("products:recognition-create", args=[product.pk]), "plus")
    return Panel(
        "Các lần công nhận",
        columns=[
            Column(
                "Hạng",
                lambda row: stars(row.stars),
                link=lambda row: reverse("products:recognition-detail", args=[row.pk]),
            ),
            Column("Hình thức", choice("case")),
            Column("Quyết định", "decision"),
            Column("Ngày công nhận", "decided_on"),
            Column("Có giá trị đến hết ngày", "expires_on"),
            Column("Hiệu lực", standing_tag),
        ],
        rows=rows,
        empty="Chưa được công nhận lần nào.",
        actions=[add] if may else [],
    )


def products_of_producer(request: HttpRequest, producer: Producer) -> Panel:
    """The panel that products add to a producer's page."""
    may = rules.can_create_product(request.user, producer)
    add = Action("Thêm sản phẩm", reverse("products:create", args=[producer.pk]), "plus")
    products = Product.objects.visible_to(request.user).filter(producer=producer).select_related("group")
    return Panel(
        "Sản phẩm",
        columns=[
            Column("Tên sản phẩm", marked("name"), link=lambda row: reverse("products:detail", args=[row.pk])),
            Column("Nhóm", "group.name"),
        ],
        rows=products.order_by("name_key", "pk"),
        empty="Chưa có sản phẩm nào.",
        actions=[add] if may else [],
    )
