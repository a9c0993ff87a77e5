"""Records without a database, for tests of figures."""

from datetime import date
from typing import Any

from plans.figures import FigureContext, Records
from plans.figures.records import (
    CommuneRecord,
    DecisionRecord,
    EntryRecord,
    ProducerRecord,
    ProductRecord,
    RecognitionRecord,
    TargetRecord,
)
from plans.models import Target

TAN_HO_CO = CommuneRecord(1, "xã Tân Hộ Cơ", (1, "a"))
TAN_PHUOC = CommuneRecord(2, "xã Tân Phước", (2, "b"))
SA_RAI = CommuneRecord(3, "thị trấn Sa Rài", (3, "c"), "thị trấn")
BA_KHIA = ProducerRecord(1, "cơ sở sản xuất khô Ba Khía")
THAP_DONG = ProducerRecord(2, "công ty TNHH Tháp Đồng")
DECISION = DecisionRecord(1, "Quyết định số 1991/QĐ-UBND-HC", date(2021, 12, 31), "31 tháng 12 năm 2021")


def product(pk: int, name: str = "", producer: ProducerRecord = BA_KHIA) -> ProductRecord:
    return ProductRecord(pk, name or f"Khô số {pk}", producer, (pk, ""))


def recognition(
    pk: int, *, commune: CommuneRecord = TAN_HO_CO, item: ProductRecord | None = None, **values: Any
) -> RecognitionRecord:
    year = values.pop("year", 2021)
    defaults = {"stars": 3, "case": "first", "decision": DECISION}
    days = {"decided_on": date(year, 12, 31), "expires_on": date(year + 3, 12, 31)}
    return RecognitionRecord(
        pk=pk, product=item or product(pk), commune=commune, year=year, **(defaults | days | values)
    )


def entry(
    pk: int, *, case: str = "first", commune: CommuneRecord = TAN_HO_CO, item: ProductRecord | None = None
) -> EntryRecord:
    item = item or product(pk)
    return EntryRecord(pk, item, item.producer, commune, case, "pending")


def target(
    value: int, measure: str = Target.Measure.NEW, year: int = 2021, least_stars: int | None = None
) -> TargetRecord:
    return TargetRecord(1, year, measure, value, least_stars=least_stars)


def context(**records: Any) -> FigureContext:
    return FigureContext(
        records=Records(**records), unit_name="Tân Hồng", unit_full_name="huyện Tân Hồng", plan_year=2022,
        report_year=2021, working_date=date(2022, 1, 10),
    )  # fmt: skip
