"""A list asks the database as often for three rows as for one, and at most six times."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
MOST = 6


def _rows(district: Any) -> dict[str, Callable[[], Any]]:
    """For each list, how to make one more row of it."""
    from accounts.tests.factories import UserFactory
    from communes.tests import factories as units
    from dossiers.tests.factories import DossierFactory, RoundFactory
    from producers.tests.factories import ProducerFactory
    from products.tests.factories import ProductFactory, RecognitionFactory
    from regulations.tests import factories as law

    commune = district.children.first()

    def product() -> Any:
        return ProductFactory(producer=ProducerFactory(commune=commune))

    return {
        "producers:list": lambda: ProducerFactory(commune=commune),
        "products:list": product,
        "products:choose-producer": lambda: ProducerFactory(commune=commune),
        "products:recognition-list": lambda: RecognitionFactory(product=product()),
        "dossiers:list": lambda: DossierFactory(product=product(), round=RoundFactory(unit=district)),
        "dossiers:round-list": lambda: RoundFactory(unit=district),
        "regulations:document-list": lambda: law.LegalDocumentFactory(unit=district),
        "regulations:citation-list": lambda: law.CitationFactory(unit=district),
        "communes:signer-list": lambda: units.SignerFactory(unit=district),
        "communes:office-list": lambda: units.OfficeFactory(unit=district),
        "communes:recipient-list": lambda: units.RecipientFactory(unit=district),
        "communes:letter-head-list": lambda: units.LetterHeadFactory(unit=district),
        "accounts:list": lambda: UserFactory(unit=district),
    }


LISTS = (
    "producers:list", "products:list", "products:choose-producer", "products:recognition-list", "dossiers:list",
    "dossiers:round-list", "regulations:document-list", "regulations:citation-list", "communes:signer-list",
    "communes:office-list", "communes:recipient-list", "communes:letter-head-list", "accounts:list",
)  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_list_asks_as_often_for_three_rows_as_for_one(
    district: Any, officer: Any, admin: Any, name: str, django_assert_max_num_queries: Any
) -> None:
    client = Client()
    client.force_login(admin if name == "accounts:list" else officer)
    make = _rows(district)[name]
    make()
    with django_assert_max_num_queries(MOST) as one:
        assert client.get(reverse(name)).status_code == 200
    make()
    make()

    with django_assert_max_num_queries(MOST) as three:
        client.get(reverse(name))

    assert len(three) == len(one)


def test_pages_of_a_list_follow_each_other_and_lose_no_row(district: Any, officer: Any) -> None:
    from core.screens import PAGE_SIZE
    from producers.tests.factories import ProducerFactory

    for number in range(PAGE_SIZE + 3):
        ProducerFactory(commune=district.children.first(), name=f"cơ sở số {number:03d}")
    client = Client()
    client.force_login(officer)

    first = client.get(reverse("producers:list"))
    second = client.get(reverse("producers:list") + first.context["next_url"])
    again = client.get(reverse("producers:list") + second.context["previous_url"])

    names = [row.name for page in (first, second) for row in page.context["page"].rows]
    assert names == [f"cơ sở số {number:03d}" for number in range(PAGE_SIZE + 3)]
    assert [row.pk for row in again.context["page"].rows] == [row.pk for row in first.context["page"].rows]
    assert second.context["next_url"] == ""


def test_search_ignores_marks_and_keeps_to_the_reach(district: Any, officer: Any) -> None:
    from producers.tests.factories import ProducerFactory

    ProducerFactory(commune=district.children.first(), name="cơ sở Khô Ba Khía")
    ProducerFactory(commune=district.children.first(), name="cơ sở Bánh Phồng")
    ProducerFactory(name="cơ sở Khô Ba Khía nơi khác")
    client = Client()
    client.force_login(officer)

    found = client.get(reverse("producers:list"), {"q": "kho ba KHIA"}).context["page"].rows

    assert [row.name for row in found] == ["cơ sở Khô Ba Khía"]
