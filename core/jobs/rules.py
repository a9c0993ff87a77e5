"""Who may do what to a job they see."""

from typing import Any

from core.jobs import registry
from core.jobs.models import Job


def can_retry_job(user: Any, job: Job) -> bool:
    """Người đã yêu cầu, hoặc cán bộ OCOP của cùng đơn vị còn quyền làm việc đó, chạy lại tác vụ chưa làm được."""
    if not job.is_failed or not (job.created_by_id == user.pk or _is_officer_of(user, job)):
        return False
    kind = registry.find(job.kind)
    return kind is not None and (kind.may_run is None or kind.may_run(user, job))


def _is_officer_of(user: Any, job: Job) -> bool:
    return bool(user.is_officer and user.unit_id is not None and user.unit_id == job.unit_id)
