"""Addresses of plans in templates."""

from django import template

from plans.addresses import plan_url
from plans.models import Plan

register = template.Library()


@register.filter
def plan_page(plan: Plan) -> str:
    """The address of a plan's own page."""
    return plan_url("detail", plan)
