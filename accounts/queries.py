"""Accounts as others need them."""

from django.db.models import QuerySet

from accounts.models import Role, User
from communes.models import Unit


def leaders_of(unit: Unit) -> QuerySet[User]:
    """The active leaders of a unit, by name."""
    people: QuerySet[User] = User.objects.filter(unit=unit, role=Role.LEADER, is_active=True)
    return people


def demo_users() -> QuerySet[User]:
    """The accounts that the demonstration offers, in the order in which they were made."""
    people: QuerySet[User] = User.objects.filter(is_demo=True, is_active=True).select_related("unit").order_by("pk")
    return people
