"""Writing producers: one tax number, one name in a commune."""

import pytest
from django.core.exceptions import ValidationError

from communes.tests.factories import UnitFactory
from core.audit.services import VersionConflict
from producers import services
from producers.models import Producer
from producers.tests.factories import ProducerFactory

pytestmark = pytest.mark.django_db


def values(**more):
    return {"name": "cơ sở sản xuất khô Ba Khía", "kind": Producer.Kind.FACILITY, **more}


def test_create_producer_keeps_the_tax_number_in_one_form():
    producer = services.create_producer(values(commune=UnitFactory(), tax_number=" 1400 123.456 789 "), by=None)

    assert producer.tax_number == "1400123456-789"


@pytest.mark.parametrize("typed", ["1400123456789", "1400123456-789", "1400.123.456.789"])
def test_same_tax_number_is_refused_also_in_another_commune_and_form(typed):
    first = ProducerFactory(tax_number="1400123456-789")

    with pytest.raises(services.TaxNumberTaken) as refusal:
        services.create_producer(values(commune=UnitFactory(), tax_number=typed), by=None)

    assert refusal.value.producer == first
    assert first.name not in refusal.value.sentence
    assert Producer.objects.count() == 1


def test_no_tax_number_is_shared_by_many():
    commune = UnitFactory()
    services.create_producer(values(commune=commune), by=None)
    services.create_producer(values(commune=commune, name="hộ kinh doanh Như Quỳnh", tax_number=""), by=None)

    assert Producer.objects.filter(tax_number="").count() == 2


def test_same_name_without_marks_in_the_commune_is_refused():
    commune = UnitFactory()
    services.create_producer(values(commune=commune), by=None)

    with pytest.raises(ValidationError, match="Xã đã có chủ thể tên này"):
        services.create_producer(values(commune=commune, name="Co so san xuat KHO BA KHIA"), by=None)


def test_update_producer_keeps_the_own_tax_number_and_refuses_anothers():
    producer = ProducerFactory(tax_number="1400000001")
    ProducerFactory(tax_number="1400000002")

    services.update_producer(producer, {"tax_number": "1400000001", "name": "Tên mới"}, by=None, version=1)
    with pytest.raises(services.TaxNumberTaken):
        services.update_producer(producer, {"tax_number": "1400000002"}, by=None, version=2)

    producer.refresh_from_db()
    assert (producer.name, producer.tax_number, producer.version) == ("Tên mới", "1400000001", 2)


def test_update_of_an_old_version_is_refused():
    producer = ProducerFactory()
    services.update_producer(producer, {"phone": "1"}, by=None, version=1)

    with pytest.raises(VersionConflict):
        services.update_producer(producer, {"phone": "2"}, by=None, version=1)


@pytest.mark.parametrize("typed", ["abc", "123", "14001234567", "1400123456-7", "١٤٠٠١٢٣٤٥٦"])
def test_what_is_no_tax_number_is_refused(typed):
    with pytest.raises(ValidationError, match="10 số, 13 số"):
        services.create_producer(values(commune=UnitFactory(), tax_number=typed), by=None)

    assert not Producer.objects.exists()


@pytest.mark.parametrize("typed", ["1400123456", "1400123456001", "087190012345"])
def test_numbers_of_enterprises_branches_and_persons_are_taken(typed):
    assert services.create_producer(values(commune=UnitFactory(), tax_number=typed), by=None).pk


def test_producer_without_products_moves():
    producer, elsewhere = ProducerFactory(), UnitFactory()

    services.update_producer(producer, {"commune": elsewhere}, by=None)

    assert Producer.objects.get(pk=producer.pk).commune == elsewhere
