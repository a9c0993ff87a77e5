"""Entering products in rounds, and what became of them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from core.audit.models import AuditEntry
from dossiers import services
from dossiers.models import Dossier
from dossiers.tests.factories import DossierFactory, RoundFactory
from products.models import Case, Recognition
from products.queries import stars_on
from products.services import Decision
from products.tests.factories import ProductFactory, RecognitionFactory
from regulations.tests.factories import LegalDocumentFactory, RegimeFactory

pytestmark = pytest.mark.django_db

OUTCOME = Dossier.Outcome


def decision(stars=3, case=Case.FIRST):
    return Decision(stars=stars, case=case, document=LegalDocumentFactory(), decided_on=date(2021, 12, 31))


def test_round_is_created_and_changed():
    known = RoundFactory()
    values = {"unit": known.unit, "year": 2022, "number": 1, "regime": known.regime}

    made = services.create_round(values, by=None)
    services.update_round(made, {"name": "Đợt đầu năm"}, by=None, version=1)

    assert str(made) == "Đợt đầu năm"
    with pytest.raises(ValidationError, match="Năm này đã có đợt mang số này"):
        services.create_round(values, by=None)


def test_entry_without_day_keeps_the_rounds_regime():
    product, round_ = ProductFactory(), RoundFactory()

    dossier = services.enter_product(product, round_, case=Case.FIRST, by=None)

    assert (dossier.regime, dossier.outcome) == (round_.regime, OUTCOME.PENDING)
    assert (dossier.producer, dossier.commune) == (product.producer, product.commune)


def test_entry_keeps_the_regime_of_the_day_of_filing():
    round_ = RoundFactory()
    later = RegimeFactory(key="qd148", valid_from=date(2023, 2, 24))

    dossier = services.enter_product(ProductFactory(), round_, case=Case.FIRST, by=None, filed_on=date(2023, 3, 1))

    assert dossier.regime == later


def test_product_enters_a_round_once():
    dossier = DossierFactory()

    with pytest.raises(ValidationError, match="Sản phẩm đã có hồ sơ trong đợt này"):
        services.enter_product(dossier.product, dossier.round, case=Case.FIRST, by=None)


def test_case_must_fit_the_history():
    recognised, fresh, round_ = RecognitionFactory().product, ProductFactory(), RoundFactory()

    with pytest.raises(services.EntryRefused, match="đã từng được công nhận"):
        services.enter_product(recognised, round_, case=Case.FIRST, by=None)
    with pytest.raises(services.EntryRefused, match="chưa từng được công nhận"):
        services.enter_product(fresh, round_, case=Case.UPGRADE, by=None)
    with pytest.raises(services.EntryRefused, match="chưa từng được công nhận"):
        services.enter_product(recognised, round_, case=Case.UPGRADE, by=None, filed_on=date(2021, 12, 31))
    assert services.enter_product(recognised, round_, case=Case.UPGRADE, by=None).case == Case.UPGRADE


def test_recognised_outcome_makes_the_recognition_under_the_dossiers_regime():
    dossier = DossierFactory()
    RegimeFactory(key="qd9", valid_from=date(2021, 1, 1), certificate_months=1)

    services.record_outcome(dossier, OUTCOME.RECOGNISED, by=None, decision=decision(), version=1)

    recognition = Recognition.objects.get()
    assert (dossier.outcome, dossier.recognition) == (OUTCOME.RECOGNISED, recognition)
    assert recognition.expires_on == date(2024, 12, 31)
    assert AuditEntry.objects.filter(action="record_outcome").count() == 1


def test_failed_upgrade_leaves_the_old_star():
    product = RecognitionFactory(decided_on=date(2020, 12, 7)).product
    dossier = services.enter_product(product, RoundFactory(), case=Case.UPGRADE, by=None)

    services.record_outcome(dossier, OUTCOME.NOT_RECOGNISED, by=None)

    assert stars_on(product, date(2022, 1, 10)) == 3


@pytest.mark.parametrize(("outcome", "with_decision"), [(OUTCOME.RECOGNISED, False), (OUTCOME.NOT_RECOGNISED, True)])
def test_outcome_and_decision_go_together(outcome, with_decision):
    dossier = DossierFactory()

    with pytest.raises(services.OutcomeRefused):
        services.record_outcome(dossier, outcome, by=None, decision=decision() if with_decision else None)

    assert not Recognition.objects.exists()


def test_recognised_dossier_gets_no_second_outcome():
    dossier = DossierFactory(recognised=True)

    with pytest.raises(services.OutcomeRefused, match="đã có kết quả"):
        services.record_outcome(dossier, OUTCOME.NOT_RECOGNISED, by=None)


def test_correcting_a_dossier_to_not_recognised_lets_go_of_the_recognition():
    dossier = DossierFactory(recognised=True)

    services.update_dossier(dossier, {"outcome": OUTCOME.NOT_RECOGNISED}, by=None, version=1)

    assert Dossier.objects.get().recognition is None


def test_correcting_to_recognised_needs_a_recognition_of_the_same_product():
    dossier = DossierFactory()
    own, foreign = RecognitionFactory(product=dossier.product), RecognitionFactory()

    with pytest.raises(services.OutcomeRefused, match="phải gắn với một lần công nhận"):
        services.update_dossier(dossier, {"outcome": OUTCOME.RECOGNISED}, by=None)
    with pytest.raises(services.OutcomeRefused, match="sản phẩm khác"):
        services.update_dossier(dossier, {"outcome": OUTCOME.RECOGNISED, "recognition": foreign}, by=None)
    services.update_dossier(dossier, {"outcome": OUTCOME.RECOGNISED, "recognition": own}, by=None)

    assert Dossier.objects.get().recognition == own


def test_correcting_the_day_of_filing_takes_the_regime_along():
    dossier = DossierFactory()
    later = RegimeFactory(key="qd148", valid_from=date(2023, 2, 24))

    services.update_dossier(dossier, {"filed_on": date(2023, 3, 1)}, by=None, version=1)
    services.update_dossier(dossier, {"note": "Bổ sung"}, by=None, version=2)

    assert Dossier.objects.get().regime == later


def test_case_of_a_decided_dossier_stays():
    dossier = DossierFactory(case=Case.FIRST, outcome=Dossier.Outcome.NOT_RECOGNISED)

    with pytest.raises(services.OutcomeRefused, match="không đổi hình thức"):
        services.update_dossier(dossier, {"case": Case.UPGRADE}, by=None)

    assert Dossier.objects.get(pk=dossier.pk).case == Case.FIRST
