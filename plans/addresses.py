"""Addresses of plans: the unit's code and the year, `/ke-hoach/869/2022/`, readable over the telephone."""

from typing import Any

from django.urls import reverse

from plans.models import Plan


def unit_part(plan: Plan) -> str:
    """The unit in an address: its code, with its first day in the years in which a code may mean two units."""
    unit = plan.unit
    changes = {unit.valid_from.year, unit.valid_to.year if unit.valid_to else None}
    return unit.spoken_code if plan.year in changes else unit.code


def plan_url(page: str, plan: Plan, *parts: Any) -> str:
    """The address of one of a plan's pages; `parts` follow the year."""
    return reverse(f"plans:{page}", args=[unit_part(plan), plan.year, *parts])
