"""The pages of jobs: a list, one job that can be watched, and a button to run a failed one again."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from core.forms.editing import act
from core.jobs import queries, rules, services
from core.jobs.models import Job, JobState
from core.permissions import require
from core.screens import Column, Filter, list_page, tag

STOP_POLLING = 286  # htmx takes the answer and asks no more

_COLUMNS = (
    Column("Việc", queries.label_of, link=Job.get_absolute_url),
    Column("Người yêu cầu", lambda job: job.created_by or "phần mềm"),
    Column("Lúc yêu cầu", lambda job: queries.moment(job.created_at)),
    Column("Trạng thái", lambda job: tag(job.get_state_display(), queries.tone_of(job))),
)
_STATE = Filter("trang-thai", "Trạng thái", JobState.choices, lambda jobs, state: jobs.filter(state=state))


@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    """A person's jobs, the newest first."""
    jobs = Job.objects.visible_to(request.user).select_related("created_by")
    empty = "Chưa có tác vụ nào. Tác vụ xuất hiện ở đây khi bấm nút tạo văn bản, ví dụ trên trang kế hoạch."
    return list_page(request, jobs, title="Tác vụ", columns=_COLUMNS, filters=(_STATE,), noun="tác vụ", empty=empty)


@require_safe
def job_detail(request: HttpRequest, job_uuid: uuid.UUID) -> HttpResponse:
    """One job; the page may be left, reloaded and opened on another device."""
    job = get_object_or_404(Job.objects.visible_to(request.user).select_related("created_by"), uuid=job_uuid)
    progress = queries.progress_of(job)
    context = {
        "title": progress.title, "job": job, "progress": progress, "facts": queries.facts_of(job),
        "can_retry": rules.can_retry_job(request.user, job), "poll_seconds": 2, "reload_seconds": 5,
    }  # fmt: skip
    return render(request, "jobs/job_detail.html", context)


@require_safe
def job_progress(request: HttpRequest, job_uuid: uuid.UUID) -> HttpResponse:
    """The moving part of the page: 204 when nothing changed since `dau`, 286 when there will be no more.

    A failed job makes the browser load the whole page, which carries the button to run it again.
    """
    job = get_object_or_404(Job.objects.visible_to(request.user).select_related("created_by"), uuid=job_uuid)
    progress = queries.progress_of(job)
    if request.GET.get("dau") == progress.mark and not progress.is_over:
        return HttpResponse(status=204)
    status = STOP_POLLING if progress.is_over else 200
    response = render(request, "jobs/_job_progress.html", {"job": job, "progress": progress}, status=status)
    if job.is_failed:
        response["HX-Refresh"] = "true"
    return response


@require_POST
def job_retry(request: HttpRequest, job_uuid: uuid.UUID) -> HttpResponse:
    """Run a failed job again."""
    job = get_object_or_404(Job.objects.visible_to(request.user), uuid=job_uuid)
    require(rules.can_retry_job, request.user, job)
    return act(
        request,
        lambda: services.retry(job, by=request.user),
        success_url=job.get_absolute_url(),
        success_message="Đã xếp tác vụ vào hàng chờ để chạy lại.",
    )
