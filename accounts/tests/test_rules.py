"""Who manages accounts."""

from datetime import date

import pytest

from accounts import rules
from accounts.tests.factories import UserFactory
from communes.models import Unit

pytestmark = pytest.mark.django_db


def test_the_administrator_manages_accounts_of_the_own_reach(
    admin, officer, commune_officer, province_officer, district
):
    assert rules.can_list_users(admin)
    assert rules.can_create_user(admin)
    assert rules.can_create_user(admin, Unit.objects.get(name="Tân Phước"))
    assert rules.can_edit_user(admin, officer)
    assert rules.can_issue_password(admin, commune_officer)
    assert not rules.can_create_user(admin, district.parent)
    assert not rules.can_edit_user(admin, province_officer)


def test_own_and_demonstration_passwords_are_not_issued(admin):
    assert not rules.can_issue_password(admin, admin)
    assert not rules.can_issue_password(admin, UserFactory(demo=True, unit=admin.unit))


def test_others_manage_no_accounts(admin, officer, leader, council_member, producer_user, province_officer):
    for user in (officer, leader, council_member, producer_user, province_officer):
        assert not rules.can_list_users(user)
        assert not rules.can_create_user(user)
        assert not rules.can_edit_user(user, admin)


def test_after_the_unit_ended_accounts_are_only_listed(settings, admin, officer):
    settings.OCOP_TODAY = date(2025, 7, 1)

    assert rules.can_list_users(admin)
    assert not rules.can_create_user(admin)
    assert not rules.can_edit_user(admin, officer)
