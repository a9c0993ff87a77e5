"""The law that comes with the portal."""

from datetime import date
from itertools import pairwise

import pytest
from django.core.management import call_command

from core.audit.models import AuditEntry
from regulations import queries
from regulations.models import CertifyingLevel, ProductGroup, Regime
from regulations.reference import load_regulations

pytestmark = pytest.mark.django_db


@pytest.fixture
def law():
    return load_regulations()


def test_loading_again_changes_nothing(law, capsys):
    entries = AuditEntry.objects.count()

    call_command("load_regulations")

    assert law.added == Regime.objects.count() + CertifyingLevel.objects.count() + ProductGroup.objects.count()
    assert capsys.readouterr().out.strip() == f"Đã nạp dữ liệu pháp lý: thêm 0, sửa 0, giữ nguyên {law.added}."
    assert AuditEntry.objects.count() == entries


def test_a_changed_row_is_put_right(law):
    Regime.objects.filter(key="qd148").update(certificate_months=12)

    again = load_regulations()

    assert (again.added, again.changed) == (0, 1)
    assert Regime.objects.get(key="qd148").certificate_months == 36


def test_regimes_follow_each_other_without_gap_or_overlap(law):
    regimes = list(Regime.objects.order_by("valid_from"))

    assert [regime.key for regime in regimes] == ["qd1048_781", "qd148", "qd148_1489", "qd26_2026"]
    for earlier, later in pairwise(regimes):
        assert (later.valid_from - earlier.valid_to).days == 1
    assert regimes[-1].valid_to is None


@pytest.mark.parametrize(
    ("day", "key", "levels"),
    [
        (date(2019, 8, 21), "qd1048_781", {3: "province", 4: "province", 5: "central"}),
        (date(2023, 2, 23), "qd1048_781", {3: "province", 4: "province", 5: "central"}),
        (date(2023, 2, 24), "qd148", {3: "district", 4: "province", 5: "central"}),
        (date(2025, 7, 6), "qd148_1489", {3: "province", 4: "province", 5: "central"}),
        (date(2026, 5, 22), "qd26_2026", {3: "province", 4: "province", 5: "central"}),
    ],
)
def test_who_certifies_changes_with_the_regime(law, day, key, levels):
    regime = queries.regime_on(day)

    assert (regime.key, regime.certificate_months) == (key, 36)
    assert {stars: queries.certifying_level(regime, stars) for stars in (3, 4, 5)} == levels


def test_before_the_first_regime_there_is_none(law):
    with pytest.raises(queries.NoRegime, match="Ngày 20/08/2019"):
        queries.regime_on(date(2019, 8, 20))


def test_one_star_has_no_decision_under_148(law):
    with pytest.raises(queries.StarsNotCertified, match="3, 4, 5 sao"):
        queries.certifying_level(queries.regime_on(date(2024, 1, 1)), 1)


@pytest.mark.parametrize("decision", ["qd1048_781", "qd148", "qd26_2026"])
def test_each_decision_has_26_groups(law, decision):
    numbers = ProductGroup.objects.filter(decision=decision).values_list("number", flat=True)

    assert sorted(numbers) == list(range(1, 27))
