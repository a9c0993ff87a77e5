"""Writing plans: what is created, copied, refused, moved."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from communes.tests.factories import UnitFactory
from core.audit.models import AuditEntry
from core.audit.queries import timeline
from core.audit.services import VersionConflict
from core.history import history_of
from core.workflow import TransitionRefused
from plans import services
from plans.annex_rows import LayoutRefused
from plans.collect import UnitNotInPlanYear
from plans.models import Plan, PlanSection
from plans.tests.factories import (
    ActivityFactory,
    BudgetLineFactory,
    PlanFactory,
    PlanSectionFactory,
    PotentialProductFactory,
    SpendingFactory,
    TargetFactory,
)
from plans.workflow import PLAN_WORKFLOW, PlanState


@pytest.fixture
def plan(district):
    return services.create_plan(unit=district, year=2022, by=None)


## Starting a plan


def test_the_first_plan_of_a_unit_gets_the_default_structure(plan):
    assert list(plan.sections.filter(parent=None).values_list("key", flat=True)) == [
        "situation",
        "results",
        "programme",
    ]
    assert list(plan.annexes.values_list("number", "in_pdf")) == [(1, False), (2, True), (3, True), (4, True)]
    assert plan.state == PlanState.DRAFT


def test_the_next_plan_copies_the_sections_and_annexes_of_the_last(plan, officer):
    services.update_section(plan.sections.get(key="goal"), {"text": "Nâng cao thu nhập."}, by=officer)
    services.update_annex(plan.annexes.get(number=2), {"label": "Phụ lục II"}, by=officer)
    PotentialProductFactory(plan=plan, commune=plan.unit.children.first())

    following = services.create_plan(unit=plan.unit, year=2023, by=officer)

    assert following.sections.count() == plan.sections.count()
    assert following.sections.get(key="goal").text == "Nâng cao thu nhập."
    assert following.sections.get(key="goal").parent == following.sections.get(key="programme")
    assert following.annexes.get(number=2).label == "Phụ lục II"
    assert following.potential_products.count() == 0


def test_a_copy_keeps_the_tree_whatever_the_order_of_the_rows(district):
    plan = PlanFactory(unit=district, year=2021)
    child = PlanSectionFactory(plan=plan, key="child", sort_order=0)
    child.parent = PlanSectionFactory(plan=plan, key="parent", sort_order=1)
    child.save()

    copy = services.create_plan(unit=district, year=2022, by=None)

    assert copy.sections.get(key="child").parent.key == "parent"


def test_a_year_in_which_the_unit_does_not_exist_is_refused(district):
    with pytest.raises(UnitNotInPlanYear, match="Năm 2026 không có huyện Tân Hồng"):
        services.create_plan(unit=district, year=2026, by=None)

    assert not Plan.objects.exists()


def test_a_unit_that_has_ended_starts_no_new_plan(district, settings):
    settings.OCOP_TODAY = date(2025, 7, 1)

    with pytest.raises(services.PlanRefused, match="Huyện Tân Hồng đã kết thúc hoạt động ngày 30/06/2025"):
        services.create_plan(unit=district, year=2025, by=None)


def test_a_second_plan_of_the_year_is_refused(plan):
    with pytest.raises(ValidationError, match="Đơn vị đã có kế hoạch năm này"):
        services.create_plan(unit=plan.unit, year=2022, by=None)


## Sections and annexes


def test_a_text_that_cannot_be_printed_is_an_error_of_its_field(plan, officer):
    with pytest.raises(ValidationError) as refusal:
        services.update_section(plan.sections.get(key="goal"), {"text": "tốt\n{bonus}\n[["}, by=officer)

    assert list(refusal.value.message_dict) == ["text"]
    assert refusal.value.message_dict["text"][0].startswith("Dòng 3: đoạn [[ … chưa đóng")


@pytest.mark.parametrize("values", [{"heading": "NĂM {nam}"}, {"options": {"commune_frame": "+ {xa}"}}])
def test_a_heading_or_frame_that_cannot_be_printed_is_refused(plan, officer, values):
    with pytest.raises(ValidationError):
        services.update_section(plan.sections.get(key="results-evaluation"), values, by=officer)


def test_a_figure_of_one_commune_is_refused_outside_the_frame(plan, officer):
    with pytest.raises(ValidationError, match="chưa có số liệu “{commune_new}”"):
        services.create_section(plan, {"key": "x", "text": "{commune_new}"}, by=officer)


def test_sections_are_added_and_deleted_with_those_under_them(plan, officer):
    services.create_section(
        plan, {"key": "extra", "heading": "Khác:", "parent": plan.sections.get(key="programme")}, by=officer
    )
    services.delete_section(plan.sections.get(key="programme"), by=officer)

    assert not plan.sections.filter(key="extra").exists()


def test_the_second_editor_of_a_section_is_told(plan, officer, leader):
    section = plan.sections.get(key="goal")
    services.update_section(section, {"text": "một"}, by=officer, version=section.version)

    with pytest.raises(VersionConflict):
        services.update_section(PlanSection.objects.get(pk=section.pk), {"text": "hai"}, by=leader, version=1)


def test_changing_only_the_amounts_of_a_budget_line_is_a_change_of_the_line(plan, officer, leader):
    line = services.create_budget_line(
        plan, {"content_group": "Tập huấn", "content": "Một lớp"}, amounts={("nsh", ""): 10}, by=officer
    )
    opened = line.version
    services.update_budget_line(line, {}, amounts={("nsx", ""): 20}, by=officer, version=opened)
    entry = timeline(line).first()

    with pytest.raises(VersionConflict):
        services.update_budget_line(line, {}, amounts={("nsh", ""): 99}, by=leader, version=opened)

    assert list(line.amounts.values_list("source", "amount")) == [("nsx", 20)]
    assert (entry.old, entry.new) == (
        {"amount_nsh": 10, "amount_nsx": None},
        {"amount_nsh": None, "amount_nsx": 20},
    )
    assert ("Ngân sách huyện", "10", "trống") in [
        (change.label, change.old, change.new) for change in history_of(line)[0].changes
    ]


def test_saving_a_budget_line_as_it_stands_changes_nothing(plan, officer):
    line = services.create_budget_line(
        plan, {"content_group": "Tập huấn", "content": "Một lớp"}, amounts={("nsh", ""): 10}, by=officer
    )

    same = services.update_budget_line(
        line, {"content": "Một lớp"}, amounts={("nsh", ""): 10, ("nsx", ""): 0}, by=officer
    )

    assert (same.version, timeline(line).count()) == (1, 1)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"columns": []}, "ít nhất một cột"),
        ({"columns": [{"key": "price", "label": "Giá"}]}, "không có cột “price”"),
        ({"columns": [{"key": "stt", "label": " "}]}, "chưa có nhãn"),
        ({"columns": [{"key": "stt", "label": "STT", "width": 0}]}, "lớn hơn 0"),
        ({"columns": [{"key": "stt", "label": "STT", "width": "rộng"}]}, "lớn hơn 0"),
        ({"columns": [{"key": "stt", "label": "A"}, {"key": "stt", "label": "B"}]}, "ghi hai lần"),
        ({"group_by": ["stars"]}, "không nhóm được theo “stars”"),
    ],
)
def test_a_layout_that_the_annex_cannot_show_is_refused(plan, officer, values, words):
    with pytest.raises(LayoutRefused, match=words):
        services.update_annex(plan.annexes.get(number=2), values, by=officer)


def test_an_annex_title_with_an_unknown_figure_is_refused(plan, officer):
    with pytest.raises(ValidationError):
        services.update_annex(plan.annexes.get(number=2), {"title": "NĂM {nam}"}, by=officer)


def test_the_plan_s_own_columns_are_changed_while_drafted(plan, officer):
    services.update_plan(plan, {"title": "Kế hoạch OCOP {plan_year}", "number": "7"}, by=officer)
    assert Plan.objects.get(pk=plan.pk).number == "7"

    with pytest.raises(ValidationError):
        services.update_plan(plan, {"title": "{nam}"}, by=officer)


## The budget


def test_a_budget_line_keeps_its_amounts_by_source(plan, officer):
    line = services.create_budget_line(
        plan, {"content_group": "Tập huấn", "content": "Lớp", "quantity": 2, "unit_price": 5_000_000},
        amounts={("nsh", ""): 7_000_000, ("du", ""): 3_000_000, ("lg", ""): 0}, by=officer,
    )  # fmt: skip

    services.update_budget_line(line, {}, amounts={("nsh", ""): 10_000_000}, by=officer)

    assert list(line.amounts.values_list("source", "amount")) == [("nsh", 10_000_000)]


def test_quantity_times_price_must_be_the_sum_of_the_sources(plan, officer):
    values = {"content_group": "Tập huấn", "content": "Lớp", "quantity": 2, "unit_price": 5_000_000}

    with pytest.raises(
        ValidationError, match="Số lượng × đơn giá là 10.000.000 đồng nhưng các nguồn cộng lại là 9.000.000 đồng"
    ):
        services.create_budget_line(plan, values, amounts={("nsh", ""): 9_000_000}, by=officer)

    assert plan.budget_lines.count() == 0


def test_the_sum_expected_of_the_sources_is_told_exactly(plan, officer):
    values = {"content_group": "Tập huấn", "content": "Lớp", "quantity": Decimal("2.25"), "unit_price": 1_000_001}

    with pytest.raises(ValidationError, match="Số lượng × đơn giá là 2.250.002,25 đồng nhưng"):
        services.create_budget_line(plan, values, amounts={("nsh", ""): 2_250_002}, by=officer)


def test_adding_a_section_holds_the_plan_before_it_looks_for_the_last_place(plan, officer):
    values = {"key": "moi", "heading": "Mới:", "parent": None}
    with CaptureQueriesContext(connection) as asked:
        added = services.add_section(plan, values, by=officer)

    first, second = [query["sql"] for query in asked if query["sql"].startswith("SELECT")][:2]
    assert '"plans_plan"."state"' in first
    assert "plans_plansection" in second
    assert added.sort_order == max(plan.sections.filter(parent=None).values_list("sort_order", flat=True))


def test_changing_only_the_price_is_measured_against_the_amounts_there_are(plan, officer):
    line = services.create_budget_line(
        plan, {"content_group": "A", "content": "B"}, amounts={("nsh", ""): 4}, by=officer
    )

    with pytest.raises(ValidationError):
        services.update_budget_line(line, {"quantity": 1, "unit_price": 5}, by=officer)
    services.update_budget_line(line, {"quantity": 1, "unit_price": 4}, by=officer)
    services.delete_budget_line(line, by=officer)

    assert plan.budget_lines.count() == 0


## Records of the year


def test_records_of_the_year_are_written_with_their_log(district, officer):
    target = services.create_target({"unit": district, "year": 2023, "measure": "new", "value": 3}, by=officer)
    services.update_target(target, {"value": 5}, by=officer)
    activity = services.create_activity(
        {"unit": district, "year": 2021, "kind": "training", "topic": "OCOP"}, by=officer
    )
    services.update_activity(activity, {"attendees": 60}, by=officer)
    spending = services.create_spending({"unit": district, "year": 2021, "amount": 1, "source_name": "A"}, by=officer)
    services.update_spending(spending, {"amount": 2}, by=officer)

    assert [entry.action for entry in AuditEntry.objects.order_by("pk")] == ["create", "update"] * 3


def test_potential_products_are_written_while_the_plan_is_drafted(plan, officer):
    row = services.create_potential_product(
        plan, {"commune": plan.unit.children.first(), "name": "Trà sen"}, by=officer
    )
    services.update_potential_product(row, {"expected_stars": 3}, by=officer)
    services.delete_potential_product(row, by=officer)

    assert plan.potential_products.count() == 0


## Moves


def test_a_plan_is_submitted_returned_submitted_and_approved(plan, officer, leader):
    services.submit_plan(plan, by=officer)
    services.return_plan(plan, by=leader, reason=" Thiếu chỉ tiêu ")
    assert (plan.state, plan.return_reason) == ("returned", "Thiếu chỉ tiêu")

    services.submit_plan(plan, by=officer)
    services.approve_plan(plan, by=leader)

    assert (plan.state, plan.submitted_by, plan.approved_by) == ("approved", officer, leader)
    moves = ["submit", "return", "submit", "approve"]
    assert list(AuditEntry.objects.filter(action__in=moves).order_by("pk").values_list("action", flat=True)) == moves


def test_a_return_needs_its_reason(plan, officer, leader):
    services.submit_plan(plan, by=officer)

    with pytest.raises(TransitionRefused, match="lý do"):
        services.return_plan(plan, by=leader, reason=" ")


def test_a_plan_that_is_not_submitted_cannot_be_approved(plan, leader):
    with pytest.raises(TransitionRefused, match="“Đang soạn”"):
        services.approve_plan(plan, by=leader)


@pytest.mark.parametrize("act", ["plan", "section", "annex", "potential", "budget"])
def test_a_submitted_plan_is_not_edited(plan, officer, act):
    line = BudgetLineFactory(plan=plan)
    services.submit_plan(plan, by=officer)
    acts = {
        "plan": lambda: services.update_plan(plan, {"number": "1"}, by=officer),
        "section": lambda: services.update_section(plan.sections.first(), {"text": "x"}, by=officer),
        "annex": lambda: services.update_annex(plan.annexes.first(), {"label": "x"}, by=officer),
        "potential": lambda: services.create_potential_product(plan, {"name": "x"}, by=officer),
        "budget": lambda: services.update_budget_line(line, {"content": "x"}, by=officer),
    }

    with pytest.raises(services.PlanRefused, match="Kế hoạch đã trình nên không sửa được"):
        acts[act]()


def test_every_state_of_a_plan_can_be_reached_and_issued_is_the_only_end():
    ends = {state for state in PLAN_WORKFLOW.states() if not PLAN_WORKFLOW.moves_from(state)}

    assert PLAN_WORKFLOW.unreachable() == frozenset()
    assert ends == {PlanState.ISSUED}
    assert PLAN_WORKFLOW.states() == set(PlanState.values)


## What a person sees


def test_rows_of_another_unit_are_not_visible(district, officer):
    own, foreign = PlanFactory(unit=district), PlanFactory(unit=UnitFactory(district=True))
    for owner in (own, foreign):
        PlanSectionFactory(plan=owner)
        BudgetLineFactory(plan=owner)
        PotentialProductFactory(plan=owner)
        TargetFactory(unit=owner.unit)
        ActivityFactory(unit=owner.unit)
        SpendingFactory(unit=owner.unit)

    assert list(Plan.objects.visible_to(officer)) == [own]
    for related in (own.sections, own.budget_lines, own.potential_products):
        assert set(related.model.objects.visible_to(officer)) == set(related.all())
    for related in (district.targets, district.activities, district.spendings):
        assert set(related.model.objects.visible_to(officer)) == set(related.all())


def test_an_edit_locks_the_plan_before_it_looks_at_the_state(plan, monkeypatch):
    locked = []
    original = QuerySet.select_for_update

    def watched(rows, *args, **options):
        locked.append(rows.model)
        return original(rows, *args, **options)

    monkeypatch.setattr(QuerySet, "select_for_update", watched)
    services.create_section(plan, {"key": "them", "heading": "Thêm"}, by=None)
    assert locked[0] is Plan


@pytest.mark.django_db
def test_lines_without_a_place_come_in_the_order_of_entry():
    plan = PlanFactory()
    values = {"content_group": "Tập huấn", "content": "Lớp"}

    lines = [services.create_budget_line(plan, values, amounts={("nsh", ""): 1_000}, by=None) for _ in range(3)]

    assert list(plan.budget_lines.all()) == lines
    assert [line.sort_order for line in lines] == [1, 2, 3]
