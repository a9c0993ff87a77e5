"""Who may change units and what they print."""

from datetime import date

import pytest

from communes import rules
from communes.models import Unit
from communes.tests.factories import UnitFactory, unit

pytestmark = pytest.mark.django_db

PRINTED = [rules.can_edit_office, rules.can_edit_recipient]
GUARDED = [rules.can_edit_unit, rules.can_edit_letter_head, rules.can_edit_signer]


@pytest.mark.parametrize("rule", GUARDED)
def test_only_the_administrator_edits_units_heads_and_signers(rule, district, admin, officer, leader, council_member):
    assert rule(admin, district)
    assert not any(rule(user, district) for user in (officer, leader, council_member))


@pytest.mark.parametrize("rule", PRINTED)
def test_administrator_and_officers_from_the_unit_up_edit_offices_and_recipients(
    rule, district, admin, officer, province_officer, commune_officer, leader, producer_user
):
    assert all(rule(user, district) for user in (admin, officer, province_officer))
    assert not any(rule(user, district) for user in (commune_officer, leader, producer_user))


def test_administrator_acts_in_the_own_reach_only(district, admin):
    elsewhere = unit(district=True)

    assert rules.can_create_unit(admin)
    assert rules.can_create_unit(admin, district)
    assert not rules.can_create_unit(admin, elsewhere)
    assert not rules.can_create_unit(admin, district.parent)


@pytest.mark.parametrize(
    ("today", "active"),
    [(date(2025, 6, 30), True), (date(2025, 7, 1), False), (date(1999, 12, 31), True)],
)
def test_a_unit_is_active_to_the_end_of_its_last_day(settings, district, today, active):
    settings.OCOP_TODAY = today

    assert rules.unit_is_active(district) is active


def test_people_of_an_ended_unit_see_but_start_nothing(settings, district, officer, admin):
    settings.OCOP_TODAY = date(2025, 7, 1)

    assert Unit.objects.visible_to(officer).count() == 3
    assert not rules.can_act(officer)
    assert not rules.can_edit_office(officer, district)
    assert not rules.can_edit_unit(admin, district)


def test_a_person_without_unit_or_locked_does_nothing(district, officer):
    officer.is_active = False
    assert not rules.can_act(officer)

    officer.is_active, officer.unit = True, None
    assert not rules.can_act(officer)
    assert not rules.reaches(officer, district.pk)


def test_open_ended_unit_is_active():
    assert rules.unit_is_active(UnitFactory.build())
    assert not rules.unit_is_active(UnitFactory.build(ended=True))
