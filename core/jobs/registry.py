"""What kinds of job there are, and what is done every so often. Filled by the apps in `AppConfig.ready()`."""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from core.jobs.models import Job
from core.jobs.run import Run

logger = logging.getLogger(__name__)

Publication = Callable[[], Mapping[str, Any]]
Handler = Callable[[Run], Publication]
MayRun = Callable[[Any, Job], bool]
ResultLink = Callable[[Job], tuple[str, str] | None]


@dataclass(frozen=True)
class Kind:
    """One kind of job.

    `handler` works outside any transaction and returns a Publication: a callable that writes the result and returns
    what the job keeps as `result` (JSON). It runs in the one transaction that also marks the job done, at most once
    per job; it must be quick, for it holds the row (on SQLite: the database).
    `may_run(user, job)` is asked when the job starts: a person who lost the right meanwhile gets no result. Its
    docstring says in Vietnamese who may.
    `result_link(job)` gives (label, URL) of what came of a job that is done, or None, for the job's page.
    """

    name: str
    label: str
    handler: Handler
    may_run: MayRun | None = None
    result_link: ResultLink | None = None


@dataclass(frozen=True)
class Tick:
    """Something the built-in runner does every `seconds`; under Celery the beat schedule does it."""

    name: str
    seconds: float
    run: Callable[[], object]


_kinds: dict[str, Kind] = {}
_ticks: dict[str, Tick] = {}
_at_start: dict[str, Callable[[], object]] = {}


def register(
    kind: str, handler: Handler, *, label: str, may_run: MayRun | None = None, result_link: ResultLink | None = None
) -> None:
    """Make a kind of job known; `label` is the Vietnamese name of the work, as the job's page shows it."""
    _kinds[kind] = Kind(kind, label, handler, may_run, result_link)


def kind_of(job: Job) -> Kind:
    """The kind of a job; KeyError when no app registered it."""
    return _kinds[job.kind]


def find(kind: str) -> Kind | None:
    return _kinds.get(kind)


def register_tick(name: str, seconds: float, run: Callable[[], object]) -> None:
    """Make the built-in runner call `run()` every `seconds`; an error in it is logged and the next turn comes."""
    _ticks[name] = Tick(name, seconds, run)


def ticks() -> tuple[Tick, ...]:
    return tuple(_ticks.values())


def register_worker_start(name: str, run: Callable[[], object]) -> None:
    """Have every process that runs jobs call `run()` once when it starts, to load what the first job would wait for."""
    _at_start[name] = run


def worker_started() -> threading.Thread:
    """Called by a process that begins to run jobs, never by a web process. Jobs do not wait for what is started."""
    thread = threading.Thread(target=_start_all, daemon=True)
    thread.start()
    return thread


def _start_all() -> None:
    for name, run in _at_start.items():
        try:
            run()
        except Exception:
            logger.exception("%s could not be started ahead; the first job that needs it will say why", name)
