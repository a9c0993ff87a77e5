"""The demonstration's file: it loads, says what the published plan says, and loads again without a change."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from communes.models import Recipient, Signer, Unit
from communes.queries import communes_of, unit_for
from core.audit.models import AuditEntry
from dossiers.models import Dossier
from plans.models import BudgetAmount, BudgetLine, Plan, PotentialProduct, Spending, Target
from producers.models import Producer
from products.models import Recognition
from products.queries import stars_on
from regulations.models import Citation
from regulations.reference import load_regulations
from reports.unit_data.loader import load

DEMO = Path(settings.BASE_DIR) / "demo" / "tan-hong-2022.yaml"

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    load_regulations()
    return load(DEMO.read_text(encoding="utf-8"), file_name=DEMO.name)


def test_demo_loads_and_loading_again_changes_nothing(loaded):
    entries = AuditEntry.objects.count()

    again = load(DEMO.read_text(encoding="utf-8"), file_name=DEMO.name)

    assert (loaded.changed, loaded.same) == (0, 0)
    assert (again.added, again.changed, again.same) == (0, 0, loaded.added)
    assert AuditEntry.objects.count() == entries


def test_every_row_of_the_demo_is_logged_as_the_systems_with_the_files_name(loaded):
    entry = AuditEntry.objects.filter(subject_type="plans.plan").get()

    assert entry.actor is None
    assert entry.reason == "Nạp từ tệp tan-hong-2022.yaml"


def test_demo_counts_of_the_published_plan(loaded):
    entries = Dossier.objects.filter(round__year=2021)

    assert entries.count() == 12
    assert entries.values("producer").distinct().count() == 6
    assert entries.filter(case="first").count() == 11
    assert entries.filter(case="upgrade").count() == 1
    assert entries.filter(outcome="recognised").count() == 9
    assert Recognition.objects.standing_on(date(2021, 12, 31)).filter(stars=3).count() == 11
    assert Recognition.objects.filter(year=2020).count() == 2
    assert Spending.objects.get().amount == 35_000_000
    assert Target.objects.get(year=2021).value == 4


def test_demo_entries_not_recognised_and_not_published_are_illustrative_and_of_two_producers(loaded):
    invented = Dossier.objects.filter(is_illustrative=True)

    assert invented.count() == 2
    assert invented.values("producer").distinct().count() == 2
    assert not Producer.objects.filter(is_illustrative=True).exists()
    assert set(invented.values_list("case", "outcome")) == {("first", "not_recognised")}


def test_demo_potential_products_meet_the_targets(loaded):
    products = PotentialProduct.objects.all()

    assert products.count() == Target.objects.get(year=2022, measure="potential").value == 14
    assert products.filter(is_committed=True, expected_stars__gte=3).count() >= 4
    assert products.filter(is_illustrative=False).count() == 0
    assert products.values("commune").distinct().count() == 9


def test_demo_budget_lines_add_up_and_are_illustrative(loaded):
    lines = BudgetLine.objects.all()

    assert lines.values("content_group").distinct().count() == 8
    assert not lines.filter(is_illustrative=False).exists()
    assert sum(BudgetAmount.objects.values_list("amount", flat=True)) == 353_500_000
    assert sum(line.quantity * line.unit_price for line in lines) == 353_500_000


def test_demo_units_with_reused_codes(loaded):
    district = unit_for("869", 2022)

    assert [unit.full_name for unit in communes_of(district, date(2022, 1, 10))] == [
        "thị trấn Sa Rài", "xã Tân Hộ Cơ", "xã Thông Bình", "xã Bình Phú", "xã Tân Thành A", "xã Tân Thành B",
        "xã Tân Phước", "xã Tân Công Chí", "xã An Phước",
    ]  # fmt: skip
    assert unit_for("29944", 2022).full_name == "xã Tân Phước"
    assert unit_for("29944", 2026).full_name == "xã An Phước"
    assert unit_for("82", 2026).full_name == "tỉnh Đồng Tháp"
    assert Unit.objects.count() == 18


def test_demo_printed_parts(loaded):
    signer = Signer.objects.get()

    assert (signer.name, signer.authority_lines) == (
        "Huỳnh Văn Nhã",
        ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
    )
    assert Recipient.objects.filter(is_archive=False).count() == 7
    assert Recipient.objects.get(is_archive=True).text == "Lưu: VT/UB (Oanh)."
    assert Plan.objects.get().working_date == date(2022, 1, 10)
    assert Citation.objects.filter(in_legal_basis=True).count() == 5


def test_demo_citations_print_what_the_plan_printed_while_the_register_is_true(loaded):
    citation = Citation.objects.get(document__key="qd1048")

    assert citation.printed_date == date(2019, 8, 20)
    assert citation.document.issued_on == date(2019, 8, 21)
    assert Citation.objects.get(document__key="hd662").printed_number == "622/HD-UBND"


def test_demo_tea_keeps_its_star_of_2020_after_the_failed_upgrade(loaded):
    tea = Recognition.objects.get(product__name="Trà Bồ công anh").product

    assert stars_on(tea, date(2022, 1, 10)) == 3
    assert stars_on(tea, date(2023, 12, 7)) == 3
    assert stars_on(tea, date(2023, 12, 8)) is None
