"""Reading plans: which plan an address means, and what its pages show beside the figures."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet, Sum

from communes.models import UnitReach, scope_filter
from communes.queries import UnitNotFound, meant_by, parse_code, unit_for
from core.documents.models import GeneratedDocument
from core.documents.queries import documents_of
from core.jobs.models import Job, JobState
from plans.jobs import DOCUMENT_KIND, JOB_KIND
from plans.models import BudgetAmount, BudgetLine, Plan, PlanSection

SHOWN_DOCUMENTS = 5


def plan_at(plans: QuerySet[Plan], unit: str, year: int) -> Plan | None:
    """The plan that an address means among those a person may see.

    Raises UnitAmbiguous when the code alone means two of them.
    """
    try:
        asked = parse_code(unit)
    except UnitNotFound:
        return None
    found = list(
        plans.filter(unit__code=asked.code, year=year).select_related(
            "unit__parent", "signer", "submitted_by", "approved_by"
        )
    )
    meant = {row.pk for row in meant_by(asked, [plan.unit for plan in found])}
    found = [plan for plan in found if plan.unit_id in meant]
    if len(found) > 1:
        unit_for(unit, year)
    return found[0] if found else None


def plans_taking_products(user: Any) -> QuerySet[Plan]:
    """The plans whose potential products a person may list: those one sees, and those of the units above one's own."""
    above = UnitReach.objects.filter(unit_id=user.unit_id).values("viewer_id")
    return Plan.objects.filter(scope_filter(user, "unit_id") | Q(unit_id__in=above))


def section_tree(plan: Plan) -> list[tuple[int, PlanSection]]:
    """The sections in reading order, each with its depth from 0."""
    children: dict[int | None, list[PlanSection]] = {}
    for section in plan.sections.order_by("sort_order", "pk"):
        children.setdefault(section.parent_id, []).append(section)
    return _under(children, None, 0)


def _under(
    children: Mapping[int | None, list[PlanSection]], parent: int | None, depth: int
) -> list[tuple[int, PlanSection]]:
    found: list[tuple[int, PlanSection]] = []
    for section in children.get(parent, ()):
        found += [(depth, section), *_under(children, section.pk, depth + 1)]
    return found


def with_totals(lines: QuerySet[BudgetLine]) -> QuerySet[BudgetLine]:
    """Budget lines with the sum of their sources as `total`, in đồng."""
    return lines.annotate(total=Sum("amounts__amount", default=0))


def totals_by_source(plan: Plan) -> dict[str, int]:
    """The budget of a plan by source, in đồng; sources without money are left out."""
    rows = (
        BudgetAmount.objects.filter(line__plan=plan).values("source").annotate(total=Sum("amount")).order_by("source")
    )
    return {row["source"]: row["total"] for row in rows}


def recent_documents(plan: Plan) -> list[GeneratedDocument]:
    """The newest generated documents of a plan with their files."""
    return list(documents_of(DOCUMENT_KIND, plan.pk)[:SHOWN_DOCUMENTS])


def running_job(plan: Plan) -> Job | None:
    """The job that makes this plan's documents right now."""
    waiting = Job.objects.filter(
        kind=JOB_KIND, key__startswith=f"{plan.pk}:", state__in=[JobState.QUEUED, JobState.RUNNING]
    )
    return waiting.order_by("-pk").first()
