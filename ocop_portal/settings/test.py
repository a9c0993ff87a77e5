"""Tests: fast hashing, short leases, everything else as in production."""

from ocop_portal.settings import base
from ocop_portal.settings.base import *  # noqa: F403 -- settings are names of a module, Django reads them so

SECRET_KEY = "test-only-key"  # noqa: S105 -- not a secret
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
JOB_LEASE_SECONDS = base.env.float("JOB_LEASE_SECONDS", default=2)
JOB_HEARTBEAT_SECONDS = base.env.float("JOB_HEARTBEAT_SECONDS", default=0.4)
JOB_POLL_SECONDS = base.env.float("JOB_POLL_SECONDS", default=0.1)
# Tests run job rows themselves; one that wants a Celery worker says JOB_BELL=celery, and finds a queue of its own there.
JOB_BELL = base.env.str("JOB_BELL", default="rows")
CELERY_TASK_DEFAULT_QUEUE = "-".join(
    ("test", base.env.str("PYTEST_XDIST_TESTRUNUID", default=""), base.env.str("PYTEST_XDIST_WORKER", default=""))
)
LOGGING = {**base.LOGGING, "root": {"handlers": ["stderr"], "level": "WARNING"}}
