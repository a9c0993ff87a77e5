"""A unit of another province loads beside the demonstration's."""

from pathlib import Path

import pytest
from django.conf import settings

from communes.models import UnitReach
from communes.queries import unit_for
from plans.models import Activity, AnnexLayout, PlanSection
from products.models import Recognition
from regulations.reference import load_regulations
from reports.unit_data.loader import load

OTHER = Path(settings.BASE_DIR) / "tests" / "data" / "unit-other-province.yaml"

pytestmark = pytest.mark.django_db


def test_other_province_loads_twice_and_has_its_own_headings(district):
    load_regulations()

    first = load(OTHER.read_text(encoding="utf-8"), file_name=OTHER.name)
    again = load(OTHER.read_text(encoding="utf-8"), file_name=OTHER.name)

    assert (first.changed, again.added, again.changed) == (0, 0, 0)
    assert PlanSection.objects.filter(parent=None).first().heading == "MỤC ĐÍCH, YÊU CẦU"
    assert list(AnnexLayout.objects.values_list("label", flat=True)) == ["Phụ lục I", "Phụ lục II", "Phụ lục III"]
    assert not Activity.objects.exists()
    assert Recognition.objects.get().level == "district"


def test_other_province_and_the_demonstrations_do_not_see_each_other(district):
    load_regulations()
    load(OTHER.read_text(encoding="utf-8"), file_name=OTHER.name)

    town = unit_for("9901", 2025)

    assert town.full_name == "thị xã Suối Mơ"
    assert not UnitReach.objects.filter(viewer=district, unit=town).exists()
    assert not UnitReach.objects.filter(viewer=town, unit=district).exists()
