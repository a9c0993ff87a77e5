"""Jobs in every state, and kinds of jobs that tests register."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone

from core.jobs import registry
from core.jobs.models import Job, JobState


class JobFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Job

    class Params:
        running = factory.Trait(
            state=JobState.RUNNING,
            token=1,
            attempts=1,
            worker="máy-1",
            lease_until=factory.LazyFunction(lambda: timezone.now() + timedelta(seconds=30)),
            heartbeat_at=factory.LazyFunction(timezone.now),
            started_at=factory.LazyFunction(timezone.now),
        )
        left_behind = factory.Trait(
            running=True, lease_until=factory.LazyFunction(lambda: timezone.now() - timedelta(seconds=1))
        )
        done = factory.Trait(state=JobState.DONE, token=1, attempts=1, finished_at=factory.LazyFunction(timezone.now))
        failed = factory.Trait(
            state=JobState.FAILED,
            token=1,
            attempts=3,
            finished_at=factory.LazyFunction(timezone.now),
            error="Chưa tạo được văn bản vì thiếu biểu 3. Nhập biểu 3 rồi bấm “Chạy lại”.",
            error_code="MissingParts",
        )

    kind = "test.work"
    key = factory.Sequence(lambda number: f"khóa-{number}")


@contextmanager
def kind_of_work(handler: Callable[[Any], Any], **options: Any) -> Iterator[None]:
    """Register `handler` as the kind "test.work" for a while."""
    registry.register("test.work", handler, label="Tạo văn bản thử", **options)
    try:
        yield
    finally:
        registry._kinds.pop("test.work")


def publishing(result: Mapping[str, Any]) -> Callable[[Any], Any]:
    """A handler that does nothing and publishes `result`."""
    return lambda _run: lambda: result
