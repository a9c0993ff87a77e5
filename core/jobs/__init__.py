"""Long work as rows: a Job is the promise, Celery or the built-in runner only rings the bell."""
