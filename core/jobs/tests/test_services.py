"""Asking for jobs, publishing their results, and what becomes of those left behind."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.jobs import leases, services
from core.jobs.models import Job, JobState, RunnerBeat
from core.jobs.tests.factories import JobFactory

pytestmark = pytest.mark.django_db


def ask(key: str = "k", **payload: object) -> Job:
    return services.enqueue("test.work", payload, key=key, by=None, unit_id=7)


def test_enqueue_writes_a_waiting_job() -> None:
    job = ask(year=2022)

    assert (job.state, job.kind, job.key, job.payload, job.unit_id, job.created_by, job.attempts) == (
        "queued", "test.work", "k", {"year": 2022}, 7, None, 0,
    )  # fmt: skip


@pytest.mark.parametrize("trait", [{}, {"running": True}, {"done": True}])
def test_enqueue_of_the_same_key_gives_the_same_job(trait: dict) -> None:
    first = JobFactory(key="k", payload={"year": 2022}, **trait)

    again = ask(year=2023)

    assert (again.pk, again.state, again.payload, Job.objects.count()) == (first.pk, first.state, {"year": 2022}, 1)


def test_enqueue_of_the_same_key_twenty_times_gives_one_job() -> None:
    assert len({ask().pk for _ in range(20)}) == 1


def test_enqueue_of_a_failed_key_starts_over() -> None:
    JobFactory(key="k", failed=True, step="Viết XLSX", step_no=4, steps_total=4)

    job = ask(year=2022)

    fresh = Job.objects.get()
    assert job == fresh
    assert (fresh.state, fresh.attempts, fresh.token, fresh.error, fresh.error_code, fresh.step, fresh.finished_at) == (
        "queued", 0, 1, "", "", "", None,
    )  # fmt: skip


def test_enqueue_is_gone_after_a_rollback() -> None:
    with transaction.atomic():
        ask()
        transaction.set_rollback(True)

    assert not Job.objects.exists()


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch, settings) -> list[int]:
    """The jobs for which the bell was rung, without a broker."""
    from core.jobs import tasks

    settings.JOB_BELL = "celery"
    bells: list[int] = []
    monkeypatch.setattr(tasks.run_job, "apply_async", lambda arguments, **_: bells.append(arguments[0]))
    return bells


def test_enqueue_rings_once_the_job_is_committed(rung, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = ask()
        assert rung == []

    assert rung == [job.pk]
    assert Job.objects.get().rung_at is not None


def test_enqueue_rings_nothing_where_the_rows_are_watched(settings, django_capture_on_commit_callbacks) -> None:
    settings.JOB_BELL = "rows"

    with django_capture_on_commit_callbacks() as callbacks:
        ask()

    assert callbacks == []


def test_enqueue_keeps_the_job_when_the_broker_is_out_of_reach(
    monkeypatch, settings, django_capture_on_commit_callbacks
) -> None:
    from kombu.exceptions import OperationalError

    from core.jobs import tasks

    def refuse(*_arguments: object, **_options: object) -> None:
        raise OperationalError("connection refused")

    settings.JOB_BELL = "celery"
    monkeypatch.setattr(tasks.run_job, "apply_async", refuse)

    with django_capture_on_commit_callbacks(execute=True):
        job = ask()

    assert (Job.objects.get().state, job.rung_at) == ("queued", None)


def test_retry_starts_a_failed_job_over() -> None:
    job = services.retry(JobFactory(failed=True), by=None)

    assert (job.state, job.attempts, job.error) == ("queued", 0, "")


@pytest.mark.parametrize("trait", [{}, {"running": True}, {"done": True}])
def test_retry_of_a_job_that_did_not_fail_is_refused(trait: dict) -> None:
    with pytest.raises(services.JobRefused, match="không cần chạy lại"):
        services.retry(JobFactory(**trait), by=None)


## Publishing


def test_finish_publishes_and_marks_done() -> None:
    job = JobFactory(running=True, steps_total=4, step_no=4)

    services.finish(job, 1, lambda: {"document": 12})

    done = Job.objects.get()
    assert (done.state, done.result, done.lease_until) == ("done", {"document": 12}, None)
    assert done.percent == 100


def test_finish_with_an_older_token_publishes_nothing() -> None:
    job = JobFactory(running=True, token=2)
    published: list[str] = []

    with pytest.raises(leases.LeaseLost):
        services.finish(job, 1, lambda: published.append("once") or {})

    assert (published, Job.objects.get().state) == ([], "running")


def test_finish_of_a_finished_job_publishes_nothing() -> None:
    job = JobFactory(running=True)
    published: list[str] = []
    services.finish(job, 1, lambda: published.append("once") or {})

    with pytest.raises(leases.LeaseLost):
        services.finish(job, 1, lambda: published.append("twice") or {})

    assert published == ["once"]


def test_finish_whose_publication_fails_writes_nothing() -> None:
    job = JobFactory(running=True)

    def publish() -> dict:
        JobFactory(key="written-by-publication")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        services.finish(job, 1, publish)

    assert list(Job.objects.values_list("state", flat=True)) == ["running"]


def test_fail_with_an_older_token_changes_nothing() -> None:
    job = JobFactory(running=True, token=2)

    assert services.fail(job, 1, "Vì sao.", code="X") is False
    assert Job.objects.get().state == "running"


## Left behind


def test_sweep_fails_a_job_left_behind_on_its_last_attempt(settings) -> None:
    JobFactory(left_behind=True, attempts=settings.JOB_MAX_ATTEMPTS)

    assert services.sweep() == (1, 0)

    job = Job.objects.get()
    assert (job.state, job.error_code) == ("failed", "WorkerDied")
    assert job.error.startswith("Máy chạy bị ngắt 3 lần khi đang làm việc này nên đã dừng lại.")


@pytest.mark.parametrize("trait", [{"left_behind": True}, {"running": True, "attempts": 3}, {}, {"done": True}])
def test_sweep_leaves_every_other_job_alone(trait: dict) -> None:
    job = JobFactory(**trait)

    assert services.sweep() == (0, 0)
    assert Job.objects.get().state == job.state


def test_sweep_rings_again_for_what_waits_unheard(rung, settings) -> None:
    long_ago = timezone.now() - timedelta(seconds=settings.JOB_LEASE_SECONDS + 1)
    unheard = JobFactory(rung_at=long_ago)
    never_rung = JobFactory()
    behind = JobFactory(left_behind=True, rung_at=long_ago)
    JobFactory(rung_at=timezone.now())
    JobFactory(ready_at=timezone.now() + timedelta(minutes=1))
    JobFactory(running=True, rung_at=long_ago)

    assert services.sweep() == (0, 3)
    assert sorted(rung) == sorted([unheard.pk, never_rung.pk, behind.pk])


def test_sweep_forgets_workers_not_seen_for_a_day() -> None:
    RunnerBeat.objects.create(worker="cũ", seen_at=timezone.now() - timedelta(days=2))
    RunnerBeat.objects.create(worker="mới", seen_at=timezone.now())

    services.sweep()

    assert list(RunnerBeat.objects.values_list("worker", flat=True)) == ["mới"]


## The database is the last judge


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("job_running_has_lease", {"state": JobState.RUNNING}),
        ("job_end_has_time", {"state": JobState.DONE}),
        ("job_end_has_time", {"finished_at": timezone.now()}),
        ("job_failed_says_why", {"state": JobState.FAILED, "finished_at": timezone.now()}),
    ],
)
def test_constraint_refuses_a_state_without_its_facts(name: str, values: dict) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        JobFactory(**values)


def test_constraint_refuses_the_same_key_twice() -> None:
    JobFactory(key="k")

    with pytest.raises(IntegrityError), transaction.atomic():
        JobFactory(key="k")
