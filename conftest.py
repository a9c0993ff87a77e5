"""What every test finds: a fixed cast, a fixed date, private files in a temporary folder, honest skips."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

TODAY = date(2022, 1, 10)

# Under CI these may not be skipped: a run that quietly left them out proves nothing.
NEVER_SKIPPED = (
    "browser",
    "chromium",
    "postgres",
    "redis",
    "celery",
    "libreoffice",
    "poppler",
    "pdftotext",
    "playwright",
)


@pytest.fixture(autouse=True)
def _small_world(settings: Any, tmp_path: Path) -> None:
    """The programme's date is 10/01/2022 and files go to a folder that is thrown away."""
    settings.OCOP_TODAY = TODAY
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(scope="session", autouse=True)
def _log_may_be_emptied() -> Iterator[None]:
    """Tests that commit have their tables emptied afterwards, which the triggers of the log would refuse."""
    from core.tests.log import emptied_between_tests

    with emptied_between_tests():
        yield


## The cast: one district with two of its communes, the province above, and who works there


@pytest.fixture
def district(db: None) -> Any:
    """Huyện Tân Hồng (869), with its reach counted."""
    from communes.tests.factories import tan_hong

    return tan_hong()


def person(role: str, unit: Any, username: str) -> Any:
    from accounts.tests.factories import UserFactory

    return UserFactory(role=role, unit=unit, username=username)


@pytest.fixture
def admin(district: Any) -> Any:
    """Quản trị of the district."""
    return person("admin", district, "quan-tri")


@pytest.fixture
def officer(district: Any) -> Any:
    """Cán bộ OCOP of the district: keeps its records and its plan."""
    return person("officer", district, "can-bo-huyen")


@pytest.fixture
def leader(district: Any) -> Any:
    """Lãnh đạo of the district: reads the figures and decides on the plan."""
    return person("leader", district, "lanh-dao")


@pytest.fixture
def council_member(district: Any) -> Any:
    """Thành viên hội đồng of the district."""
    return person("council", district, "hoi-dong")


@pytest.fixture
def province_officer(district: Any) -> Any:
    """Cán bộ OCOP of tỉnh Đồng Tháp, above the district."""
    return person("officer", district.parent, "can-bo-tinh")


@pytest.fixture
def commune_officer(district: Any) -> Any:
    """Cán bộ OCOP of xã Tân Hộ Cơ."""
    return person("officer", district.children.get(name="Tân Hộ Cơ"), "can-bo-tan-ho-co")


@pytest.fixture
def other_commune_officer(district: Any) -> Any:
    """Cán bộ OCOP of xã Tân Phước: a stranger to the rows of Tân Hộ Cơ."""
    return person("officer", district.children.get(name="Tân Phước"), "can-bo-tan-phuoc")


@pytest.fixture
def producer_user(district: Any) -> Any:
    """Chủ thể in xã Tân Hộ Cơ."""
    return person("producer", district.children.get(name="Tân Hộ Cơ"), "chu-the")


## A skip that CI does not accept


def _refused_skips(reporter: Any) -> list[str]:
    skips = [report for report in reporter.stats.get("skipped", []) if isinstance(report.longrepr, tuple)]
    reasons = [(report.nodeid, report.longrepr[2]) for report in skips]
    return [f"{name}: {why}" for name, why in reasons if any(word in why.lower() for word in NEVER_SKIPPED)]


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """Fail a CI run in which a browser, PostgreSQL, Redis or LibreOffice test was skipped."""
    yield
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and _refused_skips(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    refused = _refused_skips(terminalreporter) if os.environ.get("CI") else []
    if refused:
        terminalreporter.section("skipped, which CI does not accept")
        for line in refused:
            terminalreporter.write_line(line)
