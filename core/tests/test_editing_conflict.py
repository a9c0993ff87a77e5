"""How two texts of one row are set side by side, for every kind of input."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.forms import modelform_factory
from django.http import QueryDict

from core.audit import services
from core.forms import conflict
from core.forms.fields import MoneyFormField
from core.tests.readonly import no_writes
from core.tests.rows import saved_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Any:
    return services.create(
        apps.get_model("communes", "Office")(unit=saved_unit(name="Tân Hồng"), name="Phòng Nông nghiệp"), by=None
    )


def clash_of(office: Any, posted: QueryDict, theirs: dict[str, Any]) -> tuple[forms.BaseForm, services.VersionConflict]:
    """The form as posted on version 1, and the conflict it ends in after somebody else's change."""
    form_class = modelform_factory(
        type(office), fields=["unit", "name", "is_standing_agency", "valid_from", "sort_order"]
    )
    form = form_class(data=posted, instance=type(office).objects.get(pk=office.pk))
    assert form.is_valid(), form.errors
    services.update(office, theirs, by=None)
    with pytest.raises(services.VersionConflict) as clash:
        services.update(office, form.cleaned_data, by=None, version=1)
    return form, clash.value


def posted(office: Any, **changes: str) -> QueryDict:
    values = {"unit": str(office.unit_id), "name": "Phòng Nông nghiệp", "valid_from": "", "sort_order": "0", **changes}
    data = QueryDict(mutable=True)
    data.update({**values, "version": "1", "form_token": "x", "csrfmiddlewaretoken": "y"})
    return data


def test_values_are_shown_as_an_official_reads_them(office: Any) -> None:
    other = saved_unit(name="Tân Phước")
    mine = posted(office, unit=str(other.pk), is_standing_agency="on", valid_from="10/01/2022", sort_order="3")

    form, clash = clash_of(office, mine, {"name": "Phòng Kinh tế"})

    assert [(row.current, row.typed) for row in conflict.differences(form, clash)] == [
        ("xã Tân Hồng", "xã Tân Phước"),
        ("Phòng Kinh tế", "Phòng Nông nghiệp"),
        ("Không", "Có"),
        ("(để trống)", "10/01/2022"),
        ("0", "3"),
    ]


def test_what_only_they_changed_is_sent_again_as_theirs(office: Any) -> None:
    other = saved_unit(name="Tân Phước")
    theirs = {"unit": other, "is_standing_agency": True, "valid_from": date(2022, 1, 10), "sort_order": 7}
    mine = posted(office, name="Phòng Kinh tế")

    form, clash = clash_of(office, mine, theirs)

    assert dict(conflict.fields_to_resend(mine, form, clash)) == {
        "name": "Phòng Kinh tế",
        "unit": str(other.pk),
        "is_standing_agency": "on",
        "valid_from": "10/01/2022",
        "sort_order": "7",
    }


def test_box_that_they_cleared_stays_cleared(office: Any) -> None:
    type(office).objects.filter(pk=office.pk).update(is_standing_agency=True)
    mine = posted(office, name="Phòng Kinh tế", is_standing_agency="on")

    form, clash = clash_of(office, mine, {"is_standing_agency": False})

    assert "is_standing_agency" not in dict(conflict.fields_to_resend(mine, form, clash))


class PriceForm(forms.Form):
    price = MoneyFormField(required=False)
    kind = forms.ChoiceField(choices=[("a", "Loại A"), ("b", "Loại B")])
    lines = forms.JSONField(required=False)


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("price", 35_000_000, "35.000.000"),
        ("price", None, "(để trống)"),
        ("kind", "b", "Loại B"),
        ("kind", "z", "z"),
        ("lines", ["ỦY BAN NHÂN DÂN", "HUYỆN TÂN HỒNG"], "ỦY BAN NHÂN DÂN\nHUYỆN TÂN HỒNG"),
    ],
)
def test_money_choices_and_lines_read_well(name: str, value: Any, shown: str) -> None:
    assert conflict._shown(PriceForm(), name, value) == shown


def test_guard_against_writing_pages_bites(office: Any) -> None:
    with pytest.raises(AssertionError, match="writes communes_office"), no_writes():
        services.update(office, {"name": "Phòng Kinh tế"}, by=None)

    with no_writes():
        assert type(office).objects.count() == 1
