"""Who may do what with a plan: one table of role × act, for the own and the foreign unit."""

from datetime import date

import pytest

from accounts.tests.factories import UserFactory
from communes.tests.factories import UnitFactory, tan_hong
from core.permissions import who_can
from plans import rules
from plans.tests.factories import (
    ActivityFactory,
    AnnexLayoutFactory,
    BudgetLineFactory,
    PlanFactory,
    PlanSectionFactory,
    PotentialProductFactory,
    SpendingFactory,
    TargetFactory,
)

EDIT = {"can_edit_plan", "can_submit_plan"}
DECIDE = {"can_return_plan", "can_approve_plan"}
READ = {"can_view_plan", "can_generate_plan"}
PLAN_RULES = sorted(EDIT | DECIDE | READ | {"can_edit_budget", "can_add_potential_product"})


def allowed(user, plan) -> set[str]:
    return {name for name in PLAN_RULES if getattr(rules, name)(user, plan)}


OFFICERS_DRAFT = READ | EDIT | {"can_edit_budget", "can_add_potential_product"}


@pytest.mark.parametrize(
    ("role", "where", "state", "acts"),
    [
        ("officer", "own", "draft", OFFICERS_DRAFT),
        ("officer", "own", "returned", OFFICERS_DRAFT),
        ("officer", "own", "submitted", READ),
        ("officer", "own", "approved", READ),
        ("leader", "own", "draft", READ),
        ("leader", "own", "submitted", READ | DECIDE),
        ("leader", "own", "approved", READ),
        ("admin", "own", "draft", READ),
        ("admin", "own", "submitted", READ),
        ("officer", "above", "draft", READ),
        ("leader", "above", "submitted", READ),
        ("officer", "commune", "draft", {"can_add_potential_product"}),
        ("officer", "commune", "submitted", set()),
        ("producer", "own", "draft", set()),
        ("council", "own", "submitted", set()),
        ("officer", "foreign", "draft", set()),
        ("leader", "foreign", "submitted", set()),
        ("officer", "foreign commune", "draft", set()),
    ],
)
def test_plan_rules(db, role, where, state, acts):
    district = tan_hong()
    units = {
        "own": district, "above": district.parent, "commune": district.children.first(),
        "foreign": UnitFactory(district=True), "foreign commune": UnitFactory(),
    }  # fmt: skip
    plan = PlanFactory(unit=district)
    plan.state = state

    assert allowed(UserFactory(role=role, unit=units[where]), plan) == acts


def test_people_of_a_unit_that_has_ended_read_and_print_but_do_not_act(district, officer, leader, settings):
    plan = PlanFactory(unit=district)
    settings.OCOP_TODAY = date(2025, 7, 1)

    assert allowed(officer, plan) == READ
    assert not rules.can_create_plan(officer)
    plan.state = "submitted"
    assert allowed(leader, plan) == READ


def test_an_officer_starts_plans_of_the_own_unit_only(district, officer, leader):
    assert rules.can_create_plan(officer)
    assert rules.can_create_plan(officer, district)
    assert not rules.can_create_plan(officer, district.parent)
    assert not rules.can_create_plan(leader, district)


def test_parts_of_a_plan_follow_the_plan(district, officer, commune_officer, other_commune_officer):
    plan = PlanFactory(unit=district)
    row = PotentialProductFactory(plan=plan, commune=commune_officer.unit)

    assert rules.can_edit_section(officer, PlanSectionFactory(plan=plan))
    assert rules.can_edit_annex(officer, AnnexLayoutFactory(plan=plan))
    assert rules.can_edit_budget_line(officer, BudgetLineFactory(plan=plan))
    assert rules.can_edit_potential_product(officer, row)
    assert rules.can_edit_potential_product(commune_officer, row)
    assert not rules.can_edit_potential_product(other_commune_officer, row)
    assert not rules.can_edit_section(commune_officer, PlanSectionFactory(plan=plan))


@pytest.mark.parametrize(
    ("create", "edit", "factory"),
    [
        (rules.can_create_target, rules.can_edit_target, TargetFactory),
        (rules.can_create_activity, rules.can_edit_activity, ActivityFactory),
        (rules.can_create_spending, rules.can_edit_spending, SpendingFactory),
    ],
)
def test_records_of_the_year_are_kept_by_officers_of_the_unit_and_above(
    district, officer, leader, province_officer, commune_officer, create, edit, factory
):
    row = factory(unit=district)

    assert [create(person, district) for person in (officer, province_officer, leader, commune_officer)] == [
        True,
        True,
        False,
        False,
    ]
    assert [edit(person, row) for person in (officer, province_officer, leader, commune_officer)] == [
        True,
        True,
        False,
        False,
    ]
    assert create(officer)


@pytest.mark.parametrize("name", [name for name in dir(rules) if name.startswith("can_")])
def test_every_rule_says_who_can(name):
    assert who_can(getattr(rules, name)).endswith(".")
