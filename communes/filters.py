"""Filters that lists of several apps share."""

from typing import Any

from communes.models import Level, Unit
from core.screens import Filter


def commune_filter(user: Any, column: str = "commune_id") -> Filter:
    """Choose one commune of the person's reach."""
    communes = Unit.objects.visible_to(user).filter(level=Level.COMMUNE).order_by("sort_order", "name_key")
    choices = [(str(unit.pk), unit.full_name) for unit in communes.only("pk", "name", "kind")]
    return Filter("xa", "Xã, thị trấn", choices, lambda rows, value: rows.filter(**{column: value}))
