"""Running jobs: one of them (Celery's task and the loop call the same function), or all of them in a loop."""

import logging
import os
import signal
import socket
import threading
import time
from types import FrameType

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError, close_old_connections, connection

from core.errors import Refused
from core.jobs import leases, registry, services, stages
from core.jobs.models import Job
from core.jobs.run import Run
from core.permissions import who_can

logger = logging.getLogger(__name__)

_LOST_RIGHT = "Người yêu cầu không còn quyền làm việc này nên máy không chạy. {who}"
_NO_REASON = "Người yêu cầu không có quyền làm việc này. Nhờ người phụ trách của đơn vị thực hiện."
_FINISH_TRIES = 5


def worker_name() -> str:
    """Unique among living workers: machine and process."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}"


def run_next(worker: str, *, job_id: int | None = None) -> bool:
    """Claim one job (the next, or the one named) and run it to its end; False when there was none to claim."""
    job = leases.claim(worker=worker, job_id=job_id)
    if job is None:
        return False
    run = Run(job, job.token)
    try:
        _run(run, worker)
    except leases.LeaseLost as lost:
        logger.warning("%s; nothing written", lost)
    except (Refused, PermissionDenied) as refusal:
        services.fail(job, run.token, str(refusal) or _NO_REASON, code=type(refusal).__name__)
    except (SystemExit, KeyboardInterrupt):
        leases.let_go(job.pk, run.token)
        raise
    except Exception as error:
        logger.exception("job %s (%s) stopped on an error, attempt %s", job.pk, job.kind, job.attempts)
        connection.close_if_unusable_or_obsolete()  # the error may be the connection's own
        services.fail_or_try_again(job, run.token, code=type(error).__name__)
    return True


def _run(run: Run, worker: str) -> None:
    with leases.Heartbeat(job_id=run.job.pk, token=run.token, worker=worker, lost=run.lost):
        stages.reached("claimed")
        kind = registry.kind_of(run.job)
        _check_right(kind, run.job)
        publish = kind.handler(run)
    _finish(run, publish)
    stages.reached("published")


def _check_right(kind: registry.Kind, job: Job) -> None:
    """A job runs only while the person who asked may still ask; the system's own jobs have nobody to check."""
    user = job.created_by
    if user is None:
        return
    if not user.is_active or (kind.may_run is not None and not kind.may_run(user, job)):
        who = who_can(kind.may_run) if kind.may_run is not None else ""
        raise services.JobRefused(_LOST_RIGHT.format(who=who).strip())


def _finish(run: Run, publish: registry.Publication) -> None:
    """Publish; on SQLite another writer may hold the database for longer than its timeout, then try again."""
    for left in reversed(range(_FINISH_TRIES)):
        try:
            services.finish(run.job, run.token, publish)
        except OperationalError as error:
            if "locked" not in str(error) or not left:
                raise
            leases.extend(run.job.pk, run.token)
        else:
            return


class Loop:
    """The built-in runner: one machine, no broker. Runs jobs one after the other and does what is due in between.

    TERM or INT once: the job at hand is finished, then the loop ends. Twice: the job is given back at once.
    """

    def __init__(self, *, worker: str) -> None:
        self.worker = worker
        self._stop = threading.Event()
        self._due: dict[str, float] = {}
        self._next_beat = 0.0

    def listen_to_signals(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        if self._stop.is_set():
            raise SystemExit(128 + number)
        self._stop.set()

    def run(self) -> None:
        """Work until told to stop. A database out of reach or locked is waited for, not died of."""
        while not self._stop.is_set():
            if not self._turn():
                self._stop.wait(settings.JOB_POLL_SECONDS)
        close_old_connections()

    def run_until_idle(self) -> int:
        """Work until nothing is waiting; how many jobs were run."""
        jobs = 0
        while self._turn():
            jobs += 1
        return jobs

    def _turn(self) -> bool:
        """One look at the rows; whether there was a job to run."""
        try:
            close_old_connections()
            self._beat()
            self._tick()
            return run_next(self.worker)
        except (OperationalError, InterfaceError) as error:
            logger.warning("the database cannot be written now, trying again: %s", error)
            connection.close_if_unusable_or_obsolete()
            return False

    def _beat(self) -> None:
        now = time.monotonic()
        if now >= self._next_beat:
            leases.beat(self.worker)
            self._next_beat = now + settings.JOB_HEARTBEAT_SECONDS

    def _tick(self) -> None:
        for tick in registry.ticks():
            now = time.monotonic()
            if now >= self._due.get(tick.name, 0.0):
                self._due[tick.name] = now + tick.seconds
                self._run_tick(tick)

    def _run_tick(self, tick: registry.Tick) -> None:
        try:
            tick.run()
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            logger.exception("tick %s failed; its next turn comes in %s s", tick.name, tick.seconds)
