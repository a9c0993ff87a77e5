"""Accounts: who gets which power, and passwords that are kept nowhere."""

import pytest
from django.core.exceptions import ValidationError

from accounts import services
from accounts.models import Role, User
from accounts.tests.factories import UserFactory
from communes.models import Unit
from communes.tests.factories import unit
from core.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


def values(unit_, **more):
    return {"username": "nv.an", "full_name": "Người Mới", "role": Role.OFFICER, "unit": unit_, **more}


def test_a_new_account_has_no_password_until_one_is_issued(admin, district):
    user = services.create_user(values(district), by=admin)

    assert not user.has_usable_password()
    password = services.issue_password(user, by=admin)

    user.refresh_from_db()
    assert user.check_password(password)
    assert user.must_change_password
    assert len(password) == 24


def test_no_password_and_no_hash_reaches_the_log(admin, district):
    user = services.create_user(values(district), by=admin)
    password = services.issue_password(user, by=admin)
    user.refresh_from_db()

    for entry in AuditEntry.objects.all():
        text = f"{entry.old} {entry.new} {entry.reason}"
        assert password not in text
        assert user.password not in text


def test_changing_the_own_password_ends_the_duty_to_change_it(admin, district):
    user = services.create_user(values(district), by=admin)

    services.change_password(user, "một câu thật dài dễ nhớ", by=user)

    user.refresh_from_db()
    assert user.check_password("một câu thật dài dễ nhớ")
    assert not user.must_change_password


@pytest.mark.parametrize("username", ["", "an", "Nv.An", "nv an", "nguyễn", "-nv", "a" * 61])
def test_bad_usernames_are_refused(admin, district, username):
    with pytest.raises(ValidationError, match="chữ thường không dấu"):
        services.create_user(values(district, username=username), by=admin)


def test_username_is_taken_once(admin, district):
    services.create_user(values(district), by=admin)

    with pytest.raises(ValidationError):
        services.create_user(values(district), by=admin)


def test_an_administrator_gives_accounts_in_the_own_reach_only(admin, district):
    stranger = unit(district=True)
    commune = Unit.objects.get(name="Tân Phước")

    with pytest.raises(services.AccountRefused, match="ngoài phạm vi"):
        services.create_user(values(stranger), by=admin)
    with pytest.raises(services.AccountRefused, match="ngoài phạm vi"):
        services.create_user(values(district.parent, role=Role.ADMIN), by=admin)
    user = services.create_user(values(commune), by=admin)
    with pytest.raises(services.AccountRefused, match="ngoài phạm vi"):
        services.update_user(user, {"unit": stranger}, by=admin)


def test_update_user_changes_and_locks(admin, district):
    user = services.create_user(values(district), by=admin)

    services.update_user(user, {"username": "nv.binh", "is_active": False}, by=admin, version=1)

    user.refresh_from_db()
    assert (user.username, user.is_active) == ("nv.binh", False)
    with pytest.raises(ValidationError):
        services.update_user(user, {"username": "x"}, by=admin)


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": Role.OFFICER}])
def test_nobody_locks_the_own_account_or_changes_the_own_role(admin, change):
    with pytest.raises(services.AccountRefused, match="Không tự khóa"):
        services.update_user(admin, change, by=admin)

    services.update_user(admin, {"role": Role.ADMIN, "phone": "1"}, by=admin)


def test_demonstration_accounts_never_get_a_password(admin, district):
    user = UserFactory(demo=True, unit=district)

    with pytest.raises(services.AccountRefused):
        services.issue_password(user, by=admin)
    with pytest.raises(services.AccountRefused):
        services.change_password(user, "một câu thật dài dễ nhớ", by=user)

    assert not User.objects.get(pk=user.pk).has_usable_password()


def test_an_account_without_unit_is_refused():
    with pytest.raises(ValidationError, match="Chọn đơn vị của người dùng"):
        services.create_user(values(None), by=None)


def test_random_passwords_differ():
    assert len({services.random_password() for _ in range(50)}) == 50
