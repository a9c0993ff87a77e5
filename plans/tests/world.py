"""A small district with a plan, for tests that need rows."""

from datetime import date
from typing import Any

from communes.models import Unit
from communes.tests.factories import (
    LetterHeadFactory,
    OfficeDutyFactory,
    OfficeFactory,
    RecipientFactory,
    SignerFactory,
)
from dossiers.tests.factories import DossierFactory, RoundFactory
from plans import services
from plans.models import Plan
from plans.tests.factories import (
    BudgetAmountFactory,
    BudgetLineFactory,
    PotentialProductFactory,
    SpendingFactory,
    TargetFactory,
)
from producers.tests.factories import ProducerFactory
from products.models import Recognition
from products.tests.factories import ProductFactory, RecognitionFactory
from regulations.tests.factories import CitationFactory, LegalDocumentFactory


def printing(unit: Unit) -> None:
    """Letterhead, signer, recipients and one office with a duty."""
    LetterHeadFactory(unit=unit)
    SignerFactory(unit=unit, name="Huỳnh Văn Nhã")
    RecipientFactory(unit=unit, text="UBND các xã, thị trấn")
    RecipientFactory(unit=unit, text="Lưu: VT.", is_archive=True)
    OfficeDutyFactory(office=OfficeFactory(unit=unit, name="Phòng Y tế"), text="Kiểm tra an toàn thực phẩm.")


def results(unit: Unit, *, products: int = 1, decision: Any = None) -> list[Recognition]:
    """A round of 2021 in the first commune: each product entered and recognised with three stars."""
    commune = unit.children.order_by("sort_order").first()
    decision = decision or LegalDocumentFactory(number="1991/QĐ-UBND-HC", issued_on=date(2021, 12, 31))
    producer = ProducerFactory(name="cơ sở sản xuất khô Ba Khía", commune=commune)
    held = RoundFactory(unit=unit, number=1)
    made = []
    for number in range(products):
        product = ProductFactory(name=f"Khô cá loại {number}", producer=producer, sort_order=number)
        recognition = RecognitionFactory(product=product, decision=decision)
        DossierFactory(round=held, product=product, outcome="recognised", recognition=recognition)
        made.append(recognition)
    return made


def plan_with_rows(unit: Unit, *, rows: int = 1) -> Plan:
    """The plan of 2022 of a district, with everything a document shows, `rows` of each record."""
    printing(unit)
    results(unit, products=rows)
    commune = unit.children.order_by("sort_order").first()
    plan = services.create_plan(unit=unit, year=2022, by=None)
    TargetFactory(unit=unit, value=4)
    TargetFactory(unit=unit, year=2022, measure="recognised", value=1)
    for number in range(rows):
        CitationFactory(unit=unit, sort_order=number)
        SpendingFactory(unit=unit, source_name=f"Chương trình số {number}")
        PotentialProductFactory(plan=plan, commune=commune, is_committed=True)
        BudgetAmountFactory(line=BudgetLineFactory(plan=plan, commune=commune))
    return plan
