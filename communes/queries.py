"""Finding units by what people write: a code, or a code and a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from communes.models import LetterHead, Level, Office, Recipient, Signer, Unit
from core.errors import Refused


class UnitNotFound(Refused):
    """No unit has the code at all."""


class UnitNotInYear(Refused):
    """The code is known, but its unit did not exist in the year."""


class UnitAmbiguous(Refused):
    """The code meant two units in the year."""

    def __init__(self, sentence: str, units: tuple[Unit, ...]) -> None:
        super().__init__(sentence)
        self.units = units


@dataclass(frozen=True, slots=True)
class UnitCode:
    """A code as typed: "869", or "29944@2025-07-01" for the unit that had the code on that day."""

    code: str
    day: date | None = None


def parse_code(text: str) -> UnitCode:
    """Read "869" or "29944@2025-07-01" (also "29944@01/07/2025"); UnitNotFound when the day is not a date."""
    code, at, day_text = text.strip().partition("@")
    if not at:
        return UnitCode(code.strip())
    try:
        if "/" in day_text:
            day, month, year = (int(part) for part in day_text.strip().split("/"))
            return UnitCode(code.strip(), date(year, month, day))
        return UnitCode(code.strip(), date.fromisoformat(day_text.strip()))
    except ValueError:
        raise UnitNotFound(
            f"“{text}”: sau dấu @ phải là một ngày. Viết như {code.strip()}@2025-07-01 hoặc {code.strip()}@01/07/2025."
        ) from None


def meant_by(asked: UnitCode, known: list[Unit]) -> list[Unit]:
    """Those of the code's units that exist on the day asked for; the one that began that day goes before others."""
    if asked.day is None:
        return known
    began = [unit for unit in known if unit.valid_from == asked.day]
    return began or [unit for unit in known if unit.exists_on(asked.day)]


def unit_for(code_or_code_at: str, year: int) -> Unit:
    """The unit that a code means in a year.

    A code can mean two units in one year (29944 in 2025): then the day must be said as CODE@DATE.
    Raises UnitNotFound, UnitNotInYear or UnitAmbiguous with a Vietnamese sentence.
    """
    asked = parse_code(code_or_code_at)
    known = list(Unit.objects.filter(code=asked.code).select_related("parent").order_by("valid_from"))
    if not known:
        raise UnitNotFound(
            f"Chưa có đơn vị nào mang mã {asked.code}. Kiểm tra lại mã, hoặc nạp tệp dữ liệu có đơn vị này."
        )
    candidates = meant_by(asked, known)
    if not candidates:
        raise UnitNotFound(
            f"Ngày {asked.day:%d/%m/%Y} không có đơn vị nào mang mã {asked.code}. Mã này là của: {_listed(known)}."
        )
    living = [unit for unit in candidates if unit.exists_in(year)]
    if not living:
        raise UnitNotInYear(
            f"Năm {year} không có đơn vị mang mã {asked.code}: mã này là của {_listed(candidates)}. "
            "Chọn một năm mà đơn vị tồn tại."
        )
    if len(living) > 1:
        spoken = " hoặc ".join(f"{unit.spoken_code} ({unit.full_name})" for unit in living)
        raise UnitAmbiguous(
            f"Năm {year}, mã {asked.code} là của {len(living)} đơn vị: {_listed(living)}. Ghi rõ {spoken}.",
            tuple(living),
        )
    return living[0]


def _listed(units: Iterable[Unit]) -> str:
    return "; ".join(f"{unit.full_name}{_lifetime(unit)}" for unit in units)


def _lifetime(unit: Unit) -> str:
    start = f" (từ {unit.valid_from:%d/%m/%Y}"
    return f"{start})" if unit.valid_to is None else f"{start} đến hết {unit.valid_to:%d/%m/%Y})"


def communes_of(unit: Unit, day: date) -> QuerySet[Unit]:
    """The communes under a unit on a day, in the order of the register; a commune's own is itself."""
    if unit.level == Level.COMMUNE:
        return Unit.objects.on(day).filter(pk=unit.pk)
    below = [unit.pk]
    found: list[int] = []
    while below:
        rows = list(Unit.objects.on(day).filter(parent_id__in=below).values_list("pk", "level"))
        found += [pk for pk, level in rows if level == Level.COMMUNE]
        below = [pk for pk, level in rows if level != Level.COMMUNE]
    return Unit.objects.filter(pk__in=found).order_by("sort_order", "name_key")


def letter_head_on(unit: Unit, day: date) -> LetterHead | None:
    """The letterhead in force on a day; the one that began last when two overlap."""
    return LetterHead.objects.filter(unit=unit).on(day).order_by("-valid_from", "-pk").first()


def offices_on(unit: Unit, day: date) -> QuerySet[Office]:
    """The offices in force on a day in the order of the plan."""
    offices: QuerySet[Office] = Office.objects.filter(unit=unit).on(day).order_by("sort_order", "pk")
    return offices


def signer_on(unit: Unit, day: date) -> Signer | None:
    """The first signer by priority who is in office on a day."""
    return Signer.objects.filter(unit=unit).on(day).order_by("sort_order", "pk").first()


def recipients_on(unit: Unit, day: date) -> QuerySet[Recipient]:
    """The lines of “Nơi nhận” on a day, the archive's line last."""
    lines: QuerySet[Recipient] = Recipient.objects.filter(unit=unit).on(day).order_by("is_archive", "sort_order", "pk")
    return lines
