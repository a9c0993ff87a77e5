"""core.fields on the models that use them."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.db.migrations.writer import MigrationWriter

from core.fields import CollationField, FoldedField, MoneyField, TextBlockField
from core.forms.fields import CountFormField, MoneyFormField, RecordForm, YearFormField
from core.vietnamese.collation import collation_key
from plans.models import Activity, Spending
from producers.models import Producer

NAME = "Hộ kinh doanh Như Quỳnh"


def stored(instance, field_name):
    """What the column would hold after a save."""
    return instance._meta.get_field(field_name).pre_save(instance, add=True)


def test_text_line_is_kept_in_nfc_without_outer_spaces():
    producer = Producer(name=f"  {unicodedata.normalize('NFD', NAME)} ")
    assert stored(producer, "name") == NAME
    assert producer.name == NAME


def test_text_line_is_looked_up_in_nfc():
    field = Producer._meta.get_field("name")
    assert field.get_prep_value(unicodedata.normalize("NFD", NAME)) == NAME


def test_text_block_keeps_lines_with_unix_ends():
    assert TextBlockField().to_python(" một\r\nhai\rba ") == "một\nhai\nba"
    assert TextBlockField().to_python(None) is None


def test_shadows_follow_their_source():
    producer = Producer(name=NAME)
    assert stored(producer, "name_folded") == "ho kinh doanh nhu quynh"
    assert stored(producer, "name_key") == collation_key(NAME)
    producer.name = "Cơ sở Đức Lập"
    assert stored(producer, "name_folded") == "co so duc lap"


def test_shadow_of_optional_sources_may_be_empty():
    activity = Activity()
    assert stored(activity, "topic_folded") == ""
    with pytest.raises(ValidationError) as refusal:
        activity.clean_fields()
    assert "topic_folded" not in refusal.value.error_dict


def test_shadow_never_outgrows_its_column():
    producer = Producer(name="Ấ1" * 400)
    field = Producer._meta.get_field("name_key")
    assert len(stored(producer, "name_key")) == field.max_length
    field.clean(producer.name_key, producer)


@pytest.mark.parametrize("field", [FoldedField("name", "short_name"), CollationField("name", max_length=90)])
def test_shadow_survives_a_migration(field):
    _name, _path, args, kwargs = field.deconstruct()
    copy = type(field)(*args, **kwargs)
    assert (copy.sources, copy.max_length, copy.editable) == (field.sources, field.max_length, False)
    assert copy.deconstruct()[1:] == field.deconstruct()[1:]
    text, _imports = MigrationWriter.serialize(field)
    assert all(f"'{source}'" in text for source in field.sources)


def test_money_reaches_forms_as_money():
    field = MoneyField("số tiền").formfield()
    assert isinstance(field, MoneyFormField)
    assert field.clean("35 triệu") == 35_000_000
    with pytest.raises(ValidationError, match="không được âm"):
        field.clean("-1")


def test_record_forms_bring_vietnamese_fields():
    class SpendingForm(RecordForm):
        class Meta:
            model = Spending
            fields = ("year", "amount", "sort_order", "source_name")

    kinds = {name: type(field) for name, field in SpendingForm().fields.items()}
    assert (kinds["year"], kinds["amount"], kinds["sort_order"]) == (YearFormField, MoneyFormField, CountFormField)
    errors = SpendingForm({}).errors
    assert errors["amount"] == [f"Nhập {Spending._meta.get_field('amount').verbose_name}."]
