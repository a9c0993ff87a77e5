"""The job that makes a plan's documents, and who reads them."""

from collections.abc import Mapping
from typing import Any

from core.documents import queries as documents
from core.documents import registry as document_kinds
from core.documents import services as document_services
from core.documents.models import GeneratedDocument
from core.documents.services import NewFile
from core.errors import Refused
from core.jobs import registry
from core.jobs.models import Job
from core.jobs.registry import Publication
from core.jobs.run import Run
from plans import rules
from plans.addresses import plan_url
from plans.collect import PlanSnapshot, collect_plan
from plans.generate import PlanFile, generate_files, step_count
from plans.models import Plan

JOB_KIND = "plans.generate"
DOCUMENT_KIND = "plans.plan"


class PlanGone(Refused):
    """The plan was deleted after the button was pressed."""


def generate(run: Run) -> Publication:
    """Collect, render and hand back the publication; the rows that are printed are those of now, not of the button."""
    plan = _plan(run.payload["plan"])
    snapshot = collect_plan(plan)
    total = step_count(snapshot)
    run.step("Thu thập số liệu", 1, total)
    known = documents.of_snapshot(DOCUMENT_KIND, plan.pk, snapshot.identity)
    files: tuple[PlanFile, ...] = () if known else generate_files(snapshot, step=run.step)
    run.step("Lưu văn bản", total, total)
    return lambda: _publish(run.job, plan, snapshot, files)


def _plan(pk: int) -> Plan:
    plan = Plan.objects.filter(pk=pk).select_related("unit", "signer").first()
    if plan is None:
        raise PlanGone(
            "Kế hoạch này đã bị xóa nên không tạo được văn bản. Mở danh sách kế hoạch để chọn kế hoạch khác."
        )
    return plan


def _publish(job: Job, plan: Plan, snapshot: PlanSnapshot, files: tuple[PlanFile, ...]) -> Mapping[str, Any]:
    document = document_services.publish(
        DOCUMENT_KIND,
        subject_id=plan.pk,
        subject_label=str(plan),
        snapshot=snapshot.canonical(),
        files=[NewFile(file.role, file.name, file.data) for file in files],
        by=job.created_by,
    )
    return {"document": document.pk, "plan": plan.pk, "missing": len(snapshot.missing)}


def may_run(user: Any, job: Job) -> bool:
    """Cán bộ OCOP, lãnh đạo và quản trị của đơn vị lập kế hoạch hoặc của cấp trên tạo văn bản."""
    plan = Plan.objects.filter(pk=job.payload.get("plan")).first()
    return plan is not None and rules.can_generate_plan(user, plan)


def result_link(job: Job) -> tuple[str, str] | None:
    """The plan's page, where the files are."""
    plan = Plan.objects.filter(pk=job.payload.get("plan")).select_related("unit").first()
    return ("Mở kế hoạch và các tệp", plan_url("detail", plan)) if plan else None


def can_read(user: Any, document: GeneratedDocument) -> bool:
    """Cán bộ OCOP, lãnh đạo và quản trị xem được kế hoạch thì tải được văn bản đã tạo."""
    plan = Plan.objects.filter(pk=document.subject_id).first()
    return plan is not None and rules.can_view_plan(user, plan)


def register() -> None:
    """Make the job kind and the document kind known."""
    registry.register(JOB_KIND, generate, label="Tạo kế hoạch và các biểu", may_run=may_run, result_link=result_link)
    document_kinds.register_kind(DOCUMENT_KIND, can_read=can_read, label="Kế hoạch OCOP")
