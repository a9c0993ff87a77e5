"""How dossiers read, and what they put on other apps' pages."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from core.panels import Panel
from core.screens import Action, Column, choice, marked, tag
from dossiers import rules
from dossiers.models import Dossier
from products.models import Product

_TONES = {"pending": "info", "recognised": "ok", "not_recognised": "neu", "withdrawn": "neu"}


def outcome_tag(dossier: Dossier) -> SafeString:
    """The outcome as a tag; not recognised is no alarm."""
    return tag(capfirst(dossier.get_outcome_display()), _TONES[dossier.outcome])


def dossiers_of_product(request: HttpRequest, product: Product) -> Panel:
    """The panel that dossiers add to a product's page."""
    may = rules.can_enter_product(request.user, product)
    add = Action("Ghi dự thi", reverse("dossiers:create", args=[product.pk]), "plus")
    rows = Dossier.objects.visible_to(request.user).filter(product=product).select_related("round")
    return Panel(
        "Hồ sơ dự thi",
        columns=[
            Column("Đợt đánh giá", marked("round"), link=lambda row: reverse("dossiers:detail", args=[row.pk])),
            Column("Hình thức", choice("case")),
            Column("Kết quả", outcome_tag),
        ],
        rows=rows.order_by("-round__year", "-pk"),
        empty="Chưa dự thi đợt nào.",
        actions=[add] if may else [],
    )
