"""The only source of programme dates.

The programme's date (deadlines, validity, "năm nay") may be set for the demonstration and for tests by the
setting OCOP_TODAY; log and session times are real times and come from `django.utils.timezone`.
"""

from datetime import date

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """The programme's date: OCOP_TODAY when it is set, else the date in Vietnam."""
    fixed: date | None = settings.OCOP_TODAY
    return fixed or timezone.localdate()


def is_fixed() -> bool:
    """Whether the portal works on a set date (and must say so on every page)."""
    return settings.OCOP_TODAY is not None
