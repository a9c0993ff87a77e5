"""Celery's side of the sweep of stored bytes."""

from celery import shared_task

from core.files import services


@shared_task(ignore_result=True)
def sweep_orphan_files() -> int:
    """Remove bytes that no row names."""
    return services.sweep_orphans()
