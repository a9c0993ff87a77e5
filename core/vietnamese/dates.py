"""Dates as official documents print them (Nghị định 30/2020/NĐ-CP, Phụ lục I: days below 10 and months 1, 2 get a zero)."""

from datetime import date

PLAIN, PADDED, LONG = "plain", "padded", "long"  # the values of regulations.Citation.DateStyle
DOTS = "……"
_MONTHS_WITH_ZERO = 2


def short(day: date, style: str = PADDED) -> str:
    """7 May 2018: plain "7/5/2018", padded "07/5/2018", long "07 tháng 5 năm 2018"."""
    if style == PLAIN:
        return f"{day.day}/{day.month}/{day.year}"
    if style == PADDED:
        return f"{day.day:02}/{_month(day)}/{day.year}"
    if style == LONG:
        return f"{day.day:02} tháng {_month(day)} năm {day.year}"
    raise ValueError(f"unknown date style {style!r}")


def full(day: date) -> str:
    """7 May 2018: "ngày 07 tháng 5 năm 2018"."""
    return f"ngày {short(day, LONG)}"


def issue_date(day: date | None, year: int) -> str:
    """The date under the place name; dots to write on while the document has no date yet."""
    return full(day) if day else f"ngày {DOTS} tháng {DOTS} năm {year}"


def _month(day: date) -> str:
    return f"{day.month:02}" if day.month <= _MONTHS_WITH_ZERO else str(day.month)
