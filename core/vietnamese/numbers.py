"""Numbers, percentages and money as Vietnamese documents print them: 1.234,5 · 225% · 35 triệu đồng.

Decimal comma and dot between thousands: Luật Kế toán 2015. Nothing here rounds money.
"""

from decimal import ROUND_HALF_UP, Decimal

MILLION = 1_000_000
BILLION = 1_000_000_000
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_ROMAN_LIMIT = 4000

Number = Decimal | int | float | str


def integer(number: int) -> str:
    """1234567 -> "1.234.567"."""
    return f"{number:,}".replace(",", ".")


def count(number: int, pad: bool = True) -> str:  # noqa: FBT001, FBT002 -- read as count(9, pad=False)
    """A count before its noun: 9 -> "09" (or "9"), 14 -> "14", 0 -> "0"."""
    return f"0{number}" if pad and 0 < number < 10 else integer(number)  # noqa: PLR2004 -- two digits


def counted(number: int, noun: str, *, pad: bool = True) -> str:
    """A count with its noun: (9, "sản phẩm") -> "09 sản phẩm"; none -> "chưa có sản phẩm"."""
    return f"{count(number, pad)} {noun}" if number else f"chưa có {noun}"


def decimal(number: Number, max_places: int = 3) -> str:
    """1234.5 -> "1.234,5"; halves go up, zeros at the end are dropped."""
    rounded = exact(number).quantize(Decimal(1).scaleb(-max_places), rounding=ROUND_HALF_UP)
    whole, _point, places = f"{rounded:,f}".partition(".")
    whole, places = whole.replace(",", "."), places.rstrip("0")
    if whole == "-0" and not places:
        return "0"
    return f"{whole},{places}" if places else whole


def percent(number: Number) -> str:
    """73.08 -> "73,08%"; two places at most, no space before the sign."""
    return f"{decimal(number, max_places=2)}%"


def million(amount: int) -> Decimal:
    """An amount in đồng as exact triệu đồng: 35_500_000 -> Decimal("35.5")."""
    return _trimmed(Decimal(amount).scaleb(-6))


def money_in_words_unit(amount: int) -> str:
    """An amount in đồng with the largest unit that shows it exactly in three places at most.

    35_000_000 -> "35 triệu đồng"; 2_500_000_000 -> "2,5 tỷ đồng"; 950_000 -> "950.000 đồng".
    """
    size = abs(amount)
    if size >= BILLION and size % MILLION == 0:
        return f"{decimal(_trimmed(Decimal(amount).scaleb(-9)))} tỷ đồng"
    if size >= MILLION and size % 1000 == 0:
        return f"{decimal(million(amount))} triệu đồng"
    return f"{integer(amount)} đồng"


def roman(number: int) -> str:
    """4 -> "IV"; from 1 to 3999, ValueError outside."""
    if not 0 < number < _ROMAN_LIMIT:
        raise ValueError(f"no Roman numeral for {number}")
    numeral = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        numeral += letters * times
    return numeral


def exact(number: Number) -> Decimal:
    """The number as it reads: the float 0.1 is 0.1, not its binary neighbour."""
    return Decimal(str(number)) if isinstance(number, float) else Decimal(number)


def _trimmed(number: Decimal) -> Decimal:
    """Without zeros at the end and without an exponent."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()
