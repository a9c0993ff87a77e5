import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.vietnamese.words import amount_in_words, number_in_words

DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
UNITS = {**{word: value for value, word in enumerate(DIGITS)}, "mốt": 1, "lăm": 5}


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (11, "Mười một đồng"),
        (15, "Mười lăm đồng"),
        (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi bốn đồng"),
        (105, "Một trăm linh năm đồng"),
        (110, "Một trăm mười đồng"),
        (1_005, "Một nghìn không trăm linh năm đồng"),
        (35_000_000, "Ba mươi lăm triệu đồng"),
        (221_415, "Hai trăm hai mươi mốt nghìn bốn trăm mười lăm đồng"),
        (1_000_005, "Một triệu không trăm linh năm đồng"),
        (1_005_000, "Một triệu không trăm linh năm nghìn đồng"),
        (2_500_000_000, "Hai tỷ năm trăm triệu đồng"),
        (1_000_000_000_000, "Một nghìn tỷ đồng"),
        (10**15, "Một triệu tỷ đồng"),
    ],
)
def test_amount_is_read_as_vouchers_write_it(amount, words):
    assert amount_in_words(amount) == words


@pytest.mark.parametrize("outside", [-1, 10**15 + 1])
def test_amount_outside_the_range_is_an_error(outside):
    with pytest.raises(ValueError, match="no words"):
        amount_in_words(outside)


@given(st.integers(0, 10**15))
def test_words_say_exactly_the_number(number):
    assert value_of(number_in_words(number)) == number


@given(st.integers(0, 10**6))
def test_words_of_small_numbers_say_exactly_the_number(number):
    assert value_of(number_in_words(number)) == number


def value_of(words):
    """The number that a person hears: the inverse of number_in_words."""
    billions, has_billions, rest = words.rpartition("tỷ")
    return (_below_billion(billions) * 10**9 if has_billions else 0) + _below_billion(rest)


def _below_billion(words):
    total = 0
    for name, scale in (("triệu", 10**6), ("nghìn", 10**3)):
        part, found, rest = words.partition(name)
        if found:
            total, words = total + _below_thousand(part) * scale, rest
    return total + _below_thousand(words)


def _below_thousand(words):
    hundreds, found, rest = words.partition("trăm")
    total = UNITS[hundreds.strip()] * 100 if found else 0
    for word in rest.split() if found else words.split():
        if word == "mười":
            total += 10
        elif word == "mươi":
            total += total % 10 * 9  # the digit just heard counts tens
        elif word != "linh":
            total += UNITS[word]
    return total
