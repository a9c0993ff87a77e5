"""Who may add and edit producers."""

from datetime import date

import pytest

from communes.models import Unit
from producers import rules
from producers.models import Producer
from producers.tests.factories import ProducerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def producer(district):
    return ProducerFactory(commune=Unit.objects.get(name="Tân Hộ Cơ"))


def test_officers_of_the_commune_and_above_edit(producer, commune_officer, officer, province_officer):
    for user in (commune_officer, officer, province_officer):
        assert rules.can_edit_producer(user, producer)
        assert rules.can_create_producer(user, producer.commune)
        assert rules.can_create_producer(user)


def test_others_only_read(producer, other_commune_officer, admin, leader, council_member, producer_user):
    for user in (other_commune_officer, admin, leader, council_member, producer_user):
        assert not rules.can_edit_producer(user, producer)
        assert not rules.can_create_producer(user, producer.commune)


def test_after_the_unit_ended_nobody_of_it_edits(settings, producer, commune_officer, officer):
    settings.OCOP_TODAY = date(2025, 7, 1)

    assert Producer.objects.visible_to(officer).get() == producer
    assert not rules.can_edit_producer(officer, producer)
    assert not rules.can_create_producer(commune_officer)


def test_a_producers_account_sees_its_own_row_only(producer, producer_user):
    ProducerFactory(commune=producer.commune)
    producer.account = producer_user
    producer.save()

    assert list(Producer.objects.visible_to(producer_user)) == [producer]
