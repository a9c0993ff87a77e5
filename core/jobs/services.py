"""Everything that writes jobs, except the lease itself (`leases`)."""

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from core.errors import Refused
from core.jobs import leases, stages
from core.jobs.models import Job, JobState

logger = logging.getLogger(__name__)

_WORKER_DIED = (
    "Máy chạy bị ngắt {attempts} lần khi đang làm việc này nên đã dừng lại. "
    "Bấm “Chạy lại”; nếu vẫn dừng, báo quản trị kèm mã tác vụ."
)
_MACHINE_ERROR = (
    "Máy gặp lỗi khi làm việc này (đã thử {attempts} lần). Bấm “Chạy lại”; nếu vẫn lỗi, báo quản trị kèm mã tác vụ."
)


class JobRefused(Refused):
    """An act on a job that its state does not allow."""


def enqueue(kind: str, payload: Mapping[str, Any], *, key: str, by: Any, unit_id: int | None = None) -> Job:
    """Ask for work. The same kind and key give the same row: waiting, running or done; a failed one starts again.

    Rings the bell when the surrounding transaction commits; after a rollback there is neither row nor bell.
    """
    with transaction.atomic():
        job, is_new = Job.objects.get_or_create(
            kind=kind, key=key, defaults={"payload": dict(payload), "created_by": by, "unit_id": unit_id}
        )
        if not is_new:
            job = Job.objects.select_for_update().get(pk=job.pk)
            if job.state == JobState.FAILED:
                job = _start_over(job, payload=dict(payload), by=by)
    ring(job)
    return job


@transaction.atomic
def retry(job: Job, *, by: Any) -> Job:
    """Start a failed job again, in the name of the person who asks now."""
    locked = Job.objects.select_for_update().get(pk=job.pk)
    if locked.state != JobState.FAILED:
        raise JobRefused("Tác vụ này đang chờ, đang chạy hoặc đã xong, không cần chạy lại.")
    job = _start_over(locked, payload=locked.payload, by=by)
    ring(job)
    return job


def _start_over(job: Job, *, payload: dict[str, Any], by: Any) -> Job:
    job.state, job.attempts, job.ready_at, job.rung_at = JobState.QUEUED, 0, timezone.now(), None
    job.payload, job.created_by = payload, by
    job.step, job.step_no, job.steps_total, job.error, job.error_code = "", 0, 0, "", ""
    job.started_at = job.finished_at = job.lease_until = None
    job.save()
    return job


def ring(job: Job) -> None:
    """Wake a worker once the job is committed. A bell nobody hears is no loss: the sweeper rings again."""
    if settings.JOB_BELL == "celery" and job.state == JobState.QUEUED:
        transaction.on_commit(lambda: _ring_now(job.pk))


def _ring_now(job_id: int) -> None:
    from kombu.exceptions import OperationalError  # noqa: PLC0415 -- only where Celery is in use

    from core.jobs.tasks import run_job  # noqa: PLC0415 -- tasks know services, not the other way round

    try:
        run_job.apply_async((job_id,), retry=False)
    except OperationalError as error:
        logger.warning("job %s waits in the database, the broker is out of reach: %s", job_id, error)
    else:
        Job.objects.filter(pk=job_id).update(rung_at=timezone.now())


def finish(job: Job, token: int, publish: Callable[[], Mapping[str, Any]]) -> None:
    """Publish the result and mark the job done, in one transaction; LeaseLost when the token is no longer ours."""
    with transaction.atomic(durable=True):
        _end_stalled_publication()
        row = Job.objects.select_for_update().get(pk=job.pk)
        if row.token != token or row.state != JobState.RUNNING:
            raise leases.LeaseLost(job.pk, token)
        result = dict(publish())
        Job.objects.filter(pk=job.pk).update(
            state=JobState.DONE, result=result, finished_at=timezone.now(), lease_until=None,
            step_no=row.steps_total, error="", error_code="",
        )  # fmt: skip
        stages.reached("before-publish")


def _end_stalled_publication() -> None:
    """On PostgreSQL: a worker frozen in the middle of publishing loses its transaction, and another may take over.

    SQLite knows no such limit: there everything waits for the frozen process or its end.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            limit = f"{int(settings.JOB_LEASE_SECONDS * 2000)}ms"
            cursor.execute("SELECT set_config('idle_in_transaction_session_timeout', %s, true)", [limit])


def fail(job: Job, token: int, sentence: str, *, code: str) -> bool:
    """End a job as failed with the reason; False when the token is no longer ours."""
    failed: int = leases.held(job.pk, token).update(
        state=JobState.FAILED, error=sentence, error_code=code[:120], finished_at=timezone.now(), lease_until=None
    )
    return failed == 1


def fail_or_try_again(job: Job, token: int, *, code: str) -> None:
    """After an unexpected error: queue the job again a little later, or fail it when the attempts are spent."""
    if job.attempts >= settings.JOB_MAX_ATTEMPTS:
        fail(job, token, _MACHINE_ERROR.format(attempts=job.attempts), code=code)
        return
    wait = timedelta(seconds=settings.JOB_POLL_SECONDS * 2**job.attempts)
    leases.held(job.pk, token).update(
        state=JobState.QUEUED, lease_until=None, ready_at=timezone.now() + wait, rung_at=None, error_code=code[:120]
    )


def sweep() -> tuple[int, int]:
    """Fail what was left behind on its last attempt and ring again for what waits; (failed, rung)."""
    now = timezone.now()
    failed = 0
    for job in Job.objects.exhausted(now):
        sentence = _WORKER_DIED.format(attempts=job.attempts)
        failed += (
            Job.objects.exhausted(now)
            .filter(pk=job.pk, token=job.token)
            .update(
                state=JobState.FAILED, error=sentence, error_code="WorkerDied", finished_at=now, lease_until=None
            )
        )  # fmt: skip
    leases.forget_old_beats(now)
    return failed, _ring_again() if settings.JOB_BELL == "celery" else 0


def _ring_again() -> int:
    """Ring for claimable jobs whose last bell is a lease old; older bells may be lost or still be waiting."""
    now = timezone.now()
    stale = now - timedelta(seconds=settings.JOB_LEASE_SECONDS)
    silent = Job.objects.claimable(now).exclude(rung_at__gt=stale)
    job_ids = list(silent.order_by("ready_at", "pk").values_list("pk", flat=True)[:500])
    for job_id in job_ids:
        _ring_now(job_id)
    return len(job_ids)
