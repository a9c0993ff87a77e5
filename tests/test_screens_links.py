"""Every link of every page leads somewhere: each role walks the loaded demonstration from its home."""

import re
from collections import deque
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from plans import services
from plans.models import Plan
from regulations.reference import load_regulations
from reports.demo import set_up_people
from reports.unit_data.loader import load

DEMO = Path(settings.BASE_DIR) / "demo" / "tan-hong-2022.yaml"
HOME = "http://testserver/"
PAGES = 250  # per role, the nearest to its home first
LINK = re.compile(r"<a\b[^>]*\bhref=\"([^\"]+)\"")

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> dict[str, User]:
    """The accounts of the demonstration by name, over its data."""
    load_regulations()
    load(DEMO.read_text(encoding="utf-8"), file_name=DEMO.name)
    return {user.username: user for user in set_up_people()}


def _links(page: str, address: str) -> list[str]:
    """The addresses of this site to which a page links, without the part behind #."""
    found = (urldefrag(urljoin(address, unescape(link))).url for link in LINK.findall(page))
    return [link for link in dict.fromkeys(found) if link.startswith(HOME)]


def crawl(client: Client, *, most: int = PAGES) -> tuple[set[str], list[str]]:
    """The addresses that were opened, and what did not answer 200 as “status address (from address)”."""
    waiting, seen, faults = deque([(HOME, "")]), {HOME}, []
    while waiting and len(seen) <= most:
        address, source = waiting.popleft()
        parts = urlsplit(address)
        answer: Any = client.get(f"{parts.path}?{parts.query}", follow=True)
        if answer.status_code != 200:
            faults.append(f"{answer.status_code} {address} (from {source})")
        if not answer.headers.get("Content-Type", "").startswith("text/html") or answer.streaming:
            continue
        for link in _links(answer.content.decode(), address):
            if link not in seen and "/static/" not in link:
                seen.add(link)
                waiting.append((link, address))
    return seen, faults


USERNAMES = ("can-bo-xa", "can-bo-huyen", "can-bo-tinh", "lanh-dao-huyen", "thanh-vien-hoi-dong", "chu-the", "quan-tri")


@pytest.mark.parametrize("username", USERNAMES)
def test_every_link_leads_to_a_page(people: dict[str, User], username: str) -> None:
    client = Client()
    client.force_login(people[username])

    seen, faults = crawl(client)

    assert faults == []
    assert len(seen) > 20


def test_every_link_leads_to_a_page_also_for_the_decision_of_a_plan(people: dict[str, User]) -> None:
    services.submit_plan(Plan.objects.get(), by=people["can-bo-huyen"])
    client = Client()
    client.force_login(people["lanh-dao-huyen"])

    seen, faults = crawl(client, most=120)

    assert faults == []
    assert HOME + reverse("plans:list").lstrip("/") in seen


def test_demo_has_no_other_people(people: dict[str, User]) -> None:
    assert set(people) == set(USERNAMES)


def test_crawler_tells_a_dead_link(people: dict[str, User], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.test_screens_links._links", lambda _page, _address: [HOME + "khong-co/"])
    client = Client()
    client.force_login(people["quan-tri"])

    _seen, faults = crawl(client)

    assert faults == [f"404 {HOME}khong-co/ (from {HOME})"]
