"""Amounts of money in words, as vouchers and decisions print them below the figure."""

LIMIT = 10**15
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION = 10**9


def amount_in_words(amount: int) -> str:
    """35_000_000 -> "Ba mươi lăm triệu đồng"; from 0 to 10^15 đồng, ValueError outside."""
    words = f"{number_in_words(amount)} đồng"
    return words[0].upper() + words[1:]


def number_in_words(number: int) -> str:
    """1_000_005 -> "một triệu không trăm linh năm"; from 0 to 10^15, ValueError outside."""
    if not 0 <= number <= LIMIT:
        raise ValueError(f"no words for {number}")
    if number == 0:
        return _DIGITS[0]
    billions, rest = divmod(number, _BILLION)
    words = [*_below_billion(billions, is_continued=False), "tỷ"] if billions else []
    return " ".join(words + _below_billion(rest, is_continued=bool(billions)))


def _below_billion(number: int, *, is_continued: bool) -> list[str]:
    """Words of a number below 10^9; a part of it that is zero is not read."""
    words: list[str] = []
    for scale, name in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group = number // scale % 1000
        if group:
            words += _below_thousand(group, is_continued=is_continued or bool(words))
            words += [name] if name else []
    return words


def _below_thousand(number: int, *, is_continued: bool) -> list[str]:
    """Words of 1 to 999; after a larger part the hundreds are read even when there are none."""
    hundreds, tens, units = number // 100, number // 10 % 10, number % 10
    words = [_DIGITS[hundreds], "trăm"] if hundreds or is_continued else []
    if tens == 1:
        words.append("mười")
    elif tens:
        words += [_DIGITS[tens], "mươi"]
    elif units and words:
        words.append("linh")
    if units:
        words.append(_unit(units, tens=tens))
    return words


def _unit(units: int, *, tens: int) -> str:
    """mốt after mươi, lăm after mười and mươi, the plain digit otherwise."""
    if units == 1 and tens > 1:
        return "mốt"
    if units == 5 and tens:  # noqa: PLR2004 -- the digit that changes
        return "lăm"
    return _DIGITS[units]
