"""Every number printed on the leader's page opens the rows behind it, or says how it was computed."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from plans.tests.pages import client_of, text
from plans.tests.world import plan_with_rows
from regulations.reference import load_regulations
from reports.demo import set_up_people
from reports.unit_data.loader import load

pytestmark = pytest.mark.django_db
DEMO = Path(settings.BASE_DIR) / "demo" / "tan-hong-2022.yaml"

# Years and days are no counts; the steps of the colours are a legend.
DATE = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b|\b20\d\d\b|31/12/")
# Promises, shares, differences, stars, money and names: their pages show the value and how it was computed.
COMPUTED = {
    "report_target", "min_recognised", "target_difference", "standing_change", "achieved_percent", "recognised_percent",
    "recognised_stars", "standing_stars", "least_stars", "report_least_stars", "spending_total", "budget_total",
    "recognition_decision", "annex_2",
}  # fmt: skip


class Numbers(HTMLParser):
    """The texts with a digit inside <main>, each with the address of the link around it."""

    SKIPPED = ("button", "select", "h1")

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.open: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"input", "br", "use", "rect"}:
            self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1][0] == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _attrs in self.open]
        is_legend = any(attrs.get("class") == "steps" for _tag, attrs in self.open)
        if "main" not in tags or is_legend or set(tags) & set(self.SKIPPED):
            return
        link = next((attrs["href"] for tag, attrs in reversed(self.open) if tag == "a"), "")
        if re.search(r"\d", data if link else DATE.sub("", data)):
            self.found.append((data.strip(), link or ""))


def _numbers(page: str) -> list[tuple[str, str]]:
    reader = Numbers()
    reader.feed(page)
    return reader.found


def _check(client: Any) -> list[str]:
    """Opens every number; gives the printed numbers."""
    numbers = _numbers(text(client.get(reverse("reports:overview"))))
    assert [shown for shown, link in numbers if "/so-lieu/" not in link and "Mở kế hoạch" not in shown] == []
    for shown, link in numbers:
        if "/so-lieu/" not in link:
            continue
        page = client.get(link)
        figure = page.context["figure"]
        assert figure.how, link
        if figure.name not in COMPUTED:
            assert len(page.context["rows"]) == figure.value == int(shown), link
    return [shown for shown, _link in numbers]


def test_every_number_of_the_demo_opens_its_rows() -> None:
    load_regulations()
    load(DEMO.read_text(encoding="utf-8"), file_name=DEMO.name)
    leader = next(user for user in set_up_people() if user.username == "lanh-dao-huyen")

    numbers = _check(client_of(leader))

    for expected in ("09", "04", "225%", "12", "75%", "11", "01", "06", "02", "05", "14", "ít nhất 04", "3"):
        assert expected in numbers


def test_every_number_of_a_small_unit_opens_its_rows(district: Any, leader: Any) -> None:
    plan_with_rows(district, rows=2)

    assert _check(client_of(leader))


def test_a_number_without_a_link_is_told() -> None:
    page = "<main><p>Có 12 sản phẩm, năm 2021</p><a href='/so-lieu/x/'>09</a></main>"

    assert _numbers(page) == [("Có 12 sản phẩm, năm 2021", ""), ("09", "/so-lieu/x/")]
