"""Recognitions over time: recorded, standing, run out, withdrawn."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from communes.tests.factories import UnitFactory
from core.audit.models import AuditEntry
from producers import services as producer_services
from producers.models import Producer
from producers.tests.factories import ProducerFactory
from products import queries, services
from products.models import Case, Recognition
from products.tests.factories import ProductFactory, RecognitionFactory
from regulations.queries import NoRegime, StarsNotCertified
from regulations.tests.factories import LegalDocumentFactory, RegimeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def regime():
    return RegimeFactory()


def decision(stars=3, case=Case.FIRST, day=date(2021, 12, 31), **more):
    return services.Decision(
        stars=stars, case=case, document=LegalDocumentFactory(issued_on=day), decided_on=day, **more
    )


def test_record_recognition_takes_level_and_months_from_the_regime(regime):
    product = ProductFactory()

    recognition = services.record_recognition(product, decision(), by=None)

    assert (recognition.level, recognition.year, recognition.expires_on) == ("province", 2021, date(2024, 12, 31))
    assert recognition.commune == product.commune


def test_record_recognition_under_the_regime_of_filing(regime):
    other = RegimeFactory(key="qd148", valid_from=date(2023, 2, 24), certificate_months=12, levels={3: "district"})

    recognition = services.record_recognition(ProductFactory(), decision(), by=None, regime=other)

    assert (recognition.level, recognition.expires_on) == ("district", date(2022, 12, 31))


def test_year_of_evaluation_can_be_the_one_before_the_decision(regime):
    recognition = services.record_recognition(ProductFactory(), decision(day=date(2022, 1, 5), year=2021), by=None)

    assert (recognition.year, recognition.decided_on) == (2021, date(2022, 1, 5))


@pytest.mark.parametrize("stars", [1, 2])
def test_stars_that_nobody_certifies_are_refused(regime, stars):
    with pytest.raises(StarsNotCertified, match="3, 4, 5 sao"):
        services.record_recognition(ProductFactory(), decision(stars=stars), by=None)


def test_a_day_before_every_regime_or_in_the_future_is_refused(regime):
    with pytest.raises(NoRegime):
        services.record_recognition(ProductFactory(), decision(day=date(2018, 1, 1)), by=None)
    with pytest.raises(services.RecognitionRefused, match="chưa đến"):
        services.record_recognition(ProductFactory(), decision(day=date(2022, 1, 11)), by=None)


def test_first_time_twice_is_refused(regime):
    earlier = RecognitionFactory(decided_on=date(2020, 12, 7))

    with pytest.raises(services.RecognitionRefused, match="không phải lần đầu"):
        services.record_recognition(earlier.product, decision(), by=None)


@pytest.mark.parametrize("case", [Case.UPGRADE, Case.RE_EVALUATION])
def test_upgrade_and_re_evaluation_need_an_earlier_recognition(regime, case):
    with pytest.raises(services.RecognitionRefused, match="chưa từng được công nhận"):
        services.record_recognition(ProductFactory(), decision(stars=4, case=case), by=None)


def test_upgrade_to_the_stars_that_the_product_has_is_refused(regime):
    earlier = RecognitionFactory(decided_on=date(2020, 12, 7), stars=3)

    with pytest.raises(services.RecognitionRefused, match="đang có 3 sao"):
        services.record_recognition(earlier.product, decision(stars=3, case=Case.UPGRADE), by=None)


def test_an_upgrade_counts_from_its_day_and_the_old_star_until_then(regime):
    product = RecognitionFactory(decided_on=date(2020, 12, 7), stars=3).product

    services.record_recognition(product, decision(stars=4, case=Case.UPGRADE), by=None)

    assert queries.stars_on(product, date(2020, 12, 6)) is None
    assert queries.stars_on(product, date(2020, 12, 7)) == 3
    assert queries.stars_on(product, date(2021, 12, 30)) == 3
    assert queries.stars_on(product, date(2021, 12, 31)) == 4
    assert queries.stars_on(product, date(2024, 12, 31)) == 4
    assert queries.stars_on(product, date(2025, 1, 1)) is None


def test_the_same_decision_twice_is_refused(regime):
    earlier = RecognitionFactory(decided_on=date(2020, 12, 7))
    again = services.Decision(stars=4, case=Case.UPGRADE, document=earlier.decision, decided_on=date(2021, 12, 31))

    with pytest.raises(ValidationError, match="Quyết định này đã công nhận sản phẩm"):
        services.record_recognition(earlier.product, again, by=None)


def test_withdrawal_ends_the_recognition_from_its_day_and_says_why():
    recognition = RecognitionFactory(decided_on=date(2020, 12, 7))

    services.withdraw_recognition(
        recognition, withdrawn_on=date(2022, 1, 5), reason="Ngừng sản xuất", by=None, version=1
    )

    assert queries.stars_on(recognition.product, date(2022, 1, 4)) == 3
    assert queries.stars_on(recognition.product, date(2022, 1, 5)) is None
    assert AuditEntry.objects.get(action="withdraw").reason == "Ngừng sản xuất"


def test_withdrawal_gives_way_to_the_older_recognition_that_still_holds():
    product = RecognitionFactory(decided_on=date(2020, 12, 7), stars=3).product
    upgrade = RecognitionFactory(product=product, case=Case.UPGRADE, stars=4)

    services.withdraw_recognition(upgrade, withdrawn_on=date(2022, 1, 5), reason="Sai quy trình", by=None)

    assert queries.stars_on(product, date(2022, 1, 5)) == 3


@pytest.mark.parametrize(("day", "reason"), [(date(2021, 12, 30), "Lý do"), (date(2022, 1, 5), "")])
def test_withdrawal_before_the_decision_or_without_reason_is_refused(day, reason):
    with pytest.raises(ValidationError, match="Thu hồi phải có ngày"):
        services.withdraw_recognition(RecognitionFactory(), withdrawn_on=day, reason=reason, by=None)


def test_withdrawal_twice_or_in_the_future_is_refused():
    with pytest.raises(services.RecognitionRefused, match="đã thu hồi ngày 05/01/2022"):
        services.withdraw_recognition(
            RecognitionFactory(withdrawn=True), withdrawn_on=date(2022, 1, 6), reason="Lý do", by=None
        )
    with pytest.raises(services.RecognitionRefused, match="chưa đến"):
        services.withdraw_recognition(RecognitionFactory(), withdrawn_on=date(2022, 1, 11), reason="Lý do", by=None)


def test_correcting_the_day_moves_the_end(regime):
    recognition = RecognitionFactory()

    services.update_recognition(recognition, {"decided_on": date(2021, 12, 30)}, by=None, version=1)

    assert Recognition.objects.get().expires_on == date(2024, 12, 30)


def test_correcting_day_and_end_keeps_both(regime):
    changes = {"decided_on": date(2021, 12, 30), "expires_on": date(2023, 1, 1)}

    recognition = services.update_recognition(RecognitionFactory(), changes, by=None)

    assert recognition.expires_on == date(2023, 1, 1)


def test_a_product_stands_in_its_producers_commune_unless_said_otherwise():
    producer, elsewhere = ProducerFactory(), ProducerFactory().commune

    own = services.create_product({"name": "Khô bò", "producer": producer}, by=None)
    other = services.create_product({"name": "Khô trâu", "producer": producer, "commune": elsewhere}, by=None)
    services.update_product(own, {"name": "Khô bò mềm"}, by=None, version=1)

    assert (own.commune, other.commune) == (producer.commune, elsewhere)


def test_the_same_product_of_a_producer_is_refused_without_marks():
    product = ProductFactory(name="Khô cá lóc")

    with pytest.raises(ValidationError, match="Chủ thể đã có sản phẩm tên này"):
        services.create_product({"name": "KHO CA LOC", "producer": product.producer}, by=None)


def test_a_recognition_is_not_moved_into_the_future(settings):
    settings.OCOP_TODAY = date(2022, 1, 10)
    recognition = RecognitionFactory()

    with pytest.raises(services.RecognitionRefused, match="chưa đến"):
        services.update_recognition(recognition, {"decided_on": date(2022, 1, 11)}, by=None, version=1)


def test_producer_with_products_stays_in_its_commune():
    producer, elsewhere = ProductFactory().producer, UnitFactory()

    with pytest.raises(producer_services.MoveRefused, match="không chuyển sang"):
        producer_services.update_producer(producer, {"commune": elsewhere}, by=None)

    assert Producer.objects.get(pk=producer.pk).commune != elsewhere
