"""Passwords as people meet them: changed to another one, shown once to whom it is meant for."""

from hashlib import sha256

import pytest
from django.urls import reverse

from accounts.tests.factories import UserFactory
from core.forms import tokens
from core.models import UsedFormToken

OLD = "mot cau that dai de nho"


@pytest.fixture
def person(district):
    return UserFactory(unit=district, password=OLD, must_change_password=True)


def change(client, person, new: str):
    page = reverse("accounts:password")
    client.force_login(person)
    token = tokens.issue_for(person.pk, page=page)
    return client.post(page, {"old_password": OLD, "new_password": new, "again": new, "form_token": token})


@pytest.mark.parametrize(("new", "sentence"), [(OLD, "trùng mật khẩu đang dùng"), ("dài thật là dài " * 20, "200")])
def test_first_password_is_not_kept_and_none_is_longer_than_the_login_takes(client, person, new, sentence):
    response = change(client, person, new)

    assert sentence in response.content.decode()
    person.refresh_from_db()
    assert person.check_password(OLD)
    assert person.must_change_password


def test_changed_password_leaves_no_plain_hash_behind(client, person):
    new = "một câu khác cũng dài"
    assert change(client, person, new).status_code == 302

    content = sha256(reverse("accounts:password").encode())
    for name, value in sorted({"old_password": OLD, "new_password": new, "again": new}.items()):
        content.update(repr((name, [value])).encode())
    assert UsedFormToken.objects.get().digest != content.hexdigest()


def test_new_password_waits_for_its_own_page_and_shows_once(client, admin, person):
    client.force_login(admin)
    page = reverse("accounts:new-password", args=[person.pk])
    other = reverse("accounts:new-password", args=[UserFactory(unit=admin.unit).pk])
    assert client.post(page, {"form_token": tokens.issue_for(admin.pk, page=page)}).status_code == 302

    shown = [client.get(address).context["password"] for address in (other, page, page)]

    assert shown[0] == shown[2] == ""
    person.refresh_from_db()
    assert person.check_password(shown[1])
