"""Accounts as others need them."""

from django.db.models import QuerySet

from accounts.models import User


def demo_users() -> QuerySet[User]:
    """The accounts that the demonstration's login page offers, in the order in which they were made."""
    people: QuerySet[User] = User.objects.filter(is_demo=True, is_active=True).select_related("unit").order_by("pk")
    return people
