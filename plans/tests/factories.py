"""Plans and what belongs to them, for tests."""

import factory
from factory.django import DjangoModelFactory

from communes.tests.factories import UnitFactory
from plans.models import (
    Activity,
    AnnexLayout,
    BudgetAmount,
    BudgetLine,
    Plan,
    PlanSection,
    PotentialProduct,
    Spending,
    Target,
)


class PlanFactory(DjangoModelFactory):
    class Meta:
        model = Plan

    unit = factory.SubFactory(UnitFactory, district=True)
    year = 2022
    title = "Thực hiện Chương trình mỗi xã một sản phẩm năm {plan_year}"


class PlanSectionFactory(DjangoModelFactory):
    class Meta:
        model = PlanSection

    plan = factory.SubFactory(PlanFactory)
    key = factory.Sequence(lambda n: f"muc-{n}")
    heading = "Kết quả:"
    text = "Năm {report_year}."
    sort_order = factory.Sequence(lambda n: n)


class AnnexLayoutFactory(DjangoModelFactory):
    class Meta:
        model = AnnexLayout

    plan = factory.SubFactory(PlanFactory)
    number = 2
    label = factory.LazyAttribute(lambda row: f"Biểu {row.number}")
    title = "DANH SÁCH NĂM {plan_year}"
    columns = [{"key": "stt", "label": "STT"}, {"key": "product", "label": "Tên sản phẩm"}]
    group_by = []


class TargetFactory(DjangoModelFactory):
    class Meta:
        model = Target

    unit = factory.SubFactory(UnitFactory, district=True)
    year = 2021
    measure = Target.Measure.NEW
    value = 4


class PotentialProductFactory(DjangoModelFactory):
    class Meta:
        model = PotentialProduct

    plan = factory.SubFactory(PlanFactory)
    commune = factory.SubFactory(UnitFactory)
    name = factory.Sequence(lambda n: f"Sản phẩm tiềm năng {n}")
    expected_stars = 3


class BudgetLineFactory(DjangoModelFactory):
    class Meta:
        model = BudgetLine

    plan = factory.SubFactory(PlanFactory)
    content_group = "Tập huấn"
    content = factory.Sequence(lambda n: f"Nội dung chi {n}")
    sort_order = factory.Sequence(lambda n: n)


class BudgetAmountFactory(DjangoModelFactory):
    class Meta:
        model = BudgetAmount

    line = factory.SubFactory(BudgetLineFactory)
    source = "nsh"
    amount = 10_000_000


class ActivityFactory(DjangoModelFactory):
    class Meta:
        model = Activity

    unit = factory.SubFactory(UnitFactory, district=True)
    year = 2021
    kind = Activity.Kind.TRAINING
    topic = "thực hiện Chương trình OCOP"


class SpendingFactory(DjangoModelFactory):
    class Meta:
        model = Spending

    unit = factory.SubFactory(UnitFactory, district=True)
    year = 2021
    amount = 35_000_000
    source_name = "Chương trình MTQG xây dựng nông thôn mới"
