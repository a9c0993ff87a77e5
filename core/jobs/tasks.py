"""Celery's side of the jobs: thin tasks over the same functions that the built-in runner calls."""

from typing import Any

from celery import shared_task
from celery.signals import worker_process_init

from core.jobs import leases, registry, runner, services


@worker_process_init.connect
def start_ahead(**_signal: Any) -> None:
    """A worker process begins: load what its first job would wait for."""
    registry.worker_started()


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def run_job(job_id: int) -> bool:
    """Run one job, if it still waits; a message that comes twice finds nothing to claim."""
    return runner.run_next(runner.worker_name(), job_id=job_id)


@shared_task(ignore_result=True)
def sweep_jobs() -> tuple[int, int]:
    """Ring again for what waits, fail what is spent; being run at all shows that a worker lives."""
    leases.beat(runner.worker_name())
    return services.sweep()
