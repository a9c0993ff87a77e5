"""Jobs: what was asked, who holds it now, how far it is, and what came of it."""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from core.fields import TextBlockField, TextLineField


class JobState(models.TextChoices):
    QUEUED = "queued", "Đang chờ"
    RUNNING = "running", "Đang chạy"
    DONE = "done", "Đã xong"
    FAILED = "failed", "Chưa làm được"


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: Any) -> "JobQuerySet":
        """A person's own jobs; officers, leaders and administrators also see those of their unit."""
        if not user.is_authenticated:
            return self.none()
        own = Q(created_by=user)
        if user.unit_id is not None and (user.is_officer or user.is_leader or user.is_admin):
            own |= Q(unit_id=user.unit_id)
        return self.filter(own)

    def claimable(self, now: datetime) -> "JobQuerySet":
        """Waiting, or left behind by a worker whose lease ran out, with attempts to spare."""
        left_behind = Q(state=JobState.RUNNING, lease_until__lt=now, attempts__lt=settings.JOB_MAX_ATTEMPTS)
        return self.filter(Q(state=JobState.QUEUED, ready_at__lte=now) | left_behind)

    def exhausted(self, now: datetime) -> "JobQuerySet":
        """Left behind on the last attempt."""
        return self.filter(state=JobState.RUNNING, lease_until__lt=now, attempts__gte=settings.JOB_MAX_ATTEMPTS)


class Job(models.Model):
    """One piece of work.

    Whoever holds the lease works on it; `token` rises with every claim, and only the holder of the newest token can
    publish (fencing). `kind` and `key` together name the work: asking twice gives one row.
    """

    uuid = models.UUIDField("mã tác vụ", default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("loại", max_length=60)
    key = models.CharField("khóa chống lặp", max_length=200)
    payload = models.JSONField("tham số", default=dict)
    # Plain number, not a foreign key: the core does not know what a unit is. The caller says whose job it is.
    unit_id = models.BigIntegerField("đơn vị", null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="người yêu cầu", on_delete=models.PROTECT, related_name="+",
        null=True, blank=True,
    )  # fmt: skip
    created_at = models.DateTimeField("lúc yêu cầu", default=timezone.now)
    state = models.CharField("trạng thái", max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    ready_at = models.DateTimeField("chạy từ lúc", default=timezone.now)
    rung_at = models.DateTimeField("lúc gọi máy chạy", null=True, blank=True)
    attempts = models.PositiveIntegerField("số lần thử", default=0)
    token = models.PositiveIntegerField("thẻ giữ việc", default=0)
    lease_until = models.DateTimeField("giữ đến", null=True, blank=True)
    heartbeat_at = models.DateTimeField("nhịp gần nhất", null=True, blank=True)
    worker = models.CharField("máy chạy", max_length=120, blank=True)
    step = TextLineField("bước", max_length=120, blank=True)
    step_no = models.PositiveIntegerField("bước thứ", default=0)
    steps_total = models.PositiveIntegerField("tổng số bước", default=0)
    error = TextBlockField("vì sao chưa làm được", blank=True)
    error_code = models.CharField("mã lỗi", max_length=120, blank=True)
    result = models.JSONField("kết quả", default=dict, blank=True)
    started_at = models.DateTimeField("lúc bắt đầu", null=True, blank=True)
    finished_at = models.DateTimeField("lúc kết thúc", null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "tác vụ"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="job_kind_key_unique"),
            models.CheckConstraint(
                condition=~Q(state=JobState.RUNNING) | Q(lease_until__isnull=False, token__gt=0),
                name="job_running_has_lease",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[JobState.DONE, JobState.FAILED], finished_at__isnull=False)
                | Q(state__in=[JobState.QUEUED, JobState.RUNNING], finished_at__isnull=True),
                name="job_end_has_time",
            ),
            models.CheckConstraint(condition=~Q(state=JobState.FAILED) | ~Q(error=""), name="job_failed_says_why"),
        ]
        indexes = [
            models.Index(fields=["state", "ready_at"], name="job_to_run"),
            models.Index(fields=["created_by", "-created_at"], name="job_of_person"),
            models.Index(fields=["unit_id", "-created_at"], name="job_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    def get_absolute_url(self) -> str:
        return reverse("jobs:detail", args=[self.uuid])

    @property
    def is_over(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED)

    @property
    def is_failed(self) -> bool:
        return self.state == JobState.FAILED

    @property
    def percent(self) -> int:
        """How far the named steps are, 0 to 100; a step counts as done when the next one begins."""
        if self.state == JobState.DONE:
            return 100
        return 100 * max(self.step_no - 1, 0) // self.steps_total if self.steps_total else 0


class RunnerBeat(models.Model):
    """When each worker was last seen alive; without any, pages say that the machine stands still."""

    worker = models.CharField("máy chạy", max_length=120, unique=True)
    seen_at = models.DateTimeField("thấy lúc")

    class Meta:
        verbose_name = "nhịp của máy chạy"

    def __str__(self) -> str:
        return self.worker
