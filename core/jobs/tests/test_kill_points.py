"""Eight of the kill points of `tests/drills`, each stage once and each fault twice; all 32 by the drill itself."""

import os
from collections.abc import Iterator

import pytest

from tests.drills import kill_points

POINTS = [
    ("claimed", "stop"),
    ("collected", "term"),
    ("pdf", "kill-child"),
    ("pdf-done", "kill-worker"),
    ("docx-done", "kill-child"),
    ("xlsx-done", "stop"),
    ("before-publish", "kill-worker"),
    ("published", "term"),
]


@pytest.fixture(scope="module")
def bench() -> Iterator[kill_points.Bench]:
    """Processes of their own on a database of their own: SQLite and the built-in runner."""
    with kill_points.open_bench() as bench:
        yield bench


@pytest.mark.slow
@pytest.mark.parametrize(("stage", "fault"), POINTS)
def test_job_with_a_fault_at_a_stage_is_published_once(bench: kill_points.Bench, stage: str, fault: str) -> None:
    assert kill_points.run_point(bench, stage, fault).faults == ()


@pytest.mark.slow
def test_drill_without_fencing_sees_the_result_published_twice(bench: kill_points.Bench) -> None:
    assert "published 6 files instead of 3" in kill_points.negative_control(bench).faults


@pytest.mark.postgres
@pytest.mark.parametrize(("stage", "fault"), [("pdf", "kill-worker"), ("before-publish", "stop")])
def test_job_on_postgresql_and_celery_is_published_once(stage: str, fault: str) -> None:
    database_url, redis_url = os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")
    if not (database_url.startswith("postgres") and redis_url):
        pytest.skip("needs PostgreSQL and Redis: DATABASE_URL and REDIS_URL")

    with kill_points.open_bench(database_url=database_url, redis_url=redis_url) as bench:
        assert kill_points.run_point(bench, stage, fault).faults == ()
