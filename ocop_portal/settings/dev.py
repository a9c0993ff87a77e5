"""One machine, one person: SQLite, no Redis, the demonstration."""

from ocop_portal.settings import base
from ocop_portal.settings.base import *  # noqa: F403 -- settings are names of a module, Django reads them so

SECRET_KEY = base.env.str("SECRET_KEY", default="dev-only-key-never-for-production")
DEBUG = base.env.bool("DEBUG", default=False)
ALLOWED_HOSTS = base.env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
