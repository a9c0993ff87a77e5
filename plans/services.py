"""Everything that writes plans and what belongs to them. All rows go through the audit services."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Manager, Max
from django.utils import timezone

from accounts.models import User
from communes.models import Level, Unit
from communes.rules import unit_is_active
from core import workflow
from core.audit import services as audit
from core.errors import Refused
from core.jobs import services as jobs
from core.jobs.models import Job
from core.vietnamese import numbers
from plans import blocks
from plans.annex_rows import check_layout
from plans.collect import collect_plan, working_date
from plans.jobs import JOB_KIND
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
    amount_name,
)
from plans.text import TextRefused
from plans.workflow import APPROVE, EDITABLE_STATES, RETURN, SUBMIT

DEFAULT_PLAN = Path(__file__).parent / "data" / "default_plan.yaml"
SECTION_COLUMNS = ("key", "heading", "numbering", "kind", "text", "options", "runs_in", "sort_order")
ANNEX_COLUMNS = ("number", "label", "title", "unit_line", "orientation", "columns", "group_by", "options", "in_pdf")


class PlanRefused(Refused):
    """An act on a plan that its unit, year or state does not allow."""


# --- the plan


@transaction.atomic
def create_plan(*, unit: Unit, year: int, by: User | None, title: str = "") -> Plan:
    """Start the plan of a unit and year with the sections and annexes of its last plan, else with the default ones.

    Raises UnitNotInPlanYear, PlanRefused for a unit that has ended, ValidationError when the plan is there already.
    """
    if not unit_is_active(unit):
        raise PlanRefused(
            f"{_capital(unit.full_name)} đã kết thúc hoạt động ngày {unit.valid_to:%d/%m/%Y} nên không lập kế hoạch mới. "
            "Đơn vị kế thừa lập kế hoạch của mình."
        )
    last = Plan.objects.filter(unit=unit, year__lt=year).order_by("-year").first()
    plan = Plan(unit=unit, year=year, title=title or (last.title if last else str(default_structure()["title"])))
    working_date(plan)
    plan.document_type = last.document_type if last else plan.document_type
    audit.create(plan, by=by)
    if last:
        _copy_structure(last, plan, by=by)
    else:
        _default_structure(plan, by=by)
    return plan


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _copy_structure(source: Plan, target: Plan, *, by: User | None) -> None:
    copies: dict[int, PlanSection] = {}
    waiting = list(source.sections.order_by("sort_order", "pk"))
    while waiting:
        section = next(row for row in waiting if row.parent_id is None or row.parent_id in copies)
        waiting.remove(section)
        values = {name: getattr(section, name) for name in SECTION_COLUMNS}
        parent = copies[section.parent_id] if section.parent_id else None
        copies[section.pk] = audit.create(PlanSection(plan=target, parent=parent, **values), by=by)
    for annex in source.annexes.order_by("number"):
        audit.create(AnnexLayout(plan=target, **{name: getattr(annex, name) for name in ANNEX_COLUMNS}), by=by)


@lru_cache(maxsize=1)
def default_structure() -> Mapping[str, Any]:
    """The title, sections and annexes of a plan without a predecessor."""
    structure: Mapping[str, Any] = yaml.safe_load(DEFAULT_PLAN.read_text(encoding="utf-8"))
    return structure


def _default_structure(plan: Plan, *, by: User | None) -> None:
    structure = default_structure()
    _create_sections(plan, None, structure["sections"], by=by)
    for annex in structure["annexes"]:
        audit.create(AnnexLayout(plan=plan, **annex), by=by)


def _create_sections(
    plan: Plan, parent: PlanSection | None, sections: Sequence[Mapping[str, Any]], *, by: User | None
) -> None:
    for number, values in enumerate(sections):
        own = {name: value for name, value in values.items() if name not in ("sections", "at_commune")}
        if plan.unit.level == Level.COMMUNE:
            own |= values.get("at_commune", {})
        section = audit.create(PlanSection(plan=plan, parent=parent, sort_order=number, **own), by=by)
        _create_sections(plan, section, values.get("sections", ()), by=by)


@transaction.atomic
def update_plan(plan: Plan, values: Mapping[str, Any], *, by: User | None, version: int | None = None) -> Plan:
    """Change title, working date, number, date or signer while the plan is drafted."""
    _require_draft(plan)
    if "title" in values:
        _check("title", lambda: blocks.check_heading(str(values["title"])))
    return audit.update(plan, values, by=by, version=version)


def _require_draft(plan: Plan) -> None:
    """Refuse unless drafted; holds the plan's row until the edit is committed, so that no submission comes between."""
    state = Plan.objects.select_for_update().values_list("state", flat=True).get(pk=plan.pk)
    if state not in EDITABLE_STATES:
        label = dict(Plan._meta.get_field("state").flatchoices)[state].lower()
        raise PlanRefused(f"Kế hoạch {label} nên không sửa được. Trả lại kế hoạch rồi sửa.")


def _check(column: str, check: Callable[[], object]) -> None:
    """A refusal of the grammar becomes the error of the form's field."""
    try:
        check()
    except TextRefused as refusal:
        sentences = [f"Dòng {problem.line}: {problem.sentence}" for problem in refusal.problems]
        raise ValidationError({column: sentences}) from refusal


# --- sections and annexes


@transaction.atomic
def create_section(plan: Plan, values: Mapping[str, Any], *, by: User | None) -> PlanSection:
    """Add a section. Raises ValidationError for a text that cannot be printed, naming the lines."""
    _require_draft(plan)
    _check_section(values, PlanSection())
    return audit.create(PlanSection(plan=plan, **values), by=by)


@transaction.atomic
def update_section(
    section: PlanSection, values: Mapping[str, Any], *, by: User | None, version: int | None = None
) -> PlanSection:
    """Change a section. Raises ValidationError for a text that cannot be printed, naming the lines."""
    _require_draft(section.plan)
    _check_section(values, section)
    return audit.update(section, values, by=by, version=version)


@transaction.atomic
def add_section(plan: Plan, values: Mapping[str, Any], *, by: User | None) -> PlanSection:
    """Add a section after its neighbours. Raises ValidationError as `create_section` does."""
    _require_draft(plan)  # holds the plan's row: two sections added at once get two places
    last = plan.sections.filter(parent=values.get("parent")).order_by("-sort_order").first()
    return create_section(plan, {**values, "sort_order": last.sort_order + 1 if last else 0}, by=by)


@transaction.atomic
def move_section(section: PlanSection, *, step: int, by: User | None) -> PlanSection:
    """Move a section `step` places (-1 up, 1 down) among those under the same heading; at the end it stays."""
    _require_draft(section.plan)
    rows = list(PlanSection.objects.filter(plan=section.plan, parent=section.parent_id).order_by("sort_order", "pk"))
    at = next(place for place, row in enumerate(rows) if row.pk == section.pk)
    rows.insert(max(at + step, 0), rows.pop(at))
    for place, row in enumerate(rows):
        audit.update(row, {"sort_order": place}, by=by)
    return section


def _check_section(values: Mapping[str, Any], section: PlanSection) -> None:
    _check("heading", lambda: blocks.check_heading(str(values.get("heading", section.heading))))
    options = values.get("options", section.options) or {}
    _check("text", lambda: blocks.check_section(str(values.get("text", section.text)), options))


@transaction.atomic
def delete_section(section: PlanSection, *, by: User | None) -> None:
    """Delete a section and those under it."""
    _require_draft(section.plan)
    audit.delete(section, by=by)


@transaction.atomic
def update_annex(
    annex: AnnexLayout, values: Mapping[str, Any], *, by: User | None, version: int | None = None
) -> AnnexLayout:
    """Change how an annex looks, or whether the plan prints it. Raises annex_rows.LayoutRefused."""
    _require_draft(annex.plan)
    if "title" in values:
        _check("title", lambda: blocks.check_heading(str(values["title"])))
    check_layout(annex.number, values.get("columns", annex.columns), values.get("group_by", annex.group_by))
    return audit.update(annex, values, by=by, version=version)


# --- potential products and the budget


@transaction.atomic
def create_potential_product(plan: Plan, values: Mapping[str, Any], *, by: User | None) -> PotentialProduct:
    """Put a product forward for the plan's year."""
    _require_draft(plan)
    row = PotentialProduct(plan=plan, **values)
    row.sort_order = row.sort_order or _next_place(plan.potential_products)
    return audit.create(row, by=by)


@transaction.atomic
def update_potential_product(
    row: PotentialProduct, values: Mapping[str, Any], *, by: User | None, version: int | None = None
) -> PotentialProduct:
    """Change a product that was put forward."""
    _require_draft(row.plan)
    return audit.update(row, values, by=by, version=version)


@transaction.atomic
def delete_potential_product(row: PotentialProduct, *, by: User | None) -> None:
    """Take a product off the list."""
    _require_draft(row.plan)
    audit.delete(row, by=by)


def _next_place(rows: Manager[Any]) -> int:
    """The place after the last row of a list: what is entered without a place comes in the order of entry."""
    return (rows.aggregate(last=Max("sort_order"))["last"] or 0) + 1


Amounts = Mapping[tuple[str, str], int]  # (source, nature) -> đồng


@transaction.atomic
def create_budget_line(plan: Plan, values: Mapping[str, Any], *, amounts: Amounts, by: User | None) -> BudgetLine:
    """Add a line of the budget with its amounts by source.

    Raises ValidationError when quantity × unit price is not the sum of the sources.
    """
    _require_draft(plan)
    line = BudgetLine(plan=plan, **values)
    line.sort_order = line.sort_order or _next_place(plan.budget_lines)
    _check_sum(line.quantity, line.unit_price, amounts)
    audit.create(line, by=by)
    _set_amounts(line, amounts, by=by)
    return line


@transaction.atomic
def update_budget_line(
    line: BudgetLine,
    values: Mapping[str, Any],
    *,
    amounts: Amounts | None = None,
    by: User | None,
    version: int | None = None,
) -> BudgetLine:
    """Change a line; `amounts`, when given, replace those there are and count as a change of the line."""
    _require_draft(line.plan)
    current = audit.lock(line)
    present = {(row.source, row.nature): row.amount for row in current.amounts.all()}
    wanted = present if amounts is None else {key: amount for key, amount in amounts.items() if amount}
    _check_sum(values.get("quantity", current.quantity), values.get("unit_price", current.unit_price), wanted)
    parts = {amount_name(*key): (present.get(key), wanted.get(key)) for key in sorted(present.keys() | wanted.keys())}
    changed = audit.update(line, values, by=by, version=version, parts=parts)
    _set_amounts(changed, wanted, by=by)
    return changed


@transaction.atomic
def delete_budget_line(line: BudgetLine, *, by: User | None) -> None:
    """Delete a line with its amounts."""
    _require_draft(line.plan)
    audit.delete(line, by=by)


def _check_sum(quantity: Decimal | None, unit_price: int | None, amounts: Amounts) -> None:
    total = sum(amounts.values())
    if quantity is None or unit_price is None or quantity * unit_price == total:
        return
    expected = numbers.decimal(quantity * unit_price, max_places=6)  # also a quantity typed too finely
    raise ValidationError(
        f"Số lượng × đơn giá là {expected} đồng nhưng các nguồn cộng lại là {numbers.integer(total)} đồng. "
        "Sửa số lượng, đơn giá hoặc số tiền của các nguồn cho khớp."
    )


def _set_amounts(line: BudgetLine, amounts: Amounts, *, by: User | None) -> None:
    present = {(row.source, row.nature): row for row in line.amounts.all()}
    wanted = {key: amount for key, amount in amounts.items() if amount}
    for key in sorted(present.keys() - wanted.keys()):
        audit.delete(present[key], by=by)
    for key, amount in sorted(wanted.items()):
        if key in present:
            audit.update(present[key], {"amount": amount}, by=by)
        else:
            audit.create(BudgetAmount(line=line, source=key[0], nature=key[1], amount=amount), by=by)


# --- records of a unit's year


def create_target(values: Mapping[str, Any], *, by: User | None) -> Target:
    """Add a target of a unit's year."""
    return audit.create(Target(**values), by=by)


def update_target(target: Target, values: Mapping[str, Any], *, by: User | None, version: int | None = None) -> Target:
    """Change a target."""
    return audit.update(target, values, by=by, version=version)


def create_activity(values: Mapping[str, Any], *, by: User | None) -> Activity:
    """Record an activity of the programme."""
    return audit.create(Activity(**values), by=by)


def update_activity(
    activity: Activity, values: Mapping[str, Any], *, by: User | None, version: int | None = None
) -> Activity:
    """Change an activity."""
    return audit.update(activity, values, by=by, version=version)


def create_spending(values: Mapping[str, Any], *, by: User | None) -> Spending:
    """Record money spent in a year."""
    return audit.create(Spending(**values), by=by)


def update_spending(
    spending: Spending, values: Mapping[str, Any], *, by: User | None, version: int | None = None
) -> Spending:
    """Change a spending."""
    return audit.update(spending, values, by=by, version=version)


# --- moves


def submit_plan(plan: Plan, *, by: User) -> Plan:
    """Hand the plan to the leader. Raises core.workflow.TransitionRefused."""
    return workflow.apply(plan, SUBMIT, by=by, submitted_at=timezone.now(), submitted_by=by, return_reason="")


def return_plan(plan: Plan, *, by: User, reason: str) -> Plan:
    """Give the plan back with the reason. Raises core.workflow.TransitionRefused, also without a reason."""
    return workflow.apply(plan, RETURN, by=by, reason=reason, return_reason=reason.strip())


def approve_plan(plan: Plan, *, by: User) -> Plan:
    """Approve the plan. Raises core.workflow.TransitionRefused."""
    return workflow.apply(plan, APPROVE, by=by, approved_at=timezone.now(), approved_by=by)


# --- documents


def request_generation(plan: Plan, *, by: User | None) -> Job:
    """Ask for the plan's documents; the same snapshot asked for again gives the same job.

    Raises UnitNotInPlanYear, and SectionRefused when a section's text cannot be read.
    """
    snapshot = collect_plan(plan)
    key = f"{plan.pk}:{snapshot.identity}"
    return jobs.enqueue(JOB_KIND, {"plan": plan.pk}, key=key, by=by, unit_id=plan.unit_id)
