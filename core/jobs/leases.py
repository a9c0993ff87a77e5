"""Taking a job, holding it, and giving it back. Every write compares the token, so a late worker changes nothing."""

import logging
import threading
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.jobs.models import Job, JobQuerySet, JobState, RunnerBeat

logger = logging.getLogger(__name__)


class LeaseLost(Exception):
    """The lease ran out and another worker took the job: whatever this worker has made is thrown away."""

    def __init__(self, job_id: int, token: int) -> None:
        super().__init__(f"job {job_id}: token {token} is no longer the newest")


def lease_end(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.JOB_LEASE_SECONDS)


def claim(*, worker: str, job_id: int | None = None) -> Job | None:
    """Take the next job, or the one named, for this worker; None when there is nothing to take.

    The conditional UPDATE decides between two workers on every database; skipping locked rows (PostgreSQL) only keeps
    a worker from waiting behind a row that another one is just publishing.
    """
    waiting = Job.objects.all() if job_id is None else Job.objects.filter(pk=job_id)
    if not waiting.claimable(timezone.now()).exists():  # a plain read: an idle runner takes no write lock
        return None
    with transaction.atomic():
        now = timezone.now()
        found = waiting.claimable(now).select_for_update(skip_locked=True).order_by("ready_at", "pk").first()
        if found is None or not _take(found, worker=worker, now=now):
            return None
        return Job.objects.select_related("created_by").get(pk=found.pk)


def _take(job: Job, *, worker: str, now: datetime) -> bool:
    taken = (
        Job.objects.claimable(now)
        .filter(pk=job.pk, token=job.token)
        .update(
            state=JobState.RUNNING, token=F("token") + 1, attempts=F("attempts") + 1, worker=worker,
            lease_until=lease_end(now), heartbeat_at=now, started_at=Coalesce("started_at", now),
            step="", step_no=0, steps_total=0,
        )
    )  # fmt: skip
    return taken == 1


def held(job_id: int, token: int) -> JobQuerySet:
    """The job, if this token still holds it."""
    return Job.objects.filter(pk=job_id, token=token, state=JobState.RUNNING)


def extend(job_id: int, token: int) -> bool:
    """Hold the job for another lease; False when it is no longer ours."""
    now = timezone.now()
    return held(job_id, token).update(lease_until=lease_end(now), heartbeat_at=now) == 1


def write_step(job_id: int, token: int, *, name: str, number: int, total: int) -> None:
    """Write the progress and extend the lease; LeaseLost when the job is no longer ours."""
    now = timezone.now()
    written = held(job_id, token).update(
        step=name, step_no=number, steps_total=total, lease_until=lease_end(now), heartbeat_at=now
    )
    if written != 1:
        raise LeaseLost(job_id, token)


def let_go(job_id: int, token: int) -> bool:
    """Give a job back untouched (the worker is being stopped); this attempt does not count."""
    returned: int = held(job_id, token).update(
        state=JobState.QUEUED, attempts=F("attempts") - 1, lease_until=None, ready_at=timezone.now(), rung_at=None
    )
    return returned == 1


def beat(worker: str) -> None:
    """Say that this worker is alive."""
    RunnerBeat.objects.update_or_create(worker=worker, defaults={"seen_at": timezone.now()})


class Heartbeat:
    """Extends the lease from a thread of its own, with its own connection, while the handler works."""

    def __init__(self, *, job_id: int, token: int, worker: str, lost: threading.Event) -> None:
        self._job_id, self._token, self._worker, self._lost = job_id, token, worker, lost
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat_on, name=f"heartbeat-{job_id}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End the beating and wait for it: while the result is published nobody else writes for this job."""
        self._over.set()
        self._thread.join()

    def _beat_on(self) -> None:
        try:
            while not self._over.wait(settings.JOB_HEARTBEAT_SECONDS):
                if not self._beat_once():
                    self._lost.set()
                    return
        finally:
            connection.close()

    def _beat_once(self) -> bool:
        """Whether the job is still ours, as far as can be told: a database out of reach says nothing."""
        try:
            beat(self._worker)
            return extend(self._job_id, self._token)
        except (OperationalError, InterfaceError) as error:
            logger.warning("job %s: heartbeat not written: %s", self._job_id, error)
            connection.close()
            return True


def runner_seen_since(moment: datetime) -> bool:
    """Whether any worker has shown itself since a moment."""
    return RunnerBeat.objects.filter(seen_at__gte=moment).exists()


def forget_old_beats(now: datetime) -> Any:
    """Drop workers not seen for a day."""
    return RunnerBeat.objects.filter(seen_at__lt=now - timedelta(days=1)).delete()
