"""No English and no “không hợp lệ” in anything that Django can say to a person."""

import gettext
import inspect

import pytest
from django import forms
from django.contrib.auth import forms as auth_forms
from django.contrib.auth import password_validation
from django.contrib.auth import validators as auth_validators
from django.core import paginator, validators
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import fields as form_fields
from django.forms import formsets
from django.forms import models as form_models
from django.template import Context, Engine
from django.utils import timesince, translation
from django.utils.dates import MONTHS, MONTHS_ALT, MONTHS_AP, WEEKDAYS, WEEKDAYS_ABBR

from core.forms import fields as own_fields
from core.tests.messages import Anything, english_words, faults, filled
from core.tests.po import FOLDER, catalogue

ENGLISH = english_words()


def classes_of(module, base):
    found = {value for value in vars(module).values() if inspect.isclass(value) and issubclass(value, base)}
    return sorted(found, key=lambda cls: cls.__name__)


def own_messages(cls):
    """Every default message of a field class, its parents' included."""
    messages = {}
    for parent in reversed(cls.__mro__):
        messages.update(getattr(parent, "default_error_messages", {}))
    return messages


FIELD_CLASSES = [
    cls for module in (form_fields, form_models, own_fields) for cls in classes_of(module, forms.Field)
] + classes_of(models, models.Field)  # fmt: skip
FIELD_MESSAGES = [
    pytest.param(message, id=f"{cls.__module__}.{cls.__name__}.{code}")
    for cls in dict.fromkeys(FIELD_CLASSES)
    for code, message in own_messages(cls).items()
]
FORM_MESSAGES = [
    pytest.param(message, id=f"{cls.__name__}.{code}")
    for module in (auth_forms, formsets)
    for cls in classes_of(module, object)
    for code, message in {**vars(cls).get("error_messages", {}), **vars(cls).get("default_error_messages", {})}.items()
]
VALIDATOR_MESSAGES = [
    pytest.param(message, id=f"{module.__name__}.{cls.__name__}.{code}")
    for module in (validators, auth_validators)
    for cls in classes_of(module, object)
    if cls is not ValidationError
    for code, message in {"": vars(cls).get("message"), **vars(cls).get("messages", {})}.items()
    if message
]


@pytest.mark.parametrize("message", [*FIELD_MESSAGES, *FORM_MESSAGES, *VALIDATOR_MESSAGES])
def test_default_message_is_vietnamese(message):
    assert faults(filled(message), ENGLISH) == []


def test_walk_covers_the_kinds_of_messages():
    assert len(FIELD_MESSAGES) > 200
    assert {param.id for param in FORM_MESSAGES} > {"AuthenticationForm.inactive", "BaseFormSet.too_few_forms"}
    assert len(VALIDATOR_MESSAGES) > 15


def test_walk_would_notice_english():
    messages = [param.values[0] for param in (*FIELD_MESSAGES, *FORM_MESSAGES, *VALIDATOR_MESSAGES)]
    vietnamese = {filled(message) for message in messages}
    with translation.override("en"):
        unnoticed = {filled(message) for message in messages if not faults(filled(message), ENGLISH)}
    assert unnoticed <= vietnamese, "these are our own literals, the same in every language"


def error_of(call, *args, **kwargs):
    with pytest.raises(ValidationError) as refusal:
        call(*args, **kwargs)
    return refusal.value.messages


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (forms.CharField(), "", "Ô này đang để trống. Nhập hoặc chọn nội dung."),
        (forms.IntegerField(), "x", "Nhập số nguyên, ví dụ 12."),
        (forms.IntegerField(min_value=1), "0", "Nhập số từ 1 trở lên."),
        (forms.DateField(), "x", "Nhập ngày theo dạng ngày/tháng/năm, ví dụ 07/03/2022."),
        (forms.EmailField(), "x", "Địa chỉ thư chưa đúng dạng. Nhập ví dụ ten@dongthap.gov.vn."),
        (forms.CharField(max_length=2), "abc", "Nội dung có 3 ký tự, chỉ được 2. Viết ngắn lại."),
        (forms.CharField(), "a\0", "Nội dung có ký tự ẩn không lưu được. Xóa đi rồi gõ lại."),
        (forms.ChoiceField(choices=[("a", "A")]), "b", "“b” không có trong danh sách. Chọn lại trong danh sách."),
        (forms.IntegerField(step_size=5), "3", "Nhập một bội số của 5."),
        (models.PositiveIntegerField(), None, "Ô này đang để trống. Nhập hoặc chọn nội dung."),
        (
            models.CharField(max_length=5, choices=[("a", "A")]),
            "b",
            "“b” không có trong danh sách. Chọn lại trong danh sách.",
        ),
    ],
)
def test_message_says_what_happened_and_what_to_do(field, typed, sentence):
    clean = field.clean if isinstance(field, forms.Field) else lambda value: field.clean(value, None)
    assert error_of(clean, typed) == [sentence]


@pytest.mark.parametrize("password", ["123", "matkhau", "password123456", "12345678901234", "can-bo-huyen-1"])
def test_password_refusals_are_vietnamese(password):
    user = type("Person", (), {"username": "can-bo-huyen", "full_name": "", "email": "", "_meta": None})()
    user._meta = type("Meta", (), {"get_field": staticmethod(lambda _name: models.CharField("tên đăng nhập"))})()
    for sentence in error_of(password_validation.validate_password, password, user):
        assert faults(sentence, ENGLISH) == []


def test_password_advice_is_vietnamese():
    for sentence in password_validation.password_validators_help_texts():
        assert faults(sentence, ENGLISH) == []


@pytest.mark.parametrize("form_class", [auth_forms.PasswordChangeForm, auth_forms.SetPasswordForm])
def test_password_forms_have_vietnamese_labels_and_advice(form_class):
    for field in form_class(user=None).fields.values():
        assert faults(f"{field.label} {field.help_text}", ENGLISH) == []


def test_login_form_refuses_in_vietnamese(rf, db):
    form = auth_forms.AuthenticationForm(rf.post("/"), {"username": "ai-do", "password": "sai"})
    assert form.errors["__all__"] == [
        "Tên đăng nhập hoặc mật khẩu chưa đúng. Xem lại phím Caps Lock và bộ gõ tiếng Việt rồi nhập lại."
    ]


@pytest.mark.parametrize("number", ["x", 0, 99])
def test_pages_outside_a_list_are_refused_in_vietnamese(number):
    with pytest.raises(paginator.InvalidPage) as refusal:
        paginator.Paginator([1, 2, 3], 2).validate_number(number)
    assert faults(str(refusal.value), ENGLISH) == []


def test_formsets_refuse_in_vietnamese():
    class Row(forms.Form):
        name = forms.CharField()

    rows = forms.formset_factory(Row, min_num=2, validate_min=True, max_num=1, validate_max=True, can_delete=True)
    data = {"form-TOTAL_FORMS": "3", "form-INITIAL_FORMS": "0", **{f"form-{n}-name": "x" for n in range(3)}}
    texts = [
        *rows(data).non_form_errors(),
        *rows({}).non_form_errors(),
        str(rows(data).forms[0].fields["DELETE"].label),
    ]
    assert texts[0] == "Quá nhiều dòng. Giữ lại không quá 1 dòng."
    assert [fault for text in texts for fault in faults(text, ENGLISH)] == []


def test_dates_and_spans_are_vietnamese():
    names = [*MONTHS.values(), *MONTHS_ALT.values(), *MONTHS_AP.values(), *WEEKDAYS.values(), *WEEKDAYS_ABBR.values()]
    assert [fault for name in names for fault in faults(str(name), ENGLISH)] == []
    spans = [str(unit % Anything()) for unit in timesince.TIME_STRINGS.values()]
    assert spans == ["3 năm", "3 tháng", "3 tuần", "3 ngày", "3 giờ", "3 phút"]


def test_filters_of_templates_are_vietnamese():
    template = Engine().from_string("{{ yes|yesno }} {{ no|yesno }} {{ none|yesno }} {{ size|filesizeformat }}")
    shown = template.render(Context({"yes": True, "no": False, "none": None, "size": 35_000_000}))
    assert shown == "có không chưa rõ 33,4\xa0MB"


## The catalogue itself


def test_every_entry_is_vietnamese_in_the_words_of_the_house():
    bad = {entry.msgid: faults(_shown(entry.msgstr), ENGLISH) for entry in catalogue()}
    assert {msgid: found for msgid, found in bad.items() if found} == {}


def _shown(text):
    return filled(text) if "%(" in text or "{" in text else text


def test_compiled_catalogue_is_in_step_with_its_source():
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for entry in catalogue():
        context = {"context": entry.msgctxt} if entry.msgctxt else None
        if entry.msgid_plural:
            shown = compiled.ngettext(entry.msgid, entry.msgid_plural, 3)
        else:
            shown = compiled.pgettext(entry.msgctxt, entry.msgid) if context else compiled.gettext(entry.msgid)
        assert shown == entry.msgstr, "run the command in the head of django.po"
    compiled_ids = {key[0] if isinstance(key, tuple) else key for key in compiled._catalog} - {""}
    sources = {f"{entry.msgctxt}\x04{entry.msgid}" if entry.msgctxt else entry.msgid for entry in catalogue()}
    assert compiled_ids == sources
