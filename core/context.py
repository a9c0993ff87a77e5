"""What every page shows around its content: the person's unit, the menu, the set date of a demonstration."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from core import clock, navigation

# What the frame of a page reads and a page need not set; a view's own context goes before these.
FRAME: dict[str, Any] = {
    "title": "",
    "lead": "",
    "state": "",
    "breadcrumb": (),
    "actions": (),
    "is_illustrative": False,
    "has_errors": False,
}


@dataclass(frozen=True)
class Portal:
    """The frame of a page. `demo_date` is set when the programme's date is fixed; `ended_on` when the unit has ended."""

    unit: Any
    navigation: list[navigation.Item]
    today: date
    demo_date: date | None
    is_demo: bool
    ended_on: date | None


def portal(request: HttpRequest) -> dict[str, Any]:
    """Adds the frame's defaults and `portal`, which is made only when a template reads it."""
    return {**FRAME, "portal": SimpleLazyObject(lambda: _portal(request))}


def _portal(request: HttpRequest) -> Portal:
    user = getattr(request, "user", None)
    is_known = user is not None and user.is_authenticated
    unit = getattr(user, "unit", None) if is_known else None
    today = clock.today()
    last_day = getattr(unit, "valid_to", None)
    return Portal(
        unit=unit,
        navigation=navigation.items_for(user, request.path) if is_known else [],
        today=today,
        demo_date=today if clock.is_fixed() else None,
        is_demo=settings.OCOP_DEMO,
        ended_on=last_day if last_day is not None and last_day < today else None,
    )
