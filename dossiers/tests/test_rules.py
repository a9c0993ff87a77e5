"""Who may open rounds, enter products and record outcomes."""

import pytest

from communes.models import Unit
from dossiers import rules
from dossiers.models import Dossier
from dossiers.tests.factories import DossierFactory, RoundFactory
from producers.tests.factories import ProducerFactory
from products.tests.factories import ProductFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(district):
    product = ProductFactory(producer=ProducerFactory(commune=Unit.objects.get(name="Tân Hộ Cơ")))
    return DossierFactory(product=product, round=RoundFactory(unit=district))


def test_rounds_are_opened_from_the_district_up(dossier, district, officer, province_officer, commune_officer, leader):
    for user in (officer, province_officer):
        assert rules.can_create_round(user)
        assert rules.can_edit_round(user, dossier.round)
    assert not rules.can_create_round(commune_officer)
    assert not rules.can_create_round(officer, district.parent)
    assert not rules.can_edit_round(leader, dossier.round)


def test_the_communes_officer_enters_and_edits_until_the_outcome(dossier, commune_officer, officer):
    assert rules.can_enter_product(commune_officer)
    assert rules.can_enter_product(commune_officer, dossier.product)
    assert rules.can_edit_dossier(commune_officer, dossier)
    assert not rules.can_record_outcome(commune_officer, dossier)

    dossier.outcome = Dossier.Outcome.NOT_RECOGNISED
    assert not rules.can_edit_dossier(commune_officer, dossier)
    assert rules.can_edit_dossier(officer, dossier)
    assert rules.can_record_outcome(officer, dossier)


def test_others_only_read(dossier, other_commune_officer, admin, leader, council_member, producer_user):
    for user in (other_commune_officer, admin, leader, council_member, producer_user):
        assert not rules.can_enter_product(user, dossier.product)
        assert not rules.can_edit_dossier(user, dossier)
        assert not rules.can_record_outcome(user, dossier)
