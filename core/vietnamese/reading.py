"""Reads numbers and money as people type them, and asks instead of guessing where two meanings are possible."""

import re
import unicodedata
from decimal import Decimal

from core.errors import Refused
from core.vietnamese import numbers

_GROUPED = re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3})+")
_PLAIN = re.compile(r"[0-9]+")
_ENGLISH_GROUPED = re.compile(r"[1-9][0-9]{0,2}(,[0-9]{3})+")
_MONEY = re.compile(r"(?P<number>[0-9.,]*[0-9])(?P<unit>[^0-9.,]*)")
_CURRENCY = re.compile(r"(đồng|vnđ|vnd|đ|₫)$")
_MINUS = "\u2212"
_UNITS = {
    "": 1, "nghìn": 10**3, "ngàn": 10**3, "triệu": numbers.MILLION, "tr": numbers.MILLION,
    "tỷ": numbers.BILLION, "tỉ": numbers.BILLION,
}  # fmt: skip


class NumberNotRead(Refused):
    """The text is no number, or could be two; the sentence says how to write it."""


def read_number(text: str) -> Decimal:
    """Reads "1.234,5" as 1234.5. A comma before three digits and a point elsewhere than between thousands are asked about."""
    typed = re.sub(r"\s", "", text).replace(_MINUS, "-")
    sign, digits = (-1, typed[1:]) if typed.startswith("-") else (1, typed)
    if _ENGLISH_GROUPED.fullmatch(digits):
        raise NumberNotRead(_which_number_is_meant(text.strip(), digits))
    return sign * _unsigned(digits, text=text.strip(), unit="")


def read_money(text: str) -> int:
    """Đồng from "35.000.000", "35000000", "35 triệu", "1,5 tỷ đồng". Never a part of a đồng."""
    text = unicodedata.normalize("NFC", text).strip()
    typed = re.sub(r"\s", "", text).lower()
    sign, typed = (-1, typed[1:]) if typed.startswith(("-", _MINUS)) else (1, typed)
    found = _MONEY.fullmatch(typed)
    unit = _CURRENCY.sub("", found["unit"]) if found else ""
    if not found or unit not in _UNITS:
        raise NumberNotRead(
            f"Ô này ghi “{text}”, chưa đọc được thành số tiền. Nhập ví dụ 35.000.000, 35 triệu hoặc 1,5 tỷ."
        )
    digits = found["number"]
    if _ENGLISH_GROUPED.fullmatch(digits):
        raise NumberNotRead(_which_amount_is_meant(text, digits, unit))
    amount = _unsigned(digits, text=text, unit=unit) * _UNITS[unit]
    if amount != amount.to_integral_value():
        raise NumberNotRead(
            f"Ô này ghi “{text}”, có phần lẻ của một đồng. Nhập số đồng tròn, hoặc ghi đơn vị, ví dụ 1,5 triệu."
        )
    return sign * int(amount)


def _unsigned(digits: str, *, text: str, unit: str) -> Decimal:
    """The digits as a number; `text` and `unit` are for the refusal."""
    whole, comma, places = digits.partition(",")
    if not (_PLAIN.fullmatch(whole) or _GROUPED.fullmatch(whole)) or (comma and not _PLAIN.fullmatch(places)):
        raise NumberNotRead(_how_to_write(text, digits, f" {unit}".rstrip()))
    return Decimal(f"{whole.replace('.', '')}.{places or 0}")


def _which_number_is_meant(text: str, digits: str) -> str:
    """The question about "1,234", answered by typing one of the two ways shown."""
    thousands = digits.replace(",", ".")
    if digits.count(",") > 1:
        return _only_thousands(text, thousands)
    return (
        f"Ô này ghi “{text}”, đọc được theo hai cách. Nhập {thousands} nếu dấu phẩy ngăn hàng nghìn; "
        f"nhập {digits}0 nếu dấu phẩy đứng trước phần lẻ."
    )


def _which_amount_is_meant(text: str, digits: str, unit: str) -> str:
    """The same question about money; an amount without a unit has no fraction, so its unit must have been left out."""
    after = f" {unit}".rstrip()
    thousands = digits.replace(",", ".") + after
    if digits.count(",") > 1:
        return _only_thousands(text, thousands)
    exact = numbers.integer(int(Decimal(digits.replace(",", ".")) * _UNITS[unit or "triệu"]))
    fraction = f"{exact} nếu dấu phẩy đứng trước phần lẻ" if unit else f"{exact} nếu là {digits} triệu đồng"
    return (
        f"Ô này ghi “{text}”, đọc được theo hai cách. Nhập {thousands} nếu dấu phẩy ngăn hàng nghìn; nhập {fraction}."
    )


def _only_thousands(text: str, thousands: str) -> str:
    return f"Ô này ghi “{text}”. Giữa các hàng nghìn dùng dấu chấm: nhập {thousands}."


def _how_to_write(text: str, digits: str, after: str) -> str:
    if re.fullmatch(r"[0-9]+\.[0-9]+", digits):
        return f"Ô này ghi “{text}”. Phần lẻ đứng sau dấu phẩy: nhập {digits.replace('.', ',')}{after} nếu đó là số lẻ."
    return f"Ô này ghi “{text}”, chưa đọc được thành số. Chỉ nhập chữ số, ví dụ 1.234 hoặc 1234,5."
