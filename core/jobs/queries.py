"""What the pages of a job show."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from core.jobs import leases, registry
from core.jobs.models import Job, JobState

_TONES = {JobState.QUEUED: "info", JobState.RUNNING: "info", JobState.DONE: "ok", JobState.FAILED: "bad"}


@dataclass(frozen=True)
class Progress:
    """How far a job is, in words. `mark` changes when anything shown changes, so an unchanged poll sends nothing."""

    title: str
    state_label: str
    tone: str
    percent: int
    sentence: str
    is_over: bool
    is_quiet: bool
    link: tuple[str, str] | None
    mark: str


def progress_of(job: Job) -> Progress:
    """The progress of a job with the link to its result; at most one query."""
    is_quiet = stands_still(job)
    kind = registry.find(job.kind)
    link = kind.result_link(job) if kind and kind.result_link and job.state == JobState.DONE else None
    return Progress(
        title=label_of(job),
        state_label=job.get_state_display(),
        tone=tone_of(job),
        percent=job.percent,
        sentence=_sentence(job),
        is_over=job.is_over,
        is_quiet=is_quiet,
        link=link,
        mark=f"{job.state}-{job.token}-{job.step_no}-{int(is_quiet)}",
    )


def label_of(job: Job) -> str:
    """What the job does, in Vietnamese; a kind that is no longer installed shows its name."""
    kind = registry.find(job.kind)
    return kind.label if kind else job.kind


def tone_of(job: Job) -> str:
    return _TONES[JobState(job.state)]


def stands_still(job: Job) -> bool:
    """Whether a job waits for a machine that nobody has seen for JOB_RUNNER_QUIET_SECONDS."""
    if job.is_over:
        return False
    limit = timezone.now() - timedelta(seconds=settings.JOB_RUNNER_QUIET_SECONDS)
    if job.heartbeat_at is not None and job.heartbeat_at >= limit:
        return False
    return not leases.runner_seen_since(limit)


def _sentence(job: Job) -> str:
    match job.state:
        case JobState.QUEUED if job.attempts:
            return f"Lần chạy trước bị ngắt, máy sẽ chạy lại ngay (đã thử {job.attempts} lần)."
        case JobState.QUEUED:
            return "Yêu cầu đã ghi, đang chờ đến lượt."
        case JobState.RUNNING if job.step:
            return f"Bước {job.step_no}/{job.steps_total}: {job.step}"
        case JobState.RUNNING:
            return "Máy đã nhận việc, đang bắt đầu."
        case JobState.DONE:
            return "Đã xong."
    return job.error


def facts_of(job: Job) -> list[tuple[str, str, str]]:
    """The summary list of the job's page: label, value, address."""
    facts = [("Người yêu cầu", str(job.created_by or "phần mềm"), ""), ("Lúc yêu cầu", moment(job.created_at), "")]
    if job.started_at is not None:
        facts.append(("Bắt đầu", moment(job.started_at), ""))
    if job.finished_at is not None:
        facts.append(("Kết thúc", moment(job.finished_at), ""))
    return [*facts, ("Mã tác vụ", str(job.uuid), "")]


def moment(at: datetime) -> str:
    """A moment as pages print it: 14:32:05 ngày 10/01/2022, in Vietnam's time."""
    return f"{timezone.localtime(at):%H:%M:%S ngày %d/%m/%Y}"
