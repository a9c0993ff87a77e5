"""Units by code and year, and what is in force on a day."""

from datetime import date

import pytest

from communes import queries
from communes.models import Level, Unit
from communes.tests.factories import (
    LetterHeadFactory,
    OfficeFactory,
    RecipientFactory,
    SignerFactory,
    UnitFactory,
    tan_hong,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def reused():
    """29944: xã Tân Phước to 30/6/2025, xã An Phước from 01/7/2025."""
    old = UnitFactory(code="29944", name="Tân Phước", valid_to=date(2025, 6, 30))
    new = UnitFactory(code="29944", name="An Phước", valid_from=date(2025, 7, 1))
    return old, new


@pytest.mark.parametrize(("year", "which"), [(2022, 0), (2024, 0), (2026, 1)])
def test_unit_for_takes_the_unit_of_the_year(reused, year, which):
    assert queries.unit_for("29944", year) == reused[which]


def test_unit_for_a_code_with_two_units_in_the_year_names_both(reused):
    with pytest.raises(queries.UnitAmbiguous) as refusal:
        queries.unit_for("29944", 2025)

    assert refusal.value.units == reused
    assert "xã Tân Phước" in refusal.value.sentence
    assert "29944@2025-07-01 (xã An Phước)" in refusal.value.sentence


@pytest.mark.parametrize(
    ("code", "which"),
    [
        ("29944@2000-01-01", 0),
        ("29944@2025-06-30", 0),
        ("29944@2025-07-01", 1),
        ("29944@01/07/2025", 1),
        (" 29944@2025-12-31 ", 1),
    ],
)
def test_unit_for_code_at_date_means_the_unit_of_that_day(reused, code, which):
    assert queries.unit_for(code, 2025) == reused[which]


def test_unit_for_unknown_code_says_what_to_do(db):
    with pytest.raises(queries.UnitNotFound) as refusal:
        queries.unit_for("123", 2022)

    assert refusal.value.sentence == (
        "Chưa có đơn vị nào mang mã 123. Kiểm tra lại mã, hoặc nạp tệp dữ liệu có đơn vị này."
    )


def test_unit_for_a_year_without_the_unit_names_it_and_its_life(reused):
    with pytest.raises(queries.UnitNotInYear) as refusal:
        queries.unit_for("29944@2025-07-01", 2022)

    assert "xã An Phước (từ 01/07/2025)" in refusal.value.sentence


def test_unit_for_a_day_before_any_unit_names_those_of_the_code(reused):
    with pytest.raises(queries.UnitNotFound) as refusal:
        queries.unit_for("29944@1990-01-01", 2022)

    assert "xã Tân Phước (từ 01/01/2000 đến hết 30/06/2025)" in refusal.value.sentence


@pytest.mark.parametrize("code", ["29944@", "29944@hôm qua", "29944@2025-13-01", "29944@31/02/2025", "29944@1/2"])
def test_unit_for_a_wrong_date_shows_how_to_write_one(code):
    with pytest.raises(queries.UnitNotFound) as refusal:
        queries.unit_for(code, 2025)

    assert "29944@2025-07-01" in refusal.value.sentence


def test_communes_of_district_province_and_commune():
    district = tan_hong()
    day = date(2022, 1, 10)
    names = ["Tân Hộ Cơ", "Tân Phước"]
    other = UnitFactory(district=True)
    UnitFactory(parent=other)

    assert [unit.name for unit in queries.communes_of(district, day)] == names
    assert [unit.name for unit in queries.communes_of(district.parent, day)] == names
    commune = Unit.objects.get(name="Tân Phước")
    assert list(queries.communes_of(commune, day)) == [commune]


def test_communes_of_a_day_leaves_out_ended_ones():
    district = tan_hong()

    assert list(queries.communes_of(district, date(2025, 7, 1))) == []


def test_printed_parts_are_those_of_the_day():
    unit = UnitFactory(level=Level.DISTRICT)
    day = date(2022, 1, 10)
    old = {"unit": unit, "valid_to": date(2021, 12, 31)}
    new = {"unit": unit, "valid_from": date(2022, 1, 1)}
    LetterHeadFactory(**old)
    head = LetterHeadFactory(**new)
    OfficeFactory(**old)
    office = OfficeFactory(**new)
    SignerFactory(**old)
    signer = SignerFactory(**new, sort_order=1)
    SignerFactory(**new, sort_order=2)
    archive = RecipientFactory(unit=unit, is_archive=True, sort_order=0)
    line = RecipientFactory(unit=unit, sort_order=5)
    RecipientFactory(**old)

    assert queries.letter_head_on(unit, day) == head
    assert list(queries.offices_on(unit, day)) == [office]
    assert queries.signer_on(unit, day) == signer
    assert list(queries.recipients_on(unit, day)) == [line, archive]


def test_letter_head_and_signer_of_a_unit_without_any():
    unit = UnitFactory()

    assert queries.letter_head_on(unit, date(2022, 1, 10)) is None
    assert queries.signer_on(unit, date(2022, 1, 10)) is None
