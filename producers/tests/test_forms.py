"""The form of a producer offers what its user may choose, and chooses what leaves no choice."""

from datetime import date

import pytest

from accounts.models import User
from communes.models import Unit
from producers.forms import ProducerForm
from producers.tests.factories import ProducerFactory

pytestmark = pytest.mark.django_db


def test_commune_officer_finds_the_own_commune_chosen(commune_officer: User) -> None:
    form = ProducerForm(user=commune_officer)

    assert form["commune"].initial == commune_officer.unit


def test_district_officer_chooses_among_the_communes(officer: User) -> None:
    form = ProducerForm(user=officer)

    assert form["commune"].initial is None


def test_ended_commune_is_offered_only_to_what_stands_there(officer: User, commune_officer: User) -> None:
    there = ProducerFactory(commune=commune_officer.unit)
    Unit.objects.filter(pk=commune_officer.unit_id).update(valid_to=date(2021, 12, 31))

    new, existing = ProducerForm(user=officer), ProducerForm(user=officer, instance=there)

    assert commune_officer.unit not in new.fields["commune"].queryset
    assert commune_officer.unit in existing.fields["commune"].queryset
