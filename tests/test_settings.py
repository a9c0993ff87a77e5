"""Production refuses to start on anything that would leave it open. Each case is a fresh Python process."""

import os
import subprocess
import sys

import pytest

GOOD_KEY = "r7Vw2kQ9zX4mB8nT1yL6pC3sD5fG0hJaKeUiOoEqWvZxNbMt"


def start(show: str = "'started'", **environment: str) -> subprocess.CompletedProcess[str]:
    """Load the production settings in a process that knows only `environment`, and print the expression `show`."""
    return subprocess.run(
        [sys.executable, "-c", f"from django.conf import settings; settings.INSTALLED_APPS; print({show})"],
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "ocop_portal.settings.production", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_with_a_good_key_starts():
    assert start(SECRET_KEY=GOOD_KEY * 2).stdout == "started\n"


@pytest.mark.parametrize(
    "key",
    ["", "short", "dev-only-key-never-for-production" * 3, "test-only-key" * 5, "django-insecure-" + GOOD_KEY * 2],
    ids=["none", "short", "development", "test", "sample"],
)
def test_production_with_a_poor_key_is_refused(key):
    run = start(SECRET_KEY=key)

    assert run.returncode != 0
    assert "Đặt biến SECRET_KEY" in run.stderr


@pytest.mark.parametrize(("variable", "sentence"), [("DEBUG", "Bỏ biến DEBUG"), ("OCOP_DEMO", "Bỏ biến OCOP_DEMO")])
def test_production_as_a_demonstration_is_refused(variable, sentence):
    run = start(SECRET_KEY=GOOD_KEY * 2, **{variable: "1"})

    assert run.returncode != 0
    assert sentence in run.stderr


def test_database_in_separate_variables_keeps_a_password_with_url_signs():
    run = start(
        "settings.DATABASES['default']['PASSWORD']", SECRET_KEY=GOOD_KEY * 2, DB_NAME="ocop", DB_PASSWORD="a#b?c+d@e/f"
    )

    assert run.stdout == "a#b?c+d@e/f\n"


@pytest.mark.parametrize(
    "name", ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_HTTPONLY"]
)
def test_cookies_and_connections_of_production_are_closed(name):
    assert start(f"settings.{name}", SECRET_KEY=GOOD_KEY * 2).stdout == "True\n"
