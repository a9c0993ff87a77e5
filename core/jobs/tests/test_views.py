"""The pages of jobs: who sees which, what they say, and how polling ends."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.forms.tokens import TOKEN_FIELD
from core.jobs import queries
from core.jobs.models import Job, RunnerBeat
from core.jobs.tests.factories import JobFactory, kind_of_work, publishing

QUIET = "Máy tạo văn bản đang dừng; yêu cầu vẫn được giữ, báo quản trị."


@pytest.fixture
def runner_alive(db) -> None:
    RunnerBeat.objects.create(worker="máy-1", seen_at=timezone.now())


def sees(user, job: Job) -> bool:
    return Job.objects.visible_to(user).filter(pk=job.pk).exists()


def test_visible_to_own_unit_of_officials_and_to_the_person(
    officer, leader, admin, council_member, commune_officer, producer_user, province_officer
) -> None:
    job = JobFactory(created_by=producer_user, unit_id=officer.unit_id)

    seen = {user.username: sees(user, job) for user in (officer, leader, admin, producer_user)}
    unseen = {user.username: sees(user, job) for user in (council_member, commune_officer, province_officer)}

    assert set(seen.values()) == {True}
    assert set(unseen.values()) == {False}


def test_visible_to_nobody_without_login(db) -> None:
    from django.contrib.auth.models import AnonymousUser

    assert sees(AnonymousUser(), JobFactory()) is False


def test_job_without_unit_is_not_everybodys(officer) -> None:
    assert sees(officer, JobFactory(unit_id=None)) is False


def test_detail_of_a_foreign_job_is_not_found(client, commune_officer, officer) -> None:
    client.force_login(commune_officer)
    job = JobFactory(created_by=officer, unit_id=officer.unit_id)

    pages = [client.get(reverse(f"jobs:{name}", args=[job.uuid])) for name in ("detail", "progress")]

    assert [page.status_code for page in pages] == [404, 404]


def test_detail_shows_the_step_and_reloads_without_scripts(client, officer, runner_alive) -> None:
    client.force_login(officer)
    job = JobFactory(created_by=officer, running=True, step="Dàn trang PDF", step_no=2, steps_total=4)

    with kind_of_work(publishing({})):
        page = client.get(job.get_absolute_url()).content.decode()

    assert "Tạo văn bản thử" in page
    assert "Bước 2/4: Dàn trang PDF" in page
    assert f'hx-get="{reverse("jobs:progress", args=[job.uuid])}" hx-trigger="every 2s"' in page
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
    assert QUIET not in page


@pytest.mark.parametrize("trait", [{}, {"running": True, "heartbeat_at": timezone.now() - timedelta(minutes=5)}])
def test_detail_says_when_no_machine_was_seen(client, officer, trait: dict) -> None:
    client.force_login(officer)
    RunnerBeat.objects.create(worker="máy-1", seen_at=timezone.now() - timedelta(minutes=5))

    page = client.get(JobFactory(created_by=officer, **trait).get_absolute_url()).content.decode()

    assert QUIET in page


def test_detail_of_a_job_with_a_fresh_heartbeat_says_nothing_about_the_machine(client, officer) -> None:
    client.force_login(officer)

    page = client.get(JobFactory(created_by=officer, running=True).get_absolute_url()).content.decode()

    assert QUIET not in page


def test_detail_of_a_done_job_links_to_the_result_and_polls_no_more(client, officer) -> None:
    client.force_login(officer)
    job = JobFactory(created_by=officer, done=True, result={"document": 5})

    with kind_of_work(publishing({}), result_link=lambda job: ("Mở văn bản", f"/van-ban/{job.result['document']}/")):
        page = client.get(job.get_absolute_url()).content.decode()

    assert 'href="/van-ban/5/">Mở văn bản</a>' in page
    assert "hx-get" not in page
    assert "http-equiv" not in page


def test_detail_of_a_failed_job_says_why_and_offers_to_run_again(client, officer) -> None:
    client.force_login(officer)
    job = JobFactory(created_by=officer, failed=True)

    with kind_of_work(publishing({})):
        page = client.get(job.get_absolute_url()).content.decode()

    assert "Chưa tạo được văn bản vì thiếu biểu 3." in page
    assert "Mã lỗi cho quản trị: MissingParts" in page
    assert f'action="{reverse("jobs:retry", args=[job.uuid])}"' in page


def test_progress_unchanged_sends_nothing(client, officer, runner_alive) -> None:
    client.force_login(officer)
    job = JobFactory(created_by=officer, running=True, step_no=2, steps_total=4)
    address = reverse("jobs:progress", args=[job.uuid])
    mark = queries.progress_of(job).mark

    assert client.get(address, {"dau": mark}).status_code == 204
    assert client.get(address, {"dau": "running-1-1-0"}).status_code == 200
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(("trait", "reloads"), [({"done": True}, False), ({"failed": True}, True)])
def test_progress_of_a_job_that_ended_stops_the_polling(client, officer, trait: dict, reloads) -> None:
    client.force_login(officer)
    job = JobFactory(created_by=officer, **trait)

    answer = client.get(reverse("jobs:progress", args=[job.uuid]), {"dau": queries.progress_of(job).mark})

    assert (answer.status_code, "HX-Refresh" in answer) == (286, reloads)


@pytest.mark.parametrize("count", [1, 3])
def test_list_shows_jobs_in_few_queries(client, officer, count: int, django_assert_max_num_queries) -> None:
    client.force_login(officer)
    for _ in range(count):
        JobFactory(created_by=officer)
    JobFactory()

    with kind_of_work(publishing({})), django_assert_max_num_queries(8):
        page = client.get(reverse("jobs:list")).content.decode()

    assert page.count("Tạo văn bản thử") == count


def test_list_without_jobs_says_where_they_come_from(client, officer) -> None:
    client.force_login(officer)

    assert "Chưa có tác vụ nào." in client.get(reverse("jobs:list")).content.decode()


def retry(client, job: Job):
    """Press “Chạy lại” on the job's page; where there is no such button, post all the same."""
    page = client.get(job.get_absolute_url()).content.decode()
    token = re.search(f'name="{TOKEN_FIELD}" value="([^"]+)"', page)
    return client.post(reverse("jobs:retry", args=[job.uuid]), {TOKEN_FIELD: token[1]} if token else {})


def test_retry_queues_the_job_again(client, officer) -> None:
    client.force_login(officer)
    job = JobFactory(created_by=officer, failed=True)

    with kind_of_work(publishing({})):
        answer = retry(client, job)

    assert (answer.status_code, answer.url) == (302, job.get_absolute_url())
    assert Job.objects.get().state == "queued"


def test_retry_by_an_officer_of_the_unit_is_allowed(client, officer, leader) -> None:
    client.force_login(officer)
    job = JobFactory(created_by=leader, unit_id=officer.unit_id, failed=True)

    with kind_of_work(publishing({})):
        retry(client, job)

    assert (Job.objects.get().state, Job.objects.get().created_by) == ("queued", officer)


def test_retry_by_a_leader_of_anothers_job_is_forbidden(client, officer, leader) -> None:
    client.force_login(leader)
    job = JobFactory(created_by=officer, unit_id=officer.unit_id, failed=True)

    with kind_of_work(publishing({})):
        answer = retry(client, job)

    assert (answer.status_code, Job.objects.get().state) == (403, "failed")


def test_retry_of_a_job_whose_right_was_lost_is_forbidden(client, officer) -> None:
    client.force_login(officer)
    job = JobFactory(created_by=officer, failed=True)

    with kind_of_work(publishing({}), may_run=lambda _user, _job: False):
        assert retry(client, job).status_code == 403


def test_retry_by_get_is_not_allowed(client, officer) -> None:
    client.force_login(officer)
    job = JobFactory(created_by=officer, failed=True)

    assert client.get(reverse("jobs:retry", args=[job.uuid])).status_code == 405


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Yêu cầu đã ghi, đang chờ đến lượt."),
        ({"attempts": 1}, "Lần chạy trước bị ngắt, máy sẽ chạy lại ngay (đã thử 1 lần)."),
        ({"running": True}, "Máy đã nhận việc, đang bắt đầu."),
        ({"done": True}, "Đã xong."),
    ],
)
def test_progress_says_how_far_the_job_is(db, values: dict, sentence: str) -> None:
    assert queries.progress_of(JobFactory(**values)).sentence == sentence
