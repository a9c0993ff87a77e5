"""Vietnamese figures and icons, present in every template (settings: builtins).

A year goes through `year`: with grouped thousands `{{ plan.year }}` prints 2.022, `{{ plan.year|year }}` prints 2022.
So does any other number that is a name rather than a quantity (a code, a primary key in text).
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.vietnamese import dates, folding, numbers

register = template.Library()


@register.filter
def count(number: int | None, pad: bool = True) -> str:  # noqa: FBT001, FBT002 -- a filter's argument has no name
    """9 -> "09"; `|count:False` -> "9"."""
    return "" if number is None else numbers.count(number, pad)


@register.filter
def dong(amount: int | None) -> str:
    """35000000 -> "35.000.000": đồng in a grid, whose head names the unit."""
    return "" if amount is None else numbers.integer(amount)


@register.filter
def money(amount: int | None) -> str:
    """35000000 -> "35 triệu đồng": đồng in a sentence."""
    return "" if amount is None else numbers.money_in_words_unit(amount)


@register.filter
def million(amount: int | None) -> str:
    """35500000 -> "35,5": triệu đồng in a grid, exact to the đồng."""
    return "" if amount is None else numbers.decimal(numbers.million(amount), max_places=6)


@register.filter
def percent(number: Decimal | float | None) -> str:
    """73.08 -> "73,08%"."""
    return "" if number is None else numbers.percent(number)


@register.filter
def year(number: int | str | None) -> str:
    """2022 -> "2022", without a dot."""
    return "" if number is None else str(number)


@register.filter
def short_date(day: date | None, style: str = dates.PADDED) -> str:
    """7 May 2018 -> "07/5/2018" (or `|short_date:"plain"`, `"long"`)."""
    return dates.short(day, style) if day else ""


@register.filter
def fold(text: Any) -> str:
    """Without marks and case, for data attributes that a search compares."""
    return folding.fold(str(text))


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """A drawing of static/icons.svg. Without a label it is decoration and hidden from screen readers."""
    meaning = format_html('role="img" aria-label="{}"', label) if label else format_html('aria-hidden="{}"', "true")
    return format_html(
        '<svg class="{}" {} focusable="false"><use href="{}#i-{}"></use></svg>',
        f"ic {css}".rstrip(), meaning, static("icons.svg"), name,
    )  # fmt: skip
