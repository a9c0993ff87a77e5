"""The people of the demonstration: one account per role, neutral names, no password."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.models import Role, User
from accounts.services import create_demo_user
from communes.models import Level, Unit
from communes.queries import unit_for
from core import clock
from core.errors import Refused
from core.vietnamese.folding import fold

DISTRICT_CODE = "869"
COMMUNE_NAME = "Tân Hộ Cơ"


class DemoUnitMissing(Refused):
    """The demonstration's data was not loaded."""


@dataclass(frozen=True, slots=True)
class Part:
    """One role of the demonstration and where it sits."""

    username: str
    full_name: str
    role: Role
    level: Level
    job_title: str


CAST = (
    Part("can-bo-huyen", "Cán bộ OCOP huyện", Role.OFFICER, Level.DISTRICT, "Chuyên viên"),
    Part("lanh-dao-huyen", "Lãnh đạo huyện", Role.LEADER, Level.DISTRICT, "Lãnh đạo UBND huyện"),
    Part("can-bo-xa", f"Cán bộ OCOP xã {COMMUNE_NAME}", Role.OFFICER, Level.COMMUNE, "Công chức xã"),
    Part("can-bo-tinh", "Cán bộ OCOP tỉnh", Role.OFFICER, Level.PROVINCE, "Chuyên viên"),
    Part("chu-the", "Chủ thể OCOP", Role.PRODUCER, Level.COMMUNE, "Chủ thể"),
    Part("thanh-vien-hoi-dong", "Thành viên hội đồng", Role.COUNCIL, Level.DISTRICT, "Thành viên hội đồng"),
    Part("quan-tri", "Quản trị huyện", Role.ADMIN, Level.DISTRICT, "Quản trị"),
)


@transaction.atomic
def create_demo_users() -> list[User]:
    """One account per role, in the order in which the login page offers them. Again: the same accounts."""
    units = _units(clock.today())
    return [
        create_demo_user(
            username=part.username,
            full_name=part.full_name,
            role=part.role,
            unit=units[part.level],
            job_title=part.job_title,
        )
        for part in CAST
    ]


def _units(day: date) -> dict[Level, Unit]:
    try:
        district = unit_for(DISTRICT_CODE, day.year)
    except Refused as error:
        raise DemoUnitMissing(f"{error.sentence} Chạy load_unit_data demo/tan-hong-2022.yaml trước.") from error
    commune = Unit.objects.filter(parent=district, name_folded=fold(COMMUNE_NAME)).first()
    if commune is None or district.parent is None:
        raise DemoUnitMissing("Dữ liệu thử thiếu tỉnh hoặc xã. Chạy load_unit_data demo/tan-hong-2022.yaml trước.")
    return {Level.DISTRICT: district, Level.PROVINCE: district.parent, Level.COMMUNE: commune}
