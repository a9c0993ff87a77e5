"""Many at once: one token writes one row, one log gets one chain. Real commits, real threads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, connections
from django.test import Client

from core import navigation
from core.audit import queries, services, triggers
from core.audit.models import AuditEntry, Seal
from core.forms import tokens
from core.tests.rows import saved_unit, saved_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _real_database(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("threads that commit need PostgreSQL")
    settings.ROOT_URLCONF = "core.tests.urls"
    monkeypatch.setattr(navigation, "_entries", {})


def at_once(count: int, do: Callable[[int], Any]) -> list[Any]:
    """Run `do` in that many threads, each with its own connection."""

    def run(number: int) -> Any:
        try:
            return do(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def logged_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_one_token_sent_twenty_times_writes_one_row() -> None:
    user = saved_user()
    clients = [logged_in(user) for _ in range(20)]
    sent = {
        "code": "30001", "name": "Tân Hộ Cơ", "kind": "commune", "level": "commune", "valid_from": "01/01/2000",
        "form_token": tokens.issue_for(user.pk, page="/don-vi/moi/"),
    }  # fmt: skip

    answers = at_once(20, lambda number: clients[number].post("/don-vi/moi/", sent))

    unit = apps.get_model("communes", "Unit").objects.get(code="30001")
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, f"/don-vi/{unit.pk}/sua/")}
    assert AuditEntry.objects.count() == 1


def test_ten_editors_of_one_version_one_wins_the_rest_see_both_texts() -> None:
    user, unit = saved_user(), saved_unit(name="Bản đầu")
    clients = [logged_in(user) for _ in range(10)]

    def edit(number: int) -> Any:
        token = tokens.issue_for(user.pk, page="/")
        sent = {"name": f"Bản {number}", "sort_order": 0, "version": 1, "form_token": token}
        return clients[number].post(f"/don-vi/{unit.pk}/sua/", sent)

    answers = at_once(10, edit)

    assert sorted(answer.status_code for answer in answers) == [200] * 9 + [302]
    unit.refresh_from_db()
    assert (unit.version, AuditEntry.objects.count()) == (2, 1)


def test_same_key_written_by_ten_at_once_is_refused_in_words() -> None:
    from django.core.exceptions import ValidationError

    from core.tests.rows import new_unit

    def write(number: int) -> str:
        try:
            services.create(new_unit(code="869"), by=None)
        except ValidationError as refusal:
            return refusal.messages[0]
        return "written"

    answers = at_once(10, write)

    refusal = "Đã có đơn vị mang mã này từ ngày này. Kiểm tra lại mã hoặc ngày bắt đầu."
    assert sorted(answers) == sorted(["written"] + [refusal] * 9)


def test_writers_and_sealers_at_once_make_one_whole_chain() -> None:
    unit = saved_unit()
    triggers.install(connection)

    def write_or_seal(number: int) -> int:
        if number % 2:
            return sum(services.seal_pending() for _ in range(10))
        for _ in range(10):
            services.record("act", unit, by=None)
        return 0

    sealed = sum(at_once(8, write_or_seal)) + services.seal_pending()

    found = queries.verify()
    assert (sealed, found.rows, found.sealed, found.unsealed, found.faults) == (40, 40, 40, 0, ())
    assert list(Seal.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 41))
