import re
from datetime import date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.template import Context, Engine
from django.utils import formats

from core.fields import MoneyField
from core.forms.fields import (
    CountFormField,
    DateFormField,
    DecimalFormField,
    MoneyFormField,
    YearFormField,
    vietnamese_formfield,
)

APRIL_3 = date(2022, 4, 3)
TEMPLATES = Engine(builtins=["core.templatetags.vi"])


def show(text, **names):
    return TEMPLATES.from_string(text).render(Context(names))


## Typed


@pytest.mark.parametrize("field_class", [forms.DateField, DateFormField])
@pytest.mark.parametrize("typed", ["03/04/2022", "3/4/2022", "03-04-2022", "03.04.2022", "2022-04-03"])
def test_date_fields_read_the_day_first(field_class, typed):
    assert field_class().clean(typed) == APRIL_3


def test_date_fields_read_days_that_are_no_month():
    assert DateFormField().clean(" 25 / 12 / 2022 ") == date(2022, 12, 25)
    assert DateFormField().clean(APRIL_3) == APRIL_3
    assert DateFormField(required=False).clean("") is None


@pytest.mark.parametrize("typed", ["03/04/2022 14:30", "2022-04-03T14:30"])
def test_moments_read_the_day_first(typed):
    moment = forms.DateTimeField().clean(typed)
    assert (moment.day, moment.month, moment.hour) == (3, 4, 14)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("31/02/2022", "Không có ngày 31/02/2022. Kiểm tra lại ngày và tháng"),
        ("12/25/2022", "Không có ngày 12/25/2022."),
        ("07/03/0202", "Nhập đủ bốn chữ số của năm."),
        ("7 tháng 3", "Nhập ngày theo dạng ngày/tháng/năm, ví dụ 07/03/2022."),
        ("", "Ô này đang để trống."),
    ],
)
def test_date_fields_say_what_is_wrong(typed, sentence):
    with pytest.raises(ValidationError) as refusal:
        DateFormField().clean(typed)
    assert refusal.value.messages[0].startswith(sentence) or refusal.value.messages[0].endswith(sentence)


@pytest.mark.parametrize("typed", ["1.234", "1234", " 1 234 "])
def test_whole_numbers_read_dots_as_thousands(typed):
    assert CountFormField().clean(typed) == 1234
    assert MoneyFormField().clean(typed) == 1234
    assert DecimalFormField().clean(typed) == Decimal(1234)


@pytest.mark.parametrize("field_class", [CountFormField, MoneyFormField, DecimalFormField])
def test_number_fields_ask_what_a_comma_means(field_class):
    with pytest.raises(ValidationError, match="Ô này ghi “1,234”, đọc được theo hai cách"):
        field_class().clean("1,234")


def test_count_fields_refuse_parts_and_limits():
    with pytest.raises(ValidationError, match="Nhập số nguyên"):
        CountFormField().clean("1,5")
    with pytest.raises(ValidationError, match="Nhập số từ 1 trở lên"):
        CountFormField(min_value=1).clean("0")


def test_decimal_fields_keep_their_limits():
    field = DecimalFormField(max_digits=5, decimal_places=2)
    assert field.clean("123,45") == Decimal("123.45")
    with pytest.raises(ValidationError, match="Nhập không quá 2 chữ số sau dấu phẩy"):
        field.clean("1,2345")


def test_money_fields_keep_their_limits():
    assert MoneyFormField(allow_negative=True).clean("-35 triệu") == -35_000_000
    assert MoneyFormField(required=False).clean("") is None
    with pytest.raises(ValidationError, match="không được âm"):
        MoneyFormField().clean("-1")
    with pytest.raises(ValidationError, match="quá lớn"):
        MoneyFormField().clean("1.000.001 tỷ")


@pytest.mark.parametrize("typed", ["2.022", "22", "20222", "năm nay", "0202"])
def test_year_fields_want_four_digits(typed):
    assert YearFormField().clean(" 2022 ") == 2022
    with pytest.raises(ValidationError, match="Nhập năm gồm bốn chữ số, ví dụ 2022"):
        YearFormField().clean(typed)


## Shown


def test_form_fields_show_what_they_read():
    class Sheet(forms.Form):
        day, year, number = DateFormField(), YearFormField(), CountFormField()
        share, amount = DecimalFormField(decimal_places=2), MoneyFormField()

    values = {"day": APRIL_3, "year": 2022, "number": 1234, "share": Decimal("1234.50"), "amount": 35_000_000}
    shown = {name: Sheet(initial=values)[name].value() for name in values}
    typed = {**shown, "day": "03/04/2022"}
    assert 'value="03/04/2022"' in str(Sheet(initial=values)["day"])
    assert shown == {**values, "number": "1.234", "share": "1.234,5", "amount": "35.000.000"}
    again = Sheet(typed, initial=values)
    assert again.is_valid(), again.errors
    assert again.cleaned_data == values
    assert again.changed_data == []


def test_form_fields_keep_what_was_typed_wrong():
    form = type("Sheet", (forms.Form,), {"amount": MoneyFormField()})({"amount": "1,234"})
    assert not form.is_valid()
    assert 'value="1,234"' in str(form["amount"])


def test_templates_group_thousands_and_not_years():
    assert show("{{ n }} {{ d }}", n=1234567, d=Decimal("1234.5")) == "1.234.567 1.234,5"
    assert show("{{ y|year }}{{ none|year }}", y=2022, none=None) == "2022"


def test_templates_print_dates_day_first():
    day = APRIL_3
    assert show('{{ d|date:"SHORT_DATE_FORMAT" }} · {{ d }}', d=day) == "03/04/2022 · ngày 03 tháng 04 năm 2022"
    assert formats.date_format(datetime(2022, 4, 3, 14, 30), "SHORT_DATETIME_FORMAT") == "14:30 03/04/2022"


def test_filters_print_figures():
    printed = show(
        "{{ n|count }} {{ n|count:False }} {{ m|dong }} {{ m|million }} {{ m|money }} {{ p|percent }} {{ t|fold }}",
        n=9, m=35_500_000, p=Decimal("73.08"), t="Khô cá lóc",
    )  # fmt: skip
    assert printed == "09 9 35.500.000 35,5 35,5 triệu đồng 73,08% kho ca loc"
    assert show('{{ d|short_date }} {{ d|short_date:"plain" }}', d=date(2018, 5, 7)) == "07/5/2018 7/5/2018"


@pytest.mark.parametrize("name", ["count", "dong", "million", "money", "percent", "year", "short_date"])
def test_filters_print_nothing_for_nothing(name):
    assert show(f"{{{{ none|{name} }}}}", none=None) == ""


def test_icons_are_hidden_unless_they_say_something():
    plain = show('{% icon "list" %}')
    assert 'class="ic" aria-hidden="true"' in plain
    assert 'icons.svg#i-list"' in plain
    labelled = show('{% icon "star" label=label css="text-warning" %}', label="Hạng <3> sao")
    assert 'class="ic text-warning" role="img" aria-label="Hạng &lt;3&gt; sao"' in labelled


def test_templates_use_only_icons_that_exist():
    used = {
        name
        for template in settings.BASE_DIR.glob("[a-z]*/**/*.html")
        for name in re.findall(r"""{%\s*icon\s+["']([^"']+)["']""", template.read_text(encoding="utf-8"))
    }
    drawn = set(re.findall(r'id="i-([^"]+)"', (settings.BASE_DIR / "static" / "icons.svg").read_text(encoding="utf-8")))
    assert used - drawn == set()


## Model forms


@pytest.mark.parametrize(
    ("db_field", "form_class"),
    [
        (models.DateField(), DateFormField),
        (models.DateTimeField(), forms.DateTimeField),
        (models.PositiveIntegerField(name="founded_year"), YearFormField),
        (models.PositiveSmallIntegerField(name="classes"), CountFormField),
        (models.IntegerField(name="n", choices=[(1, "một")]), forms.TypedChoiceField),
        (models.DecimalField(max_digits=5, decimal_places=2), DecimalFormField),
        (MoneyField(), MoneyFormField),
    ],
)
def test_model_fields_become_vietnamese_fields(db_field, form_class):
    if not db_field.name:
        db_field.name = "value"
    db_field.verbose_name = db_field.verbose_name or "giá trị"
    assert type(vietnamese_formfield(db_field)) is form_class
