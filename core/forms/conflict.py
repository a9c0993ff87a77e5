"""Two people edited one row: what differs, field by field, and what “keep mine” sends again.

A field that only the other person changed keeps their value, so that keeping one's own text never takes back
somebody else's correction elsewhere in the row.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.http import QueryDict

from core.audit.queries import timeline
from core.audit.services import VersionConflict
from core.forms.tokens import PLUMBING_FIELDS

EMPTY = "(để trống)"

BlankForm = Callable[[Any], forms.BaseForm]


@dataclass(frozen=True)
class Difference:
    """One field that differs. `is_theirs_only`: the person did not touch it, so both choices keep the current value."""

    label: str
    current: str
    typed: str
    is_theirs_only: bool


def differences(form: forms.BaseForm, clash: VersionConflict, blank: BlankForm | None = None) -> list[Difference]:
    """The fields whose typed value is not the row's value now.

    `blank` gives the unbound form of a row: its initial values are what a field of no column of its own stands for
    (amounts by source, the frame of a text, a column of an annex).
    """
    now, theirs_only = _values(form, clash.current, blank), _only_theirs(form, clash, blank)
    return [
        Difference(
            label=str(form[name].label),
            current=_shown(form, name, now[name]),
            typed=_shown(form, name, typed),
            is_theirs_only=name in theirs_only,
        )
        for name, typed in form.cleaned_data.items()
        if name in now and _plain(typed) != _plain(now[name])
    ]


def fields_to_resend(
    posted: QueryDict, form: forms.BaseForm, clash: VersionConflict, blank: BlankForm | None = None
) -> list[tuple[str, str]]:
    """The person's own fields as (name, text) pairs, with the current value where only the other changed it."""
    now, theirs_only = _values(form, clash.current, blank), _only_theirs(form, clash, blank)
    kept = [
        (name, value)
        for name, values in posted.lists()
        if name not in PLUMBING_FIELDS and name not in theirs_only
        for value in values
    ]
    return kept + [pair for name in theirs_only for pair in _as_posted(form, name, now[name])]


def _values(form: forms.BaseForm, row: models.Model, blank: BlankForm | None) -> dict[str, Any]:
    """What the form's fields stand for in a row: its columns, else the initial values of its unbound form."""
    columns = {field.name for field in row._meta.concrete_fields}
    unbound = blank(row) if blank is not None else None
    values = {name: getattr(row, name) for name in form.fields if name in columns}
    for name in form.fields.keys() - columns:
        if unbound is not None and name in unbound.fields:
            values[name] = unbound[name].initial
    return values


def _only_theirs(form: forms.BaseForm, clash: VersionConflict, blank: BlankForm | None) -> list[str]:
    """Fields that somebody changed since the form was opened and that were sent as they stood when it was opened."""
    opened, now = _values_when_opened(form, clash, blank), _values(form, clash.current, blank)
    return [
        name
        for name in form.fields
        if name in opened
        and name in form.cleaned_data
        and _is_single(form.fields[name])
        and _plain(form.cleaned_data[name]) == _plain(opened[name]) != _plain(now.get(name))
    ]


def _values_when_opened(form: forms.BaseForm, clash: VersionConflict, blank: BlankForm | None) -> dict[str, Any]:
    """What the fields stood for at the version on which the form was opened, told back from the log."""
    later = timeline(clash.current).filter(subject_version__gt=clash.opened_version).order_by("pk")
    logged: dict[str, Any] = {}
    for entry in later:
        for name, value in entry.old.items():
            logged.setdefault(name, value)
    opened = copy(clash.current)
    # A related row may be gone meanwhile, so it stays the key that the log kept.
    columns = {field.name: field for field in opened._meta.concrete_fields if not field.is_relation}
    for name in logged.keys() & columns.keys():
        setattr(opened, name, columns[name].to_python(logged[name]))
    others = {name: value for name, value in logged.items() if name in form.fields and name not in columns}
    return _values(form, opened, blank) | others


def _is_single(field: forms.Field) -> bool:
    """Whether the field is sent as one value under its own name."""
    return not isinstance(field.widget, forms.MultiWidget | forms.SelectMultiple | forms.FileInput)


def _plain(value: Any) -> Any:
    """A value to compare: a related row by its key, nothing and empty text as one."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, str):
        value = value.replace("\r\n", "\n")
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
