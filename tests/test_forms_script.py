"""What static/forms.js adds to a form in a real browser, and that nothing depends on it."""

from typing import Any

import pytest
from django.urls import reverse

from producers.models import Producer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

UNSAVED = "Nội dung vừa sửa chưa lưu"


@pytest.fixture
def producer(district: Any) -> Producer:
    from producers.tests.factories import ProducerFactory

    made: Producer = ProducerFactory(commune=district.children.first(), name="hộ kinh doanh Như Quỳnh")
    return made


def _edit(page: Any, producer: Producer) -> None:
    page.goto(reverse("producers:edit", args=[producer.pk]))


def test_leaving_a_changed_form_asks_first(open_page: Any, officer: Any, producer: Producer) -> None:
    page = open_page(officer)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    _edit(page, producer)

    page.locator("#id_name").fill("hộ kinh doanh Khác")
    assert page.get_by_text(UNSAVED).is_visible()
    page.get_by_role("link", name="Không lưu, quay lại").click()
    page.wait_for_timeout(300)

    assert asked == ["beforeunload"]
    assert page.locator("#id_name").input_value() == "hộ kinh doanh Khác"


def test_an_unchanged_form_is_left_without_a_question(open_page: Any, officer: Any, producer: Producer) -> None:
    page = open_page(officer)
    _edit(page, producer)

    page.locator("#id_name").fill("Khác")
    page.locator("#id_name").fill(producer.name)
    assert page.get_by_text(UNSAVED).count() == 0
    page.get_by_role("link", name="Không lưu, quay lại").click()
    page.wait_for_url("**" + reverse("producers:detail", args=[producer.pk]))


def test_saving_asks_nothing_and_is_sent_once(open_page: Any, officer: Any, producer: Producer) -> None:
    page = open_page(officer)
    _edit(page, producer)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)

    page.locator("#id_name").fill("hộ kinh doanh Khác")
    page.evaluate("""() => { const button = document.querySelector('main form button.btn-primary');
        button.click(); button.click(); }""")
    page.wait_for_url("**" + reverse("producers:detail", args=[producer.pk]))

    producer.refresh_from_db()
    assert (producer.name, len(sent)) == ("hộ kinh doanh Khác", 1)


def test_a_form_that_was_refused_still_holds_unsaved_text(open_page: Any, officer: Any, producer: Producer) -> None:
    page = open_page(officer)
    _edit(page, producer)

    page.locator("#id_name").fill("")
    page.locator("main form button.btn-primary").click()
    page.locator(".error-summary").wait_for()

    assert page.get_by_text(UNSAVED).is_visible()
    assert page.locator("main form button.btn-primary").get_attribute("aria-disabled") is None


def test_saving_works_without_scripts(open_page: Any, officer: Any, producer: Producer) -> None:
    page = open_page(officer, java_script_enabled=False)
    _edit(page, producer)

    page.locator("#id_name").fill("hộ kinh doanh Khác")
    page.locator("main form button.btn-primary").click()
    page.wait_for_url("**" + reverse("producers:detail", args=[producer.pk]))

    producer.refresh_from_db()
    assert producer.name == "hộ kinh doanh Khác"
