"""What every answer carries, and the pages of last resort."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client, RequestFactory

from core import context, navigation, views
from core.forms import tokens
from core.models import HeldPost
from core.tests.rows import saved_unit, saved_user

pytestmark = pytest.mark.django_db


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
    client.raise_request_exception = False
    return client


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def test_every_answer_carries_a_policy_without_inline_code(browser: Client) -> None:
    policies = {browser.get(path)["Content-Security-Policy"] for path in ("/reports/", "/cam/", "/mat/", "/hong/")}

    assert len(policies) == 1
    policy = policies.pop()
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/cam/", 403, "Việc này không thuộc quyền của tài khoản đang dùng. Người quản trị làm việc này."),
        ("/mat/", 404, "Không tìm thấy trang này. Kiểm tra lại địa chỉ, hoặc mở từ danh sách."),
        ("/khong-co/", 404, "Không tìm thấy trang này."),
        ("/hong/", 500, "Máy chủ gặp lỗi nên chưa xong việc này."),
        ("/tu-choi/", 409, "Kế hoạch đã ban hành. Mở bản đã ban hành để xem."),
    ],
)
def test_page_of_last_resort_is_vietnamese(browser: Client, path: str, status: int, sentence: str) -> None:
    response = browser.get(path)

    assert response.status_code == status
    assert sentence in text_of(response)
    assert "secret detail" not in text_of(response)


@pytest.mark.parametrize("path", ["/cam/", "/mat/", "/tu-choi/"])
def test_script_gets_a_fragment_not_a_page(browser: Client, path: str) -> None:
    response = browser.get(path, headers={"HX-Request": "true"})

    assert text_of(response).startswith('\n<div class="note')
    assert "<html" not in text_of(response)


def test_server_error_needs_no_database(rf: RequestFactory, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        response = views.server_error(rf.get("/"))

    assert response.status_code == 500


def test_unreadable_request_gets_a_plain_page(rf: RequestFactory) -> None:
    response = views.bad_request(rf.get("/"))

    assert response.status_code == 400
    assert "Yêu cầu gửi lên không đọc được nên chưa ghi gì." in text_of(response)


def test_refusal_outside_a_form_leads_back_with_its_sentence(browser: Client) -> None:
    response = browser.post("/tu-choi/", headers={"Referer": "http://testserver/reports/"})

    assert (response.status_code, response["Location"]) == (302, "http://testserver/reports/")
    assert [str(message) for message in response.wsgi_request._messages] == [
        "Kế hoạch đã ban hành. Mở bản đã ban hành để xem."
    ]


def test_missing_csrf_secret_refuses_and_keeps_the_text(user: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    page = "/don-vi/moi/"

    response = strict.post(page, {"name": "Tân Hộ Cơ", "form_token": tokens.issue_for(user.pk, page=page)})

    assert response.status_code == 403
    assert "nội dung vừa nhập vẫn còn" in text_of(response)
    assert f'href="{page}"' in text_of(response)
    assert 'value="Tân Hộ Cơ"' in text_of(strict.get(page))


def test_missing_csrf_secret_without_a_token_keeps_nothing(user: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)

    response = strict.post("/don-vi/moi/", {"name": "Tân Hộ Cơ"})

    assert (response.status_code, HeldPost.objects.count()) == (403, 0)
    assert "Trang chứa biểu mẫu này đã cũ nên chưa ghi gì. Mở lại trang rồi gửi lần nữa." in text_of(response)


## The frame


def portal_of(rf: RequestFactory, user: Any, path: str = "/") -> Any:
    request = rf.get(path)
    request.user = user
    return context.portal(request)["portal"]


def test_menu_shows_what_fits_the_person_and_where_one_is(rf: RequestFactory, user: Any) -> None:
    navigation.register("accounts:me", "Tôi", order=2)
    navigation.register("reports:home", "Việc cần làm", order=1)
    navigation.register("accounts:logout", "Quản trị", order=3, visible=lambda person: person.role == "admin")

    items = portal_of(rf, user, "/accounts/toi/").navigation

    assert [(item.label, item.url, item.is_current) for item in items] == [
        ("Việc cần làm", "/reports/", False),
        ("Tôi", "/accounts/toi/", True),
    ]


def test_frame_knows_the_unit_and_the_set_date(rf: RequestFactory, user: Any, settings: Any) -> None:
    settings.OCOP_TODAY = date(2022, 1, 10)
    assert portal_of(rf, user).unit == user.unit
    assert portal_of(rf, user).demo_date == date(2022, 1, 10)

    settings.OCOP_TODAY = None
    assert portal_of(rf, user).demo_date is None


def test_frame_says_that_the_unit_has_ended(rf: RequestFactory) -> None:
    ended = saved_user(unit=saved_unit(valid_to=date(2021, 6, 30)))

    assert portal_of(rf, ended).ended_on == date(2021, 6, 30)
    assert portal_of(rf, saved_user()).ended_on is None


def test_frame_of_a_stranger_is_empty(rf: RequestFactory) -> None:
    from django.contrib.auth.models import AnonymousUser

    portal = portal_of(rf, AnonymousUser())

    assert (portal.unit, portal.navigation) == (None, [])
