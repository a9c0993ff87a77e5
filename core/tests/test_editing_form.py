"""A form is taken once, keeps what was typed, and never overwrites what somebody else wrote."""

import re
from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import timezone

from core import navigation
from core.audit import services
from core.audit.models import AuditEntry
from core.forms import held, tokens
from core.models import HeldPost, UsedFormToken
from core.tests.readonly import no_writes
from core.tests.rows import saved_unit, saved_user

pytestmark = pytest.mark.django_db

CREATE = "/don-vi/moi/"
TYPED = {"code": "30001", "name": "Tân Hộ Cơ", "kind": "commune", "level": "commune", "valid_from": "01/01/2000"}


@pytest.fixture(autouse=True)
def _own_addresses(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ROOT_URLCONF = "core.tests.urls"
    monkeypatch.setattr(navigation, "_entries", {})


@pytest.fixture
def user() -> Any:
    return saved_user("Trần Thị Bình")


@pytest.fixture
def browser(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


def units() -> Any:
    return apps.get_model("communes", "Unit").objects


def token(user: Any, page: str = CREATE) -> str:
    return tokens.issue_for(user.pk, page=page)


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def edit_url(unit: Any) -> str:
    return f"/don-vi/{unit.pk}/sua/"


## Tokens


def test_form_carries_version_and_a_fresh_token(browser: Client) -> None:
    unit = saved_unit()

    first, second = browser.get(edit_url(unit)), browser.get(edit_url(unit))

    assert first.context["version"] == "1"
    assert first.context["form_token"] != second.context["form_token"]
    assert f'name="form_token" value="{first.context["form_token"]}"' in first.content.decode()


def test_double_submit_writes_once_and_shows_the_first_result(browser: Client, user: Any) -> None:
    sent = {**TYPED, "form_token": token(user)}

    first, second = browser.post(CREATE, sent), browser.post(CREATE, sent)

    unit = units().get(code="30001")
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"] == edit_url(unit)
    assert AuditEntry.objects.filter(action="create").count() == 1


def test_token_used_for_other_content_keeps_the_new_text(browser: Client, user: Any) -> None:
    """Back button after saving, other text, save: neither lost nor silently taken for a double click."""
    sent = {**TYPED, "form_token": token(user)}
    browser.post(CREATE, sent)

    again = browser.post(CREATE, {**sent, "code": "30002", "name": "Tân Phước"})

    assert "đã được gửi một lần. Xem lại nội dung rồi bấm nút lần nữa." in text_of(again)
    assert 'value="Tân Phước"' in text_of(again)
    assert not units().filter(code="30002").exists()
    sent_again = {**TYPED, "code": "30002", "name": "Tân Phước", "form_token": again.context["form_token"]}
    assert browser.post(CREATE, sent_again).status_code == 302


@pytest.mark.parametrize("spoilt", ["", "abc", "stranger"])
def test_token_missing_spoilt_or_of_a_stranger_writes_nothing(browser: Client, spoilt: str) -> None:
    signed = token(saved_user("Người khác")) if spoilt == "stranger" else spoilt

    response = browser.post(CREATE, {**TYPED, "form_token": signed})

    assert "Trang này mở đã lâu" in text_of(response)
    assert 'value="Tân Hộ Cơ"' in text_of(response)
    assert not units().filter(code="30001").exists()


def test_token_older_than_a_day_is_stale_and_old_ones_are_forgotten(browser: Client, user: Any) -> None:
    UsedFormToken.objects.create(nonce="old", digest="x", created_at=timezone.now() - 3 * tokens.MAX_AGE)

    browser.post(CREATE, {**TYPED, "form_token": token(user)})

    assert not UsedFormToken.objects.filter(nonce="old").exists()


def test_token_is_not_used_up_by_a_refused_form(browser: Client, user: Any) -> None:
    sent = {**TYPED, "form_token": token(user)}

    browser.post(CREATE, {**sent, "name": ""})
    browser.post(CREATE, {**sent, "name": "Quá tải"})

    assert not UsedFormToken.objects.exists()
    assert browser.post(CREATE, sent).status_code == 302


## Errors


def test_error_page_has_summary_links_title_and_typed_text(browser: Client, user: Any) -> None:
    response = browser.post(CREATE, {**TYPED, "name": "", "form_token": token(user)})

    page = text_of(response)
    assert "<title>Lỗi: Thêm đơn vị" in page
    assert "Có 1 lỗi cần sửa trước khi lưu" in page
    assert '<a href="#id_name">' in page
    assert 'value="30001"' in page
    assert page.count(response.context["errors"][0].message) == 2


def test_refusal_of_the_service_stands_on_the_form(browser: Client, user: Any) -> None:
    response = browser.post(CREATE, {**TYPED, "name": "Quá tải", "form_token": token(user)})

    assert [error.message for error in response.context["errors"]] == ["Chưa ghi được. Thử lại sau."]
    assert 'value="Quá tải"' in text_of(response)


def test_constraint_refused_by_the_service_stands_on_the_form(browser: Client, user: Any) -> None:
    unit = saved_unit()

    response = browser.post(
        edit_url(unit),
        {"name": "Tân", "sort_order": 0, "valid_to": "31/12/1999", "version": 1, "form_token": token(user)},
    )

    assert [error.message for error in response.context["errors"]] == [
        "Ngày kết thúc phải từ ngày bắt đầu trở đi. Sửa lại một trong hai ngày."
    ]


def test_success_says_so_and_goes_to_the_result(browser: Client, user: Any) -> None:
    unit = saved_unit(name="Tân Hộ")

    response = browser.post(
        edit_url(unit), {"name": "Tân Hộ Cơ", "sort_order": 0, "version": 1, "form_token": token(user)}
    )

    assert (response.status_code, response["Location"]) == (302, "/reports/")
    assert [str(message) for message in response.wsgi_request._messages] == ["Đã lưu xã Tân Hộ Cơ."]


## Two editors


@pytest.fixture
def contested() -> Any:
    """A unit that somebody else edited after the form was opened on version 1."""
    unit = saved_unit(name="Bản đầu", sort_order=1)
    services.update(unit, {"name": "Của người kia"}, by=saved_user("Lê Văn Cường"), version=1)
    return unit


def test_second_editor_sees_both_texts_and_nothing_is_overwritten(browser: Client, user: Any, contested: Any) -> None:
    response = browser.post(
        edit_url(contested), {"name": "Của tôi", "sort_order": 5, "version": 1, "form_token": token(user)}
    )

    page = text_of(response)
    assert "Mục này vừa được Lê Văn Cường sửa lúc" in page
    assert [(row.current, row.typed) for row in response.context["rows"]] == [("Của người kia", "Của tôi"), ("1", "5")]
    assert "Giữ bản của tôi" in page
    assert "Lấy bản hiện tại" in page
    contested.refresh_from_db()
    assert (contested.name, contested.sort_order) == ("Của người kia", 1)


def resent(response: Any) -> dict[str, str]:
    return {
        **dict(response.context["resent"]),
        "version": response.context["version"],
        "form_token": response.context["form_token"],
    }


def test_keeping_mine_saves_my_text_on_the_new_version(browser: Client, user: Any, contested: Any) -> None:
    response = browser.post(
        edit_url(contested), {"name": "Của tôi", "sort_order": 5, "version": 1, "form_token": token(user)}
    )

    saved = browser.post(edit_url(contested), resent(response))

    contested.refresh_from_db()
    assert saved.status_code == 302
    assert (contested.name, contested.sort_order, contested.version) == ("Của tôi", 5, 3)


def test_keeping_mine_does_not_take_back_what_i_did_not_touch(browser: Client, user: Any, contested: Any) -> None:
    response = browser.post(
        edit_url(contested), {"name": "Bản đầu", "sort_order": 5, "version": 1, "form_token": token(user)}
    )

    assert [row.is_theirs_only for row in response.context["rows"]] == [True, False]
    browser.post(edit_url(contested), resent(response))

    contested.refresh_from_db()
    assert (contested.name, contested.sort_order) == ("Của người kia", 5)


@pytest.mark.parametrize("version", ["", "abc", "-1", "99999999999", "²"])
def test_missing_or_spoilt_version_counts_as_old(browser: Client, user: Any, contested: Any, version: str) -> None:
    response = browser.post(
        edit_url(contested), {"name": "Của tôi", "sort_order": 5, "version": version, "form_token": token(user)}
    )

    assert response.templates[0].name == "core/conflict.html"


## Text typed over an expired login


def expire_and_post(client: Client, user: Any, page: str, data: dict[str, Any], **headers: str) -> Any:
    client.logout()
    return client.post(page, {**data, "form_token": token(user, page)}, headers=headers)


def test_text_of_an_expired_session_comes_back_once_to_the_same_person(client: Client, user: Any) -> None:
    response = expire_and_post(client, user, CREATE, {**TYPED, "password": "bí mật"})
    assert response["Location"] == "/accounts/dang-nhap/?next=%2Fdon-vi%2Fmoi%2F"
    assert [str(message) for message in response.wsgi_request._messages] == [
        "Phiên làm việc đã hết hạn. Đăng nhập lại, nội dung vừa nhập vẫn còn."
    ]
    assert "bí mật" not in HeldPost.objects.get().fields.encode().decode("unicode-escape")

    client.force_login(saved_user("Người khác"))
    assert "Tân Hộ Cơ" not in text_of(client.get(CREATE))

    client.force_login(user)
    page = client.get(CREATE)
    assert 'value="Tân Hộ Cơ"' in text_of(page)
    assert "đã được điền lại" in text_of(page)
    assert not page.context["has_errors"]

    assert "Tân Hộ Cơ" not in text_of(client.get(CREATE))


def test_held_text_keeps_the_version_it_was_typed_on(client: Client, user: Any, contested: Any) -> None:
    page = edit_url(contested)
    expire_and_post(client, user, page, {"name": "Của tôi", "sort_order": 5, "version": 1})

    client.force_login(user)
    shown = client.get(page)

    assert shown.context["version"] == "1"
    assert shown.context["form"]["name"].value() == "Của tôi"


def test_too_much_text_is_not_held_and_the_login_says_less(client: Client, user: Any) -> None:
    response = expire_and_post(client, user, CREATE, {"name": "x" * 1_100_000})

    assert not HeldPost.objects.exists()
    assert [str(message) for message in response.wsgi_request._messages] == [
        "Phiên làm việc đã hết hạn. Đăng nhập lại để làm tiếp."
    ]


def test_held_text_is_forgotten_after_a_working_day(client: Client, user: Any) -> None:
    expire_and_post(client, user, CREATE, TYPED)
    HeldPost.objects.update(created_at=timezone.now() - timezone.timedelta(hours=13))

    client.force_login(user)

    assert "Tân Hộ Cơ" not in text_of(client.get(CREATE))


@pytest.mark.parametrize("data", [{}, {"form_token": "giả"}])
def test_post_without_a_good_token_is_not_held(client: Client, data: dict[str, str]) -> None:
    response = client.post(CREATE, {**TYPED, **data})

    assert response.status_code == 302
    assert not HeldPost.objects.exists()


def test_script_is_sent_to_the_login_page_as_a_page(client: Client, user: Any) -> None:
    fragment = client.get(
        "/reports/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/ke-hoach/?nam=2022"}
    )
    form = expire_and_post(client, user, CREATE, TYPED, **{"HX-Request": "true"})

    assert (fragment.status_code, fragment["HX-Redirect"]) == (
        200,
        "/accounts/dang-nhap/?next=%2Fke-hoach%2F%3Fnam%3D2022",
    )
    assert (form.status_code, form["HX-Redirect"]) == (200, "/accounts/dang-nhap/?next=%2Fdon-vi%2Fmoi%2F")
    assert HeldPost.objects.exists()


def test_public_page_is_left_alone(client: Client) -> None:
    assert client.post("/accounts/dang-nhap/", {"username": "a"}).content.decode() == "đăng nhập"


def test_text_is_not_given_to_a_browser_that_only_looks_ahead(client: Client, user: Any) -> None:
    expire_and_post(client, user, CREATE, TYPED)
    client.force_login(user)

    client.get(CREATE, headers={"Sec-Purpose": "prefetch;prerender"})
    client.head(CREATE)

    assert "Tân Hộ Cơ" in text_of(client.get(CREATE))


def test_text_that_another_tab_took_first_is_not_given_twice() -> None:
    assert held._taken(HeldPost.objects.none()) is None


def test_page_that_is_only_looked_at_writes_nothing(browser: Client) -> None:
    unit = saved_unit()

    with no_writes():
        assert browser.get(edit_url(unit)).status_code == 200


## Tokens in other places


def test_tag_prints_a_hidden_field_with_a_token_of_the_person_and_the_page(rf: RequestFactory, user: Any) -> None:
    request = rf.get("/ke-hoach/", {"nam": "2022"})
    request.user = user

    field = Template("{% form_token %}").render(Context({"request": request}))

    signed = re.fullmatch(r'<input type="hidden" name="form_token" value="([^"]+)">', field)
    assert signed is not None
    made = tokens.read(signed[1])
    assert made is not None
    assert (made.user_id, made.page) == (user.pk, "/ke-hoach/?nam=2022")


def test_files_are_part_of_what_was_sent(rf: RequestFactory) -> None:
    def digest(content: bytes) -> str:
        return tokens._digest(rf.post("/tai-len/", {"tep": SimpleUploadedFile("a.pdf", content)}))

    assert digest(b"12") == digest(b"12")
    assert digest(b"12") != digest(b"123")


## Buttons


def test_button_acts_once(browser: Client, user: Any) -> None:
    unit = saved_unit()
    sent = {"form_token": token(user, edit_url(unit))}

    first, second = (browser.post(f"/don-vi/{unit.pk}/dong/", sent) for _ in range(2))

    assert first["Location"] == second["Location"] == "/reports/"
    assert AuditEntry.objects.count() == 1
    assert [str(message) for message in second.wsgi_request._messages] == ["Đã đóng."]


def test_refused_button_leads_back_to_its_page_with_the_sentence(browser: Client, user: Any) -> None:
    unit = saved_unit(sort_order=9)

    response = browser.post(f"/don-vi/{unit.pk}/dong/", {"form_token": token(user, edit_url(unit))})

    assert response["Location"] == edit_url(unit)
    assert [str(message) for message in response.wsgi_request._messages] == ["Đơn vị đã đóng. Tải lại trang."]


@pytest.mark.parametrize(
    ("referer", "expected"),
    [
        ("http://testserver/reports/toi/", "http://testserver/reports/toi/"),
        ("http://evil.example/", "/reports/"),
        ("", "/reports/"),
    ],
)
def test_button_without_a_token_leads_back_within_this_site(browser: Client, referer: str, expected: str) -> None:
    unit = saved_unit()

    response = browser.post(f"/don-vi/{unit.pk}/dong/", headers={"Referer": referer} if referer else {})

    assert response["Location"] == expected
    assert not AuditEntry.objects.exists()
