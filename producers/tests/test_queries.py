"""Near names: what a person may be typing a second time."""

import pytest

from communes.tests.factories import UnitFactory
from producers import queries
from producers.tests.factories import ProducerFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed",
    [
        "Ba Khia",
        "Khô Ba Khía",
        "CSSX khô Ba Khía",
        "cơ sở sản xuất khô Ba Khia",
        "công ty TNHH khô Ba Khía",
        "kho ba khiá",
    ],
)
def test_near_names_reads_over_marks_case_and_kind_of_business(typed):
    producer = ProducerFactory(name="cơ sở sản xuất khô Ba Khía")
    ProducerFactory(name="hộ kinh doanh Như Quỳnh", commune=producer.commune)

    near = [near.producer for near in queries.near_names(typed, producer.commune)]

    assert near == [producer]


@pytest.mark.parametrize("typed", ["cơ sở sản xuất Tân Hồng", "hộ kinh doanh Ba Tri", "Ba", "", "   "])
def test_near_names_leaves_other_names_alone(typed):
    producer = ProducerFactory(name="cơ sở sản xuất khô Ba Khía")

    assert queries.near_names(typed, producer.commune) == []


def test_near_names_of_another_commune_or_none_or_the_row_itself():
    producer = ProducerFactory(name="cơ sở sản xuất khô Ba Khía")

    assert queries.near_names(producer.name, UnitFactory()) == []
    assert queries.near_names(producer.name, None) == []
    assert queries.near_names(producer.name, producer.commune, exclude=producer) == []


def test_near_names_come_nearest_first():
    commune = UnitFactory()
    ProducerFactory(name="Như Quỳnhh", commune=commune)
    exact = ProducerFactory(name="hộ Như Quỳnh", commune=commune)

    near = queries.near_names("Nhu Quynh", commune)

    assert near[0] == queries.NearName(exact, 1.0)
    assert len(near) == 2


def test_a_name_of_kind_words_only_is_still_compared():
    producer = ProducerFactory(name="Hợp tác xã dịch vụ")

    assert [near.producer for near in queries.near_names("hop tac xa dich vu", producer.commune)] == [producer]


def test_by_tax_number():
    producer = ProducerFactory(tax_number="1400000001")
    ProducerFactory()

    assert queries.by_tax_number("1400000001") == producer
    assert queries.by_tax_number("") is None
    assert queries.by_tax_number("9") is None
