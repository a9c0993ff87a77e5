"""The test settings with a drill's own job kind. Tables straight from the models, unless a real kind is drilled."""

import os

from ocop_portal.settings import test
from ocop_portal.settings.test import *  # noqa: F403 -- settings are names of a module, Django reads them so

INSTALLED_APPS = [*test.INSTALLED_APPS, "tests.drills"]
ROOT_URLCONF = "tests.drills.urls"
CELERY_TASK_DEFAULT_QUEUE = os.environ.get("OCOP_DRILL_QUEUE", "drill")
LOGGING = {**test.LOGGING, "root": {"handlers": ["stderr"], "level": "INFO"}}
if os.environ.get("OCOP_DRILL_MIGRATE") != "1":
    MIGRATION_MODULES = dict.fromkeys(name.rsplit(".", 1)[-1] for name in INSTALLED_APPS)
