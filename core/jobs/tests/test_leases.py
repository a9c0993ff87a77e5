"""Claiming, holding and giving back."""

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from core.jobs import leases
from core.jobs.models import Job, RunnerBeat
from core.jobs.run import Run
from core.jobs.tests.factories import JobFactory


@pytest.mark.django_db
def test_claim_takes_the_job_that_waited_longest() -> None:
    JobFactory(key="later", ready_at=timezone.now() - timedelta(seconds=1))
    JobFactory(key="first", ready_at=timezone.now() - timedelta(seconds=9))

    job = leases.claim(worker="máy-1")

    assert job is not None
    assert (job.key, job.state, job.token, job.attempts, job.worker) == ("first", "running", 1, 1, "máy-1")
    assert job.lease_until > timezone.now()


@pytest.mark.django_db
def test_claim_takes_over_a_job_left_behind() -> None:
    JobFactory(left_behind=True, token=4, attempts=2, step="Viết DOCX", step_no=3, steps_total=4)

    job = leases.claim(worker="máy-2")

    assert job is not None
    assert (job.token, job.attempts, job.worker, job.step, job.step_no) == (5, 3, "máy-2", "", 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "values",
    [
        {"running": True},
        {"left_behind": True, "attempts": 3},
        {"done": True},
        {"failed": True},
        {"ready_at": timezone.now() + timedelta(hours=1)},
    ],
)
def test_claim_takes_nothing_that_is_held_over_or_not_due(values: dict) -> None:
    JobFactory(**values)

    assert leases.claim(worker="máy-1") is None


@pytest.mark.django_db
def test_claim_of_a_named_job_takes_no_other() -> None:
    JobFactory(key="other")
    named = JobFactory(key="named")

    assert leases.claim(worker="máy-1", job_id=named.pk) == named
    assert leases.claim(worker="máy-1", job_id=named.pk) is None


@pytest.mark.django_db
def test_claim_with_a_token_from_before_takes_nothing() -> None:
    seen = JobFactory()
    assert leases.claim(worker="máy-1") is not None
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    assert leases._take(seen, worker="máy-2", now=timezone.now()) is False


@pytest.mark.django_db(transaction=True)
def test_claim_by_eight_workers_at_once_gives_each_job_to_one() -> None:
    for _ in range(6):
        JobFactory()
    taken: list[int] = []

    def work(number: int) -> None:
        try:
            while True:
                try:
                    job = leases.claim(worker=f"máy-{number}")
                except OperationalError:  # SQLite: another one is writing just now
                    continue
                if job is None:
                    return
                taken.append(job.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == sorted(Job.objects.values_list("pk", flat=True))


@pytest.mark.django_db
def test_extend_holds_the_job_for_another_lease() -> None:
    job = JobFactory(running=True, lease_until=timezone.now() + timedelta(milliseconds=1))

    assert leases.extend(job.pk, 1) is True
    assert Job.objects.get().lease_until > timezone.now() + timedelta(seconds=1)


@pytest.mark.django_db
def test_extend_with_an_older_token_changes_nothing() -> None:
    job = JobFactory(running=True, token=2)

    assert leases.extend(job.pk, 1) is False
    assert Job.objects.get().lease_until == job.lease_until


@pytest.mark.django_db
def test_let_go_gives_the_job_back_without_counting_the_attempt() -> None:
    job = JobFactory(running=True, attempts=2)

    assert leases.let_go(job.pk, 1) is True
    fresh = Job.objects.get()
    assert (fresh.state, fresh.attempts, fresh.lease_until) == ("queued", 1, None)


@pytest.mark.django_db
def test_step_writes_the_progress() -> None:
    run = Run(JobFactory(running=True, payload={"year": 2022}), 1)

    run.step("Viết DOCX", 3, 4)

    job = Job.objects.get()
    assert (job.step, job.step_no, job.steps_total, job.percent, run.payload) == ("Viết DOCX", 3, 4, 50, {"year": 2022})


@pytest.mark.django_db
def test_step_of_a_job_taken_over_raises_lease_lost() -> None:
    run = Run(JobFactory(running=True, token=2), 1)

    with pytest.raises(leases.LeaseLost):
        run.step("Viết DOCX", 3, 4)

    assert Job.objects.get().step == ""


@pytest.mark.django_db
def test_step_after_the_heartbeat_found_the_lease_lost_raises() -> None:
    run = Run(JobFactory(running=True), 1)
    run.lost.set()

    with pytest.raises(leases.LeaseLost):
        run.step("Viết DOCX", 3, 4)


@pytest.mark.django_db(transaction=True)
def test_heartbeat_extends_the_lease_and_shows_the_worker(settings) -> None:
    settings.JOB_HEARTBEAT_SECONDS = 0.02
    job = JobFactory(running=True, lease_until=timezone.now())
    lost = threading.Event()

    with leases.Heartbeat(job_id=job.pk, token=1, worker="máy-1", lost=lost):
        _wait_until(lambda: RunnerBeat.objects.exists() and Job.objects.get().lease_until > job.lease_until)

    assert not lost.is_set()


@pytest.mark.django_db(transaction=True)
def test_heartbeat_of_a_job_taken_over_says_so(settings) -> None:
    settings.JOB_HEARTBEAT_SECONDS = 0.02
    job = JobFactory(running=True, token=2)
    lost = threading.Event()

    with leases.Heartbeat(job_id=job.pk, token=1, worker="máy-1", lost=lost):
        assert lost.wait(10)


@pytest.mark.django_db
def test_heartbeat_that_cannot_reach_the_database_goes_on(monkeypatch) -> None:
    def refuse(*_arguments: object) -> bool:
        raise OperationalError("database is locked")

    monkeypatch.setattr(leases, "extend", refuse)
    monkeypatch.setattr(leases.connection, "close", lambda: None)
    heartbeat = leases.Heartbeat(job_id=1, token=1, worker="máy-1", lost=threading.Event())

    assert heartbeat._beat_once() is True


def _wait_until(ready) -> None:
    waiting = threading.Event()
    for _ in range(500):
        if ready():
            return
        waiting.wait(0.02)
    pytest.fail("it did not come")
