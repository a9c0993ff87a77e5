"""What every list refuses to stumble over: addresses that somebody wrote by hand."""

import pytest
from django.urls import reverse

from producers.tests.factories import ProducerFactory

LISTS = [
    "producers:list", "products:list", "products:recognition-list", "dossiers:list", "dossiers:round-list",
    "regulations:document-list", "regulations:citation-list", "regulations:regime-list", "communes:unit-list",
    "communes:office-list", "communes:signer-list", "jobs:list",
]  # fmt: skip


@pytest.fixture
def key_of_producers(officer, client) -> str:
    """The key of the second page of the list of producers: a name and a number."""
    client.force_login(officer)
    ProducerFactory.create_batch(60, commune=officer.unit.children.first())
    return client.get(reverse("producers:list")).context["page"].next


def test_key_leads_to_the_next_page(key_of_producers, client):
    first, second = (client.get(reverse("producers:list"), query) for query in ({}, {"sau": key_of_producers}))

    assert len(second.context["page"].rows) == first.context["page"].total - 50


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("way", ["sau", "truoc"])
def test_key_of_another_list_shows_the_first_page(key_of_producers, client, name, way):
    if name == "producers:list":
        name = "communes:recipient-list"

    response = client.get(reverse(name), {way: key_of_producers})

    assert response.status_code == 200
    assert not response.context["page"].previous


@pytest.mark.parametrize("name", LISTS)
def test_search_for_what_no_database_holds_finds_nothing(officer, client, name):
    client.force_login(officer)

    assert client.get(reverse(name), {"q": "\0"}).status_code == 200
    assert client.get(reverse(name), {"q": "a\0b"}).status_code == 200
