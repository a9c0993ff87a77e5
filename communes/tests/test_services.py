"""The tree, the succession, and who reaches whom."""

from datetime import date

import pytest

from communes import services
from communes.models import Level, Office, Unit, UnitReach
from communes.tests.factories import OfficeFactory, UnitFactory, UnitSuccessionFactory, tan_hong
from core.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


def reach_of(unit: Unit) -> set[str]:
    return set(UnitReach.objects.filter(viewer=unit).values_list("unit__name", flat=True))


def test_reach_is_the_unit_and_everything_under_it():
    district = tan_hong()
    stranger = UnitFactory(name="Xã khác")
    services.rebuild_reach()

    assert reach_of(district) == {"Tân Hồng", "Tân Hộ Cơ", "Tân Phước"}
    assert reach_of(district.parent) == {"Đồng Tháp", "Tân Hồng", "Tân Hộ Cơ", "Tân Phước"}
    assert reach_of(stranger) == {"Xã khác"}


def test_reach_follows_succession_and_what_stood_under_the_predecessor():
    district = tan_hong()
    province = UnitFactory(province=True, name="Đồng Tháp mới")
    UnitSuccessionFactory(predecessor=district.parent, successor=province)
    services.rebuild_reach()

    assert reach_of(province) == {"Đồng Tháp mới", "Đồng Tháp", "Tân Hồng", "Tân Hộ Cơ", "Tân Phước"}


def test_reach_follows_a_chain_of_successions_but_not_backwards():
    first, second, third = (UnitFactory(name=name) for name in ("một", "hai", "ba"))
    UnitSuccessionFactory(predecessor=first, successor=second)
    UnitSuccessionFactory(predecessor=second, successor=third)
    services.rebuild_reach()

    assert reach_of(third) == {"một", "hai", "ba"}
    assert reach_of(first) == {"một"}


def test_reach_of_the_centre_is_everything():
    centre = UnitFactory(central=True, name="Trung ương")
    UnitFactory(name="xã không có cấp trên")
    services.rebuild_reach()

    assert reach_of(centre) == {"Trung ương", "xã không có cấp trên"}


def test_reach_survives_a_circle_of_successions():
    one, other = UnitFactory(name="một"), UnitFactory(name="hai")
    UnitSuccessionFactory(predecessor=one, successor=other)
    UnitSuccessionFactory(predecessor=other, successor=one)

    services.rebuild_reach()

    assert reach_of(one) == reach_of(other) == {"một", "hai"}


def test_rebuilding_reach_again_writes_nothing_and_a_lost_row_comes_back():
    tan_hong()

    assert services.rebuild_reach() == 0

    UnitReach.objects.first().delete()
    assert services.rebuild_reach() == 1


def test_reach_forgets_a_unit_that_moved_away():
    district = tan_hong()
    elsewhere = UnitFactory(district=True, name="Huyện khác")
    commune = Unit.objects.get(name="Tân Phước")

    services.update_unit(commune, {"parent": elsewhere}, by=None, version=1)

    assert reach_of(district) == {"Tân Hồng", "Tân Hộ Cơ"}
    assert reach_of(elsewhere) == {"Huyện khác", "Tân Phước"}


def test_create_unit_is_logged_and_reached_at_once():
    district = tan_hong()
    values = {
        "code": "29950", "name": "An Phước", "kind": Unit.Kind.COMMUNE, "level": Level.COMMUNE, "parent": district,
        "valid_from": date(2000, 1, 1),
    }  # fmt: skip

    unit = services.create_unit(values, by=None)

    assert "An Phước" in reach_of(district)
    assert AuditEntry.objects.get(subject_type="communes.unit").subject_pk == str(unit.pk)


@pytest.mark.parametrize("level", [Level.COMMUNE, Level.DISTRICT])
def test_a_unit_under_one_of_its_own_or_lower_level_is_refused(level):
    parent = UnitFactory(kind=Unit.Kind.COMMUNE, level=level, name="Tân Phước")
    values = {"code": "1", "name": "X", "kind": Unit.Kind.DISTRICT, "level": Level.DISTRICT, "parent": parent}

    with pytest.raises(services.UnitTreeRefused, match="không phải cấp trên"):
        services.create_unit({**values, "valid_from": date(2000, 1, 1)}, by=None)

    assert Unit.objects.count() == 1


def test_moving_a_unit_under_its_own_child_is_refused():
    district = tan_hong()
    child = Unit.objects.get(name="Tân Phước")

    with pytest.raises(services.UnitTreeRefused):
        services.update_unit(district, {"parent": child}, by=None, version=1)


def test_succession_against_the_existing_direction_is_refused():
    first, second, third = UnitFactory(), UnitFactory(), UnitFactory()
    services.add_succession(first, second, by=None)
    services.add_succession(second, third, by=None)

    with pytest.raises(services.UnitTreeRefused, match="chiều ngược lại"):
        services.add_succession(third, first, by=None)


def test_printed_parts_are_written_through_the_log():
    unit = UnitFactory()
    office = services.create_office({"unit": unit, "name": "Phòng Y tế"}, by=None)
    services.update_office(office, {"short_name": "Y tế"}, by=None, version=1)
    duty = services.create_duty({"office": office, "text": "Việc."}, by=None)
    services.update_duty(duty, {"text": "Việc khác."}, by=None)
    signer = services.create_signer(
        {"unit": unit, "name": "Người Ký", "position": "Chủ tịch", "authority_lines": ["CHỦ TỊCH"]}, by=None
    )
    services.update_signer(signer, {"position": "Phó Chủ tịch"}, by=None)
    line = services.create_recipient({"unit": unit, "text": "Như trên"}, by=None)
    services.update_recipient(line, {"text": "Như Điều 1"}, by=None)
    head = services.create_letter_head(
        {"unit": unit, "issuer_lines": ["UBND XÃ"], "issuer_name": "UBND xã", "place": "Xã"}, by=None
    )
    services.update_letter_head(head, {"place": "Thôn"}, by=None)

    assert AuditEntry.objects.filter(action="create").count() == 5
    assert AuditEntry.objects.filter(action="update").count() == 5
    assert Office.objects.get().version == 2


def test_office_factory_of_another_unit_is_not_visible(officer):
    OfficeFactory()
    own = OfficeFactory(unit=officer.unit)

    assert list(Office.objects.visible_to(officer)) == [own]


def test_a_level_below_that_of_the_units_under_it_is_refused():
    district = tan_hong()

    with pytest.raises(services.UnitTreeRefused, match="còn xã Tân Hộ Cơ"):
        services.update_unit(district, {"level": Level.COMMUNE, "parent": None}, by=None, version=1)


@pytest.mark.parametrize("place", [{"level": Level.CENTRAL, "parent": None}, {"parent": None}])
def test_nobody_moves_the_own_unit_to_see_more(admin, place):
    with pytest.raises(services.UnitTreeRefused, match="quản trị cấp trên"):
        services.update_unit(admin.unit, place, by=admin, version=1)

    assert reach_of(admin.unit) == {"Tân Hồng", "Tân Hộ Cơ", "Tân Phước"}


@pytest.mark.parametrize("level", [Level.CENTRAL, Level.PROVINCE, Level.COMMUNE])
def test_a_unit_under_nobody_is_added_by_the_centre_only(admin, level):
    values = {"code": "1", "name": "X", "kind": Unit.Kind.COMMUNE, "level": level, "valid_from": date(2000, 1, 1)}

    with pytest.raises(services.UnitTreeRefused, match="phạm vi anh/chị"):
        services.create_unit(values, by=admin)

    assert not Unit.objects.filter(code="1").exists()


def test_a_unit_is_not_moved_out_of_the_reach_of_whoever_moves_it(admin):
    commune = admin.unit.children.get(name="Tân Phước")

    with pytest.raises(services.UnitTreeRefused, match="phạm vi anh/chị"):
        services.update_unit(commune, {"parent": UnitFactory(district=True)}, by=admin, version=1)
