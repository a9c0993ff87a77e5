"""Two people edited one row: what differs, field by field, and what “keep mine” sends again.

A field that only the other person changed keeps their value, so that keeping one's own text never takes back
somebody else's correction elsewhere in the row.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.http import QueryDict

from core.audit import canonical
from core.audit.queries import timeline
from core.audit.services import VersionConflict
from core.forms.tokens import PLUMBING_FIELDS

EMPTY = "(để trống)"


@dataclass(frozen=True)
class Difference:
    """One field that differs. `is_theirs_only`: the person did not touch it, so both choices keep the current value."""

    label: str
    current: str
    typed: str
    is_theirs_only: bool


def differences(form: forms.BaseForm, clash: VersionConflict) -> list[Difference]:
    """The fields whose typed value is not the row's value now."""
    theirs_only = _only_theirs(form, clash)
    return [
        Difference(
            label=str(form[name].label),
            current=_shown(form, name, _current(clash, name)),
            typed=_shown(form, name, typed),
            is_theirs_only=name in theirs_only,
        )
        for name, typed in form.cleaned_data.items()
        if hasattr(clash.current, name) and _plain(typed) != _plain(_current(clash, name))
    ]


def fields_to_resend(posted: QueryDict, form: forms.BaseForm, clash: VersionConflict) -> list[tuple[str, str]]:
    """The person's own fields as (name, text) pairs, with the current value where only the other changed it."""
    theirs_only = _only_theirs(form, clash)
    kept = [
        (name, value)
        for name, values in posted.lists()
        if name not in PLUMBING_FIELDS and name not in theirs_only
        for value in values
    ]
    return kept + [pair for name in theirs_only for pair in _as_posted(form, name, _current(clash, name))]


def _only_theirs(form: forms.BaseForm, clash: VersionConflict) -> list[str]:
    """Fields that somebody changed since the form was opened and that were sent as they stood when it was opened."""
    base = _values_when_opened(form, clash)
    return [
        name
        for name, value in base.items()
        if name in form.cleaned_data
        and _is_single(form.fields[name])
        and canonical.safe(_plain(form.cleaned_data[name])) == value
    ]


def _values_when_opened(form: forms.BaseForm, clash: VersionConflict) -> dict[str, Any]:
    """The old values, from the log, of every field changed after the version on which the form was opened."""
    opened = clash.opened_version
    later = timeline(clash.current).filter(subject_version__gt=opened).order_by("pk")
    base: dict[str, Any] = {}
    for entry in later:
        for name, value in entry.old.items():
            base.setdefault(name, value)
    return {name: value for name, value in base.items() if name in form.fields}


def _is_single(field: forms.Field) -> bool:
    """Whether the field is sent as one value under its own name."""
    return not isinstance(field.widget, forms.MultiWidget | forms.SelectMultiple | forms.FileInput)


def _current(clash: VersionConflict, name: str) -> Any:
    return getattr(clash.current, name, None)


def _plain(value: Any) -> Any:
    """A value to compare: a related row by its key, nothing and empty text as one."""
    if isinstance(value, models.Model):
        return value.pk
    return None if value == "" else value


def _as_posted(form: forms.BaseForm, name: str, value: Any) -> list[tuple[str, str]]:
    """A value as the browser would send it from this form's own input."""
    field = form.fields[name]
    if isinstance(field, forms.BooleanField):
        return [(form.add_prefix(name), "on")] if value else []
    prepared = field.prepare_value(value.pk if isinstance(value, models.Model) else value)
    text = field.widget.format_value(prepared)
    text = text[0] if isinstance(text, list) else text
    return [(form.add_prefix(name), "" if text is None else str(text))]


def _shown(form: forms.BaseForm, name: str, value: Any) -> str:
    """A value as an official reads it."""
    if value in (None, "", []):
        return EMPTY
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, date | models.Model):
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in field.choices if not isinstance(label, list | tuple)}
        return labels.get(str(value), str(value))
    if isinstance(value, list | tuple):
        return "\n".join(str(item) for item in value)
    return str(field.widget.format_value(field.prepare_value(value)))
