"""Pages of producers."""

from django.urls import reverse

from producers.tests.factories import ProducerFactory


def test_list_finds_a_producer_by_tax_number(officer, client):
    commune = officer.unit.children.first()
    wanted = ProducerFactory(commune=commune, tax_number="1400123456-789")
    ProducerFactory(commune=commune, tax_number="1400123457")
    client.force_login(officer)

    page = client.get(reverse("producers:list"), {"q": "1400123456-789"}).context["page"]

    assert page.rows == [wanted]
