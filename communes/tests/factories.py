"""Units and what they print, for tests."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from communes.models import LetterHead, Level, Office, OfficeDuty, Recipient, Signer, Unit, UnitSuccession
from communes.services import rebuild_reach

OLD = date(2000, 1, 1)
LAST_DAY_OF_DISTRICTS = date(2025, 6, 30)


class UnitFactory(DjangoModelFactory):
    """A commune without a parent; traits give the other levels. Reach is rebuilt by `rebuild_reach` or `unit`."""

    class Meta:
        model = Unit

    code = factory.Sequence(lambda n: f"9{n:04d}")
    name = factory.Sequence(lambda n: f"Thôn Mới {n}")
    kind = Unit.Kind.COMMUNE
    level = Level.COMMUNE
    valid_from = OLD

    class Params:
        central = factory.Trait(kind=Unit.Kind.COUNTRY, level=Level.CENTRAL)
        province = factory.Trait(kind=Unit.Kind.PROVINCE, level=Level.PROVINCE)
        district = factory.Trait(kind=Unit.Kind.DISTRICT, level=Level.DISTRICT)
        ended = factory.Trait(valid_to=date(2021, 12, 31))


def unit(**kwargs) -> Unit:
    """A unit with its reach counted."""
    made = UnitFactory(**kwargs)
    rebuild_reach()
    return made


def tan_hong() -> Unit:
    """Huyện Tân Hồng (869) under the old tỉnh Đồng Tháp, with xã Tân Hộ Cơ and xã Tân Phước; reach counted."""
    life = {"valid_from": OLD, "valid_to": LAST_DAY_OF_DISTRICTS}
    province = UnitFactory(province=True, code="87", name="Đồng Tháp", **life)
    district = UnitFactory(district=True, code="869", name="Tân Hồng", parent=province, **life)
    UnitFactory(code="29929", name="Tân Hộ Cơ", parent=district, sort_order=2, **life)
    UnitFactory(code="29944", name="Tân Phước", parent=district, sort_order=7, **life)
    rebuild_reach()
    return district


class UnitSuccessionFactory(DjangoModelFactory):
    class Meta:
        model = UnitSuccession

    predecessor = factory.SubFactory(UnitFactory, ended=True)
    successor = factory.SubFactory(UnitFactory)


class LetterHeadFactory(DjangoModelFactory):
    class Meta:
        model = LetterHead

    unit = factory.SubFactory(UnitFactory)
    issuer_lines = ["ỦY BAN NHÂN DÂN", "HUYỆN TÂN HỒNG"]
    issuer_name = "Ủy ban nhân dân huyện Tân Hồng"
    place = "Tân Hồng"


class OfficeFactory(DjangoModelFactory):
    class Meta:
        model = Office

    unit = factory.SubFactory(UnitFactory)
    name = factory.Sequence(lambda n: f"Phòng chuyên môn {n}")
    sort_order = factory.Sequence(lambda n: n)


class OfficeDutyFactory(DjangoModelFactory):
    class Meta:
        model = OfficeDuty

    office = factory.SubFactory(OfficeFactory)
    text = factory.Sequence(lambda n: f"Nhiệm vụ thứ {n}.")
    sort_order = factory.Sequence(lambda n: n)


class SignerFactory(DjangoModelFactory):
    class Meta:
        model = Signer

    unit = factory.SubFactory(UnitFactory)
    name = factory.Sequence(lambda n: f"Người Ký {n}")
    position = "Phó Chủ tịch"
    authority_lines = ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]


class RecipientFactory(DjangoModelFactory):
    class Meta:
        model = Recipient

    unit = factory.SubFactory(UnitFactory)
    text = factory.Sequence(lambda n: f"Nơi nhận {n}")
    sort_order = factory.Sequence(lambda n: n)
