"""The kinds of values in a data file: each reads one value and says in Vietnamese what it wants instead."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any, Protocol

from django.db.models import Model

from core.forms.fields import FIRST_YEAR, LAST_YEAR
from reports.unit_data.document import Value

# Control characters other than tab and line ends, and halves of characters: no database or document takes them.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_WHOLE = re.compile(r"[0-9]{1,3}(\.[0-9]{3}){1,5}|[0-9]{1,18}")
_HIDDEN = "Có ký tự ẩn không lưu được. Xóa đi rồi gõ lại."
MAX_INTEGER = 10**15


class Bad(Exception):
    """A value that does not fit; the message is the sentence for the person."""


class Missing(Exception):
    """A reference to a row that was itself refused: said once, not again."""


class Finder(Protocol):
    """Finds the row that a reference means: an id of this file, or a natural key of the database."""

    def find(self, noun: str, text: str) -> Model: ...


class Kind(Protocol):
    def read(self, value: Value, finder: Finder) -> Any:
        """The Python value. Raises Bad, or Missing for a reference to a refused row."""

    @property
    def empty(self) -> Any:
        """What an explicit null means."""


def _scalar(value: Value, wanted: str) -> str:
    if not value.is_scalar:
        raise Bad(f"Cần {wanted}, không phải một danh sách hay nhóm khóa.")
    if _UNPRINTABLE.search(value.text):
        raise Bad(_HIDDEN)
    return value.text.strip()


def _whole_number(text: str, otherwise: str) -> int:
    """Digits, with dots between thousands or without; not more of them than a column holds."""
    if not _WHOLE.fullmatch(text):
        raise Bad(otherwise)
    number = int(text.replace(".", ""))
    if number > MAX_INTEGER:
        raise Bad(f"Số này lớn quá. Nhập số không quá {MAX_INTEGER}.")
    return number


@dataclass(frozen=True, slots=True)
class Text:
    """Text of one or more lines; null empties it."""

    empty: str = ""

    def read(self, value: Value, finder: Finder) -> str:  # noqa: ARG002 -- the signature of all kinds
        return _scalar(value, "một đoạn chữ")


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number from 0; dots between thousands are allowed."""

    empty: None = None

    def read(self, value: Value, finder: Finder) -> int:  # noqa: ARG002
        text = _scalar(value, "một số nguyên")
        return _whole_number(text, f"“{text[:40]}” không phải số nguyên từ 0 trở lên. Ghi như 12 hoặc 1.200.")


@dataclass(frozen=True, slots=True)
class Year:
    """A year of four digits."""

    empty: None = None

    def read(self, value: Value, finder: Finder) -> int:  # noqa: ARG002
        text = _scalar(value, "một năm")
        if not re.fullmatch(r"[0-9]{4}", text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
            raise Bad(f"“{text[:40]}” không phải một năm từ {FIRST_YEAR} đến {LAST_YEAR}. Ghi bốn chữ số, như 2022.")
        return int(text)


@dataclass(frozen=True, slots=True)
class Money:
    """Whole đồng: 35000000 or 35.000.000."""

    empty: None = None

    def read(self, value: Value, finder: Finder) -> int:  # noqa: ARG002
        text = _scalar(value, "một số tiền bằng đồng")
        return _whole_number(
            text, f"“{text[:40]}” không phải số tiền. Ghi bằng đồng, số nguyên: 35000000 hoặc 35.000.000."
        )


@dataclass(frozen=True, slots=True)
class Number:
    """A number from 0 with at most two decimals, written with a comma or a point: 2,5 or 2.5."""

    empty: None = None

    def read(self, value: Value, finder: Finder) -> Decimal:  # noqa: ARG002
        text = _scalar(value, "một số")
        if not re.fullmatch(r"[0-9]{1,15}([.,][0-9]{1,2})?", text):
            raise Bad(
                f"“{text}” không phải số từ 0 trở lên với nhiều nhất hai chữ số thập phân. Ghi như 20000 hoặc 2,5."
            )
        try:
            return Decimal(text.replace(",", "."))
        except InvalidOperation:  # pragma: no cover -- the pattern admits only numbers
            raise Bad(f"“{text}” không phải số.") from None


@dataclass(frozen=True, slots=True)
class Day:
    """A date: 2021-12-31 or 31/12/2021."""

    empty: None = None

    def read(self, value: Value, finder: Finder) -> date:  # noqa: ARG002
        text = _scalar(value, "một ngày")
        try:
            if match := re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", text):
                text = f"{match[3]}-{match[2]:>02}-{match[1]:>02}"
            day = date.fromisoformat(text)
        except ValueError:
            raise Bad(f"“{text[:40]}” không phải một ngày có thật. Ghi như 2021-12-31 hoặc 31/12/2021.") from None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise Bad(f"Năm của ngày {day:%d/%m/%Y} phải từ {FIRST_YEAR} đến {LAST_YEAR}. Kiểm tra lại bốn chữ số.")
        return day


_YES = {"true", "yes", "có", "x"}
_NO = {"false", "no", "không"}


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""

    empty: bool = False

    def read(self, value: Value, finder: Finder) -> bool:  # noqa: ARG002
        text = _scalar(value, "true hoặc false").lower()
        if text in _YES:
            return True
        if text in _NO:
            return False
        raise Bad(f"“{text}” không phải true hay false. Ghi true nếu có, false nếu không.")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words, given as (word, Vietnamese label)."""

    options: tuple[tuple[str, str], ...]
    empty: str = ""

    @classmethod
    def of(cls, choices: type) -> "Choice":
        """From a Django TextChoices."""
        return cls(tuple((str(value), str(label)) for value, label in choices.choices if value))  # type: ignore[attr-defined]

    def read(self, value: Value, finder: Finder) -> str:  # noqa: ARG002
        text = _scalar(value, "một trong các từ cho sẵn")
        words = [word for word, _label in self.options]
        if text in words:
            return text
        near = get_close_matches(text, words, n=1, cutoff=0.6)
        hint = f"Có phải “{near[0]}”? " if near else ""
        listed = ", ".join(f"{word} ({label})" for word, label in self.options)
        raise Bad(f"Không có lựa chọn “{text}”. {hint}Chọn một trong: {listed}.")


@dataclass(frozen=True, slots=True)
class Lines:
    """A list of short texts, one per printed line."""

    empty: tuple[str, ...] = ()

    def read(self, value: Value, finder: Finder) -> list[str]:  # noqa: ARG002
        members = value.items()
        if members is None:
            return [_scalar(value, "một danh sách các dòng chữ")]
        return [_scalar(member, "một dòng chữ") for member in members]


@dataclass(frozen=True, slots=True)
class Data:
    """Anything made of lists, keys, text and numbers; kept as it is."""

    empty_factory: Callable[[], Any] = dict

    @property
    def empty(self) -> Any:
        return self.empty_factory()

    def read(self, value: Value, finder: Finder) -> Any:  # noqa: ARG002
        try:
            data = value.plain()
        except ValueError as error:
            raise Bad(
                "Chỗ này chỉ gồm danh sách, khóa, chữ và số. Đặt ngày và chữ có dấu ! ở đầu trong dấu ngoặc kép."
            ) from error
        if any(_UNPRINTABLE.search(text) for text in value.texts()):
            raise Bad(_HIDDEN)
        return data


@dataclass(frozen=True, slots=True)
class Ref:
    """Another row, by its id in this file or by its natural key (docs/unit-data.md says which)."""

    noun: str
    empty: None = None

    def read(self, value: Value, finder: Finder) -> Model:
        return finder.find(self.noun, _scalar(value, "tên (id) của một dòng khác"))
