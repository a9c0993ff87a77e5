from datetime import UTC, date, datetime

from core import clock


def test_today_is_the_set_date_of_the_demonstration(settings):
    settings.OCOP_TODAY = date(2022, 1, 10)
    assert clock.today() == date(2022, 1, 10)
    assert clock.is_fixed()


def test_today_is_the_date_in_vietnam_without_a_set_date(settings, monkeypatch):
    settings.OCOP_TODAY = None
    monkeypatch.setattr(clock.timezone, "now", lambda: datetime(2022, 1, 9, 17, 30, tzinfo=UTC))
    assert clock.today() == date(2022, 1, 10)
    assert not clock.is_fixed()
