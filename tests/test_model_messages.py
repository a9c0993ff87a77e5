"""Whatever a model of ours refuses, it refuses in Vietnamese that says what to do."""

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from core.audit import services
from core.tests.messages import english_words, faults

ENGLISH = english_words()
OWN = [
    model for model in apps.get_models()
    if (settings.BASE_DIR / model._meta.app_config.name.replace(".", "/")).is_dir()
]  # fmt: skip
# Rows that only the portal writes, never a person in a form: their constraints catch our own mistakes.
WRITTEN_BY_THE_PORTAL = {
    "AuditEntry",
    "Seal",
    "Job",
    "StoredFile",
    "GeneratedDocument",
    "GeneratedFile",
    "Reach",
    "HeldText",
}


@pytest.mark.parametrize("model", OWN, ids=lambda model: model._meta.label)
def test_model_names_are_vietnamese(model):
    names = [model._meta.verbose_name, *(field.verbose_name for field in model._meta.fields if field.editable)]
    names += [field.help_text for field in model._meta.fields]
    assert [fault for name in names for fault in faults(str(name), ENGLISH | {"id"}) if not _is_key(name)] == []


def _is_key(name):
    """The primary key, shown to nobody."""
    return str(name) == "ID"


@pytest.mark.parametrize("model", OWN, ids=lambda model: model._meta.label)
def test_empty_row_is_refused_in_vietnamese(model):
    with_errors = model()
    try:
        with_errors.clean_fields()
    except ValidationError as refusal:
        for name, sentences in refusal.message_dict.items():
            assert model._meta.get_field(name).editable or model.__name__ in WRITTEN_BY_THE_PORTAL, name
            assert [fault for sentence in sentences for fault in faults(sentence, ENGLISH)] == []


@pytest.mark.parametrize("model", OWN, ids=lambda model: model._meta.label)
def test_duplicate_is_refused_in_vietnamese(model):
    unique = [(field.name,) for field in model._meta.fields if field.unique and not field.primary_key]
    for names in unique:
        sentence = model().unique_error_message(model, names).messages[0]
        assert faults(sentence, ENGLISH) == []


@pytest.mark.parametrize(
    ("model", "constraint"),
    [
        pytest.param(model, constraint, id=constraint.name)
        for model in OWN
        if model.__name__ not in WRITTEN_BY_THE_PORTAL
        for constraint in model._meta.constraints
    ],
)
def test_constraint_says_in_vietnamese_what_to_do(model, constraint):
    says_itself = constraint.violation_error_message != constraint.default_violation_error_message
    plain_unique = (
        isinstance(constraint, models.UniqueConstraint) and constraint.fields and constraint.condition is None
    )
    assert says_itself or plain_unique, "give the constraint a violation_error_message"
    if says_itself:
        assert faults(str(constraint.violation_error_message), ENGLISH) == []
    else:
        sentence = model().unique_error_message(model, constraint.fields).messages[0]
        assert faults(sentence, ENGLISH) == []


def test_deleting_a_row_in_use_is_refused_in_vietnamese(district):
    with pytest.raises(services.StillUsed) as refusal:
        services.delete(district, by=None)
    assert faults(refusal.value.sentence, ENGLISH) == []
    assert "Chưa xóa được" in refusal.value.sentence
