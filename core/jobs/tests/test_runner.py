"""Running one job to whatever end it has, and the loop around it."""

import signal
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from core.errors import Refused
from core.jobs import leases, registry, runner, services, tasks
from core.jobs.models import Job, RunnerBeat
from core.jobs.tests.factories import JobFactory, kind_of_work, publishing


@pytest.fixture(autouse=True)
def _no_beat_while_a_test_holds_its_transaction(settings) -> None:
    """The heartbeat's own connection does not see rows that the test has not committed."""
    settings.JOB_HEARTBEAT_SECONDS = 60


def run_one(handler, **options: object) -> Job:
    """Run the one waiting job with a handler."""
    with kind_of_work(handler, **options):
        assert runner.run_next("máy-1") is True
    return Job.objects.get()


@pytest.mark.django_db(transaction=True)
def test_run_publishes_what_the_handler_made() -> None:
    JobFactory(payload={"year": 2022})

    def handler(run):
        run.step("Thu thập số liệu", 1, 2)
        return lambda: {"year": run.payload["year"]}

    job = run_one(handler)

    assert (job.state, job.result, job.attempts, job.step) == ("done", {"year": 2022}, 1, "Thu thập số liệu")


@pytest.mark.django_db(transaction=True)
def test_run_without_a_waiting_job_does_nothing() -> None:
    assert runner.run_next("máy-1") is False


class Missing(Refused):
    pass


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "error", [Missing("Thiếu biểu 3. Nhập biểu 3."), PermissionDenied("Thiếu biểu 3. Nhập biểu 3.")]
)
def test_run_refused_by_its_handler_fails_at_once_with_the_sentence(error: Exception) -> None:
    JobFactory()

    def handler(run):
        raise error

    job = run_one(handler)

    assert (job.state, job.attempts, job.error, job.error_code) == (
        "failed", 1, "Thiếu biểu 3. Nhập biểu 3.", type(error).__name__,
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_run_refused_while_publishing_fails_and_writes_nothing() -> None:
    JobFactory()

    def publish():
        JobFactory(key="written-by-publication")
        raise Missing("Kế hoạch vừa bị xóa.")

    job = run_one(lambda _run: publish)

    assert (job.state, job.error) == ("failed", "Kế hoạch vừa bị xóa.")


@pytest.mark.django_db(transaction=True)
def test_run_forbidden_without_a_sentence_still_says_why() -> None:
    JobFactory()

    def handler(run):
        raise PermissionDenied

    assert run_one(handler).error.startswith("Người yêu cầu không có quyền làm việc này.")


@pytest.mark.django_db(transaction=True)
def test_run_that_stops_on_an_error_is_tried_three_times_and_then_fails(settings) -> None:
    settings.JOB_POLL_SECONDS = 0
    JobFactory()

    def handler(run):
        raise ZeroDivisionError

    states = [run_one(handler).state for _ in range(3)]

    job = Job.objects.get()
    assert states == ["queued", "queued", "failed"]
    assert (job.attempts, job.error_code) == (3, "ZeroDivisionError")
    assert job.error.startswith("Máy gặp lỗi khi làm việc này (đã thử 3 lần).")


@pytest.mark.django_db(transaction=True)
def test_run_that_stops_on_an_error_waits_before_the_next_try(settings) -> None:
    settings.JOB_POLL_SECONDS = 1
    JobFactory()

    def handler(run):
        raise ZeroDivisionError

    assert run_one(handler).ready_at > timezone.now()


@pytest.mark.django_db(transaction=True)
def test_run_of_a_poisoned_job_lets_the_others_pass(settings) -> None:
    settings.JOB_POLL_SECONDS = 0
    JobFactory(key="poison")
    JobFactory(key="good")

    def handler(run):
        if run.job.key == "poison":
            raise ZeroDivisionError
        return dict

    with kind_of_work(handler):
        runner.Loop(worker="máy-1").run_until_idle()

    assert dict(Job.objects.values_list("key", "state")) == {"poison": "failed", "good": "done"}


@pytest.mark.django_db(transaction=True)
def test_run_of_a_kind_nobody_knows_fails_after_its_attempts(settings) -> None:
    settings.JOB_POLL_SECONDS = 0
    JobFactory(kind="gone")

    while runner.run_next("máy-1"):
        pass

    assert (Job.objects.get().state, Job.objects.get().error_code) == ("failed", "KeyError")


@pytest.mark.django_db(transaction=True)
def test_run_that_lost_its_lease_writes_nothing() -> None:
    JobFactory()

    def handler(run):
        Job.objects.update(token=9, worker="máy-2")
        return dict

    job = run_one(handler)

    assert (job.state, job.token, job.worker, job.result) == ("running", 9, "máy-2", {})


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt])
def test_run_interrupted_gives_the_job_back(error: type[BaseException]) -> None:
    JobFactory()

    def handler(run):
        raise error

    with kind_of_work(handler), pytest.raises(error):
        runner.run_next("máy-1")

    assert (Job.objects.get().state, Job.objects.get().attempts) == ("queued", 0)


@pytest.mark.django_db(transaction=True)
def test_finish_tries_again_while_the_database_is_locked(monkeypatch) -> None:
    JobFactory()
    really, tries = services.finish, []

    def finish(*arguments: object) -> None:
        tries.append(1)
        if len(tries) < 3:
            raise OperationalError("database is locked")
        really(*arguments)

    monkeypatch.setattr(services, "finish", finish)

    assert (run_one(publishing({"document": 1})).state, len(tries)) == ("done", 3)


## The right of the person who asked


def may(user, job) -> bool:
    """Cán bộ OCOP của huyện tạo kế hoạch."""
    return user.username == "can-bo-huyen"


def test_run_for_a_person_who_may_is_done(officer) -> None:
    JobFactory(created_by=officer)

    assert run_one(publishing({}), may_run=may).state == "done"


def test_run_for_a_person_who_lost_the_right_fails_and_says_who_can(leader) -> None:
    JobFactory(created_by=leader)

    job = run_one(publishing({}), may_run=may)

    assert (job.state, job.error) == (
        "failed",
        "Người yêu cầu không còn quyền làm việc này nên máy không chạy. Cán bộ OCOP của huyện tạo kế hoạch.",
    )


def test_run_for_a_locked_account_fails(officer) -> None:
    officer.is_active = False
    officer.save()
    JobFactory(created_by=officer)

    assert run_one(publishing({})).error == "Người yêu cầu không còn quyền làm việc này nên máy không chạy."


## Celery's tasks


@pytest.mark.django_db(transaction=True)
def test_task_delivered_five_times_runs_the_job_once() -> None:
    job, runs = JobFactory(), []

    def handler(run):
        runs.append(run.token)
        return dict

    with kind_of_work(handler):
        answers = [tasks.run_job(job.pk) for _ in range(5)]

    assert (answers, runs) == ([True, False, False, False, False], [1])


@pytest.mark.django_db(transaction=True)
def test_task_sweep_shows_that_a_worker_lives() -> None:
    assert tasks.sweep_jobs() == (0, 0)
    assert leases.runner_seen_since(timezone.now() - timedelta(minutes=1))


## The loop


@pytest.mark.django_db(transaction=True)
def test_loop_ticks_what_is_due_and_survives_a_tick_that_fails(monkeypatch) -> None:
    turns: list[str] = []

    def broken() -> None:
        turns.append("broken")
        raise ZeroDivisionError

    monkeypatch.setattr(registry, "_ticks", {})
    registry.register_tick("hourly", 3600, lambda: turns.append("hourly"))
    registry.register_tick("always", 0, lambda: turns.append("always"))
    registry.register_tick("broken", 3600, broken)
    loop = runner.Loop(worker="máy-1")

    loop._turn()
    loop._turn()

    assert turns == ["hourly", "always", "broken", "always"]


@pytest.mark.django_db(transaction=True)
def test_loop_shows_itself(settings) -> None:
    loop = runner.Loop(worker="máy-1")

    loop._turn()
    loop._turn()

    assert RunnerBeat.objects.get().worker == "máy-1"


@pytest.mark.django_db(transaction=True)
def test_loop_waits_for_a_locked_database(monkeypatch) -> None:
    JobFactory()
    really, turns = leases.claim, []

    def claim(**arguments: object):
        turns.append(1)
        if len(turns) == 1:
            raise OperationalError("database is locked")
        return really(**arguments)

    monkeypatch.setattr(leases, "claim", claim)
    loop = runner.Loop(worker="máy-1")

    with kind_of_work(publishing({})):
        assert (loop._turn(), loop._turn()) == (False, True)


@pytest.mark.django_db(transaction=True)
def test_loop_finishes_the_job_at_hand_when_told_to_stop() -> None:
    JobFactory(key="at-hand")
    JobFactory(key="waiting")
    loop = runner.Loop(worker="máy-1")

    def handler(run):
        loop._on_signal(signal.SIGTERM, None)
        return dict

    with kind_of_work(handler):
        loop.run()

    assert dict(Job.objects.values_list("key", "state")) == {"at-hand": "done", "waiting": "queued"}


@pytest.mark.django_db(transaction=True)
def test_loop_told_twice_to_stop_gives_the_job_back() -> None:
    JobFactory()
    loop = runner.Loop(worker="máy-1")

    def handler(run):
        loop._on_signal(signal.SIGTERM, None)
        loop._on_signal(signal.SIGTERM, None)

    with kind_of_work(handler), pytest.raises(SystemExit) as stopped:
        loop.run()

    assert (stopped.value.code, Job.objects.get().state) == (143, "queued")


@pytest.mark.django_db(transaction=True)
def test_loop_listens_to_term_and_int() -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    loop = runner.Loop(worker="máy-1")
    try:
        loop.listen_to_signals()
        assert [signal.getsignal(number) for number in before] == [loop._on_signal, loop._on_signal]
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@pytest.mark.django_db(transaction=True)
def test_command_runs_what_waits_and_says_how_many(capsys) -> None:
    JobFactory()
    JobFactory()

    with kind_of_work(publishing({})):
        call_command("jobs", "--until-idle")

    assert capsys.readouterr().out == "Đã chạy 2 tác vụ.\n"


@pytest.mark.django_db(transaction=True)
def test_command_runs_until_it_is_stopped(capsys, monkeypatch) -> None:
    JobFactory()
    monkeypatch.setattr(runner.Loop, "listen_to_signals", lambda _loop: None)
    monkeypatch.setattr(runner.Loop, "run", runner.Loop.run_until_idle)

    with kind_of_work(publishing({})):
        call_command("jobs")

    assert Job.objects.get().state == "done"
    assert capsys.readouterr().out.splitlines()[-1] == "Đã dừng, không còn việc dở dang."
