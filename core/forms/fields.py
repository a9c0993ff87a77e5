"""Form fields that read numbers, money and dates as Vietnamese officials type them.

A plain `forms.IntegerField` reads "1.000" as 1; forms of records therefore use `RecordForm` (or these fields): its
model fields become the fields below by themselves, and an empty required field says which one to fill in.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import ModelFormMetaclass

from core.vietnamese import numbers
from core.vietnamese.reading import NumberNotRead, read_money, read_number

FIRST_YEAR, LAST_YEAR = 1900, 2100
DATE_EXAMPLE = "Nhập ngày theo dạng ngày/tháng/năm, ví dụ 07/03/2022."
_DATE_SHAPED = re.compile(r"\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})\s*")


def read_or_refuse(read: Callable[[str], Any], text: str) -> Any:
    """What `read` makes of the text; its refusal as the error of a form field."""
    try:
        return read(text)
    except NumberNotRead as refusal:
        raise ValidationError(refusal.sentence, code="invalid") from refusal


class MoneyFormField(forms.IntegerField):
    """Đồng, typed as 35.000.000, 35000000, "35 triệu" or "1,5 tỷ", shown with dots; not negative unless allowed."""

    widget = forms.TextInput
    default_error_messages = {
        "min_value": "Số tiền không được âm. Nhập số từ 0 trở lên.",
        "max_value": "Số tiền quá lớn. Kiểm tra lại số chữ số 0, hoặc nhập kèm đơn vị, ví dụ 1,5 tỷ.",
    }

    def __init__(self, *, allow_negative: bool = False, max_value: int | None = None, **kwargs: Any) -> None:
        kwargs.pop("min_value", None)  # a model's integer field passes the least number its column can hold
        super().__init__(**{"localize": True, **kwargs})
        self.min_value = None if allow_negative else 0
        self.max_value = min(max_value or 10**15, 10**15)

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        return value if isinstance(value, int) else int(read_or_refuse(read_money, str(value)))

    def validate(self, value: int | None) -> None:
        super().validate(value)
        if value is not None and self.min_value is not None and value < self.min_value:
            raise ValidationError(self.error_messages["min_value"], code="min_value")
        if value is not None and value > self.max_value:
            raise ValidationError(self.error_messages["max_value"], code="max_value")

    def prepare_value(self, value: Any) -> Any:
        return numbers.integer(value) if isinstance(value, int) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002 -- Django's signature
        return {"autocomplete": "off"}


class CountFormField(forms.IntegerField):
    """A whole number, typed as 1234 or 1.234, shown with dots."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"localize": True, **kwargs})

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            return value
        number = read_or_refuse(read_number, str(value))
        if number != number.to_integral_value():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(number)

    def prepare_value(self, value: Any) -> Any:
        return numbers.integer(value) if isinstance(value, int) and not isinstance(value, bool) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002 -- Django's signature
        return {"inputmode": "numeric", "autocomplete": "off"}


class YearFormField(forms.IntegerField):
    """A year of four digits, shown without a dot."""

    widget = forms.TextInput
    default_error_messages = {"invalid": "Nhập năm gồm bốn chữ số, ví dụ 2022."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "min_value": None, "max_value": None})

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        text = str(value).strip()
        if not re.fullmatch(r"[0-9]{4}", text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(text)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002 -- Django's signature
        return {"inputmode": "numeric", "maxlength": "4"}


class DecimalFormField(forms.DecimalField):
    """A number with a decimal comma, typed as 1.234,5 or 1234,5, shown the same way."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"localize": True, **kwargs})

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        return value if isinstance(value, Decimal) else Decimal(read_or_refuse(read_number, str(value)))

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal | int | float) or isinstance(value, bool):
            return value
        return numbers.decimal(value, max_places=3 if self.decimal_places is None else self.decimal_places)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002 -- Django's signature
        return {"inputmode": "decimal", "autocomplete": "off"}


class DateFormField(forms.DateField):
    """A day typed as 03/04/2022 (3 April); days that do not exist are told from words that are no date."""

    widget = forms.DateInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    default_error_messages = {"invalid": DATE_EXAMPLE}

    def to_python(self, value: Any) -> date | None:
        text = re.sub(r"\s*([/.-])\s*", r"\1", value.strip()) if isinstance(value, str) else value
        try:
            day: date | None = super().to_python(text)
        except ValidationError:
            if isinstance(value, str) and _DATE_SHAPED.fullmatch(value):
                raise ValidationError(
                    f"Không có ngày {text}. Kiểm tra lại ngày và tháng, ngày đứng trước tháng.", code="no_such_day"
                ) from None
            raise
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(
                f"Năm phải từ {FIRST_YEAR} đến {LAST_YEAR}. Nhập đủ bốn chữ số của năm.", code="year_out_of_range"
            )
        return day


def vietnamese_formfield(db_field: models.Field, **kwargs: Any) -> forms.Field | None:
    """The form field of a model field; meant for `Meta.formfield_callback`."""
    if form_class := _form_class(db_field):
        kwargs.setdefault("form_class", form_class)
    field: forms.Field | None = db_field.formfield(**kwargs)
    if field and "required" not in (kwargs.get("error_messages") or {}):
        verb = "Chọn" if isinstance(field, forms.ChoiceField | forms.FileField) else "Nhập"
        field.error_messages["required"] = f"{verb} {db_field.verbose_name}."
    return field


def _form_class(db_field: models.Field) -> type[forms.Field] | None:
    from core.fields import MoneyField  # noqa: PLC0415 -- model fields and form fields know each other

    if isinstance(db_field, MoneyField) or db_field.choices:
        return None  # money brings its own; choices are a list to choose from
    if isinstance(db_field, models.IntegerField):
        return YearFormField if db_field.name == "year" or db_field.name.endswith("_year") else CountFormField
    if isinstance(db_field, models.DecimalField):
        return DecimalFormField
    if isinstance(db_field, models.DateField) and not isinstance(db_field, models.DateTimeField):
        return DateFormField
    return None


class RecordFormMetaclass(ModelFormMetaclass):
    """Sets `formfield_callback` also where a form's Meta inherits from nothing."""

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        meta = attrs.get("Meta")
        if meta is not None and not hasattr(meta, "formfield_callback"):
            meta.formfield_callback = staticmethod(vietnamese_formfield)
        return super().__new__(mcs, name, bases, attrs)


class RecordForm(forms.ModelForm, metaclass=RecordFormMetaclass):
    """The base of every form about a row: numbers, money and dates are read and shown the Vietnamese way."""
