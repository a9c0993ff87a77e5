"""Hidden fields of every form that posts (builtin in all templates)."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.forms import tokens

register = template.Library()


@register.simple_tag(takes_context=True)
def form_token(context: Any) -> SafeString:
    """A hidden field with a fresh one-use token; `{% form_token as token %}` hands it to an included form."""
    return format_html(
        '<input type="hidden" name="{}" value="{}">', tokens.TOKEN_FIELD, tokens.issue(context["request"])
    )
