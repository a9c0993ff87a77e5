"""Stars of products over time."""

from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from products.models import Product, Recognition
from products.rules import add_months

EXPIRY_MONTHS = (3, 6, 12)  # when a producer should begin to prepare for being evaluated again


def standing_recognition(product: Product, day: date) -> Recognition | None:
    """The newest recognition that holds on a day: decided, not withdrawn, not run out."""
    return Recognition.objects.filter(product=product).standing_on(day).order_by("-decided_on", "-pk").first()


def stars_on(product: Product, day: date) -> int | None:
    """The product's stars on a day; None when no recognition holds."""
    recognition = standing_recognition(product, day)
    return None if recognition is None else recognition.stars


def recognitions_before(product: Product, day: date) -> int:
    """How many recognitions were decided before a day, whatever became of them."""
    return Recognition.objects.filter(product=product, decided_on__lt=day).count()


def expiring(recognitions: QuerySet[Recognition], day: date, *, months: int) -> QuerySet[Recognition]:
    """Those by which a product has its stars on a day and which run out within `months` from it."""
    newest = Recognition.objects.filter(product=OuterRef("product")).standing_on(day).order_by("-decided_on", "-pk")
    return recognitions.filter(pk=Subquery(newest.values("pk")[:1]), expires_on__lte=add_months(day, months))
