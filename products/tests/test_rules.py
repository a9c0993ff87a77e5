"""Who may write products and recognitions, and the arithmetic of months."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communes.models import Unit
from producers.tests.factories import ProducerFactory
from products import rules
from products.tests.factories import ProductFactory, RecognitionFactory


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2021, 12, 31), 36, date(2024, 12, 31)),
        (date(2020, 12, 7), 36, date(2023, 12, 7)),
        (date(2020, 2, 29), 36, date(2023, 2, 28)),
        (date(2020, 2, 29), 48, date(2024, 2, 29)),
        (date(2021, 2, 28), 36, date(2024, 2, 28)),
        (date(2022, 8, 31), 6, date(2023, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2022, 10, 31), 1, date(2022, 11, 30)),
        (date(2022, 1, 31), 0, date(2022, 1, 31)),
        (date(2022, 12, 15), 1, date(2023, 1, 15)),
    ],
)
def test_certificate_end_is_the_same_day_or_the_months_last(start, months, end):
    assert rules.certificate_end(start, months) == end


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 120))
def test_added_months_are_that_many_and_the_day_never_grows(start, months):
    end = rules.add_months(start, months)

    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day <= start.day


@pytest.fixture
def product(district):
    return ProductFactory(producer=ProducerFactory(commune=Unit.objects.get(name="Tân Hộ Cơ")))


@pytest.mark.django_db
def test_officers_of_the_commune_and_above_edit_products(product, commune_officer, officer, province_officer):
    for user in (commune_officer, officer, province_officer):
        assert rules.can_edit_product(user, product)
        assert rules.can_create_product(user, product.producer)
        assert rules.can_create_product(user)


@pytest.mark.django_db
def test_recognitions_are_recorded_from_the_district_up(product, commune_officer, officer, province_officer):
    assert rules.can_record_recognition(officer, product)
    assert rules.can_record_recognition(province_officer, product)
    assert not rules.can_record_recognition(commune_officer, product)


@pytest.mark.django_db
def test_others_only_read(product, other_commune_officer, admin, leader, council_member, producer_user):
    recognition = RecognitionFactory(product=product)

    for user in (other_commune_officer, admin, leader, council_member, producer_user):
        assert not rules.can_edit_product(user, product)
        assert not rules.can_create_product(user, product.producer)
        assert not rules.can_edit_recognition(user, recognition)
        assert not rules.can_withdraw_recognition(user, recognition)


@pytest.mark.django_db
def test_a_withdrawn_recognition_is_not_withdrawn_again(product, officer):
    assert rules.can_withdraw_recognition(officer, RecognitionFactory(product=product))
    assert not rules.can_withdraw_recognition(officer, RecognitionFactory(product=product, withdrawn=True))
