"""The base of forms that edit one row: they read text into typed values and leave the judging to the service."""

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.text import capfirst

from core.forms import fields

NOT_REQUIRED = "(không bắt buộc)"
_DASHES = "---------"
_CHOOSE = "Chọn"


class RecordForm(fields.RecordForm):
    """Fields made from a model, values read from a row, nothing written.

    The service is the only judge of uniqueness and constraints, so the row is neither filled nor checked here:
    a form that filled it would hide from the service what has changed. `user` limits the choices offered.
    """

    use_required_attribute = False
    # Fields that another answer makes necessary: they are not required, but do not say that they are optional.
    sometimes_needed: tuple[str, ...] = ()

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        self.limit_choices()
        self._keep_present_choices()
        for name, field in self.fields.items():
            _polish_choices(field)
            if name not in self.sometimes_needed:
                _tell_optional(field)
        if not self.is_bound and self.instance.pk is None:
            self._choose_the_only_one()

    def _keep_present_choices(self) -> None:
        """Offer what the row has already, also where the user could not choose it anew: saving must not empty it."""
        for name, field in self.fields.items():
            present = getattr(self.instance, f"{name}_id", None) if self.instance.pk else None
            if isinstance(field, forms.ModelChoiceField) and present is not None:
                field.queryset |= field.queryset.model._default_manager.filter(pk=present)

    def _choose_the_only_one(self) -> None:
        """A required choice of one row is made already: a commune's official never picks the own commune."""
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField) and field.required and not self.initial.get(name):
                offered = list(field.queryset[:2])
                if len(offered) == 1:
                    self.initial[name] = offered[0]

    def limit_choices(self) -> None:
        """Narrow the querysets of choice fields to what the user reaches; nothing by default."""

    def _post_clean(self) -> None:
        """Nothing: see the class."""

    def save(self, commit: bool = True) -> Model:  # noqa: FBT001, FBT002 -- Django's signature
        raise NotImplementedError("forms do not write; call a service with cleaned_data")


def _tell_optional(field: forms.Field) -> None:
    """Optional fields say so in their label; required ones carry no mark."""
    quiet = isinstance(field, forms.BooleanField) or isinstance(field.widget, forms.HiddenInput)
    if not field.required and not quiet and field.label and NOT_REQUIRED not in str(field.label):
        field.label = f"{capfirst(str(field.label))} {NOT_REQUIRED}"


def _polish_choices(field: forms.Field) -> None:
    """Choices begin with a capital, and the empty one says what to do."""
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == _DASHES:
            field.empty_label = _CHOOSE
    elif isinstance(field, forms.ChoiceField):
        field.choices = [
            (value, _CHOOSE if value in {"", None} and label == _DASHES else capfirst(label))
            for value, label in field.choices
        ]


class LinesField(forms.CharField):
    """A list of short lines, typed one per line."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(str(line) for line in value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return list(value)
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(initial) != self.to_python(data))
