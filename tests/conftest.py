"""A real browser for the journeys: Debian's Chromium driven by Playwright, nothing downloaded."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

# Playwright runs an event loop in the test's thread; the tests themselves are not asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One Chromium for all tests of this process; skipped, with the reason, where there is none."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no browser: install chromium and libatomic1")
    from playwright.sync_api import sync_playwright

    # Chromium refuses its sandbox to root; tests open the live server only.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """`open_page(user, width=…)` gives a page, logged in as `user` if one is given.

    At the end no page may have met a script error, a refused or missing file, a breach of the content security policy,
    or a call to another host.
    """
    contexts: list[Any] = []
    faults: list[str] = []

    def watch_response(response: Any) -> None:
        if "/static/" in response.url and response.status >= 400:
            faults.append(f"{response.status} {response.url}")

    def watch_request(request: Any) -> None:
        if not request.url.startswith((live_server.url, "data:", "blob:")):
            faults.append(f"call to another host: {request.url}")

    def watch_console(message: Any) -> None:
        # Chromium also reports every refused form (4xx) here; those the test reads on the page.
        if message.type == "error" and "Failed to load resource" not in message.text:
            faults.append(message.text)

    def open_one(user: Any = None, *, width: int = 1280, height: int = 900, **options: Any) -> Any:
        context = chromium.new_context(
            base_url=live_server.url, locale="vi-VN", viewport={"width": width, "height": height}, **options
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        if user is not None:
            context.add_cookies([session_cookie(user, live_server.url)])
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", watch_console)
        page.on("request", watch_request)
        page.on("response", watch_response)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


def session_cookie(user: Any, url: str) -> dict[str, str]:
    """The cookie of a session in which `user` is logged in."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": url,
    }
