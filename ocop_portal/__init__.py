"""The Django project: settings, URLs, Celery, WSGI; nothing else."""

from ocop_portal.celery import app as celery_app

__all__ = ["celery_app"]
