from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from core.vietnamese import numbers
from core.vietnamese.reading import NumberNotRead, read_money, read_number

VECTORS = yaml.safe_load((Path(__file__).parent / "data" / "format_vectors.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("number", "printed"), VECTORS["thousands"].items())
def test_decimal_prints_the_published_vectors(number, printed):
    assert numbers.decimal(number) == printed


@pytest.mark.parametrize(("number", "printed"), VECTORS["percent"].items())
def test_percent_prints_the_published_vectors(number, printed):
    assert numbers.percent(number) == printed


@pytest.mark.parametrize(("amount", "printed"), VECTORS["money"].items())
def test_money_prints_the_published_vectors(amount, printed):
    assert numbers.money_in_words_unit(amount) == printed


@pytest.mark.parametrize(("number", "printed"), VECTORS["document_number"].items())
def test_count_prints_the_published_document_numbers(number, printed):
    assert numbers.count(number) == printed


@pytest.mark.parametrize(("number", "printed"), VECTORS["counts"].items())
def test_counted_prints_the_published_vectors(number, printed):
    assert numbers.counted(number, "sản phẩm") == printed


def test_count_follows_the_setting_of_the_unit():
    assert [numbers.count(number, pad=False) for number in (0, 9, 14)] == ["0", "9", "14"]
    assert [numbers.count(number) for number in (0, 9, 10, 1234)] == ["0", "09", "10", "1.234"]


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (Decimal("0.125"), "0,13%"),
        (Decimal("2.675"), "2,68%"),
        (2.675, "2,68%"),
        (100, "100%"),
        (Decimal("-0.001"), "0%"),
    ],
)
def test_percent_rounds_halves_up(number, printed):
    assert numbers.percent(number) == printed


def test_decimal_groups_and_drops_zeros_at_the_end():
    assert numbers.decimal(Decimal("1234567.500")) == "1.234.567,5"
    assert numbers.decimal(-1234, max_places=0) == "-1.234"
    assert numbers.decimal("1000") == "1.000"


@pytest.mark.parametrize(
    ("amount", "printed"),
    [
        (0, "0 đồng"), (950_000, "950.000 đồng"), (1_000_000, "1 triệu đồng"), (1_500_500, "1.500.500 đồng"),
        (35_250_000, "35,25 triệu đồng"), (1_234_567_000, "1.234,567 triệu đồng"), (10**12, "1.000 tỷ đồng"), (-2_500_000, "-2,5 triệu đồng"),
    ],
)  # fmt: skip
def test_money_takes_the_largest_unit_that_is_exact(amount, printed):
    assert numbers.money_in_words_unit(amount) == printed


@given(st.integers(0, 10**15))
def test_money_printed_never_rounds(amount):
    printed = numbers.money_in_words_unit(amount)
    number, _space, unit = printed.partition(" ")
    scale = {"đồng": 1, "triệu đồng": 10**6, "tỷ đồng": 10**9}[unit]
    assert Decimal(number.replace(".", "").replace(",", ".")) * scale == amount


def test_million_is_exact():
    assert str(numbers.million(35_000_000)) == "35"
    assert str(numbers.million(35_500_001)) == "35.500001"
    assert str(numbers.million(0)) == "0"


def test_roman_counts_the_parts_of_a_plan():
    assert [numbers.roman(number) for number in (1, 4, 9, 14, 1994)] == ["I", "IV", "IX", "XIV", "MCMXCIV"]
    for outside in (0, 4000):
        with pytest.raises(ValueError, match="no Roman numeral"):
            numbers.roman(outside)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("35.000.000", 35_000_000), ("35000000", 35_000_000), ("35 triệu", 35_000_000), ("35 tr", 35_000_000),
        ("1,5 tỷ", 1_500_000_000), ("1,5 tỉ đồng", 1_500_000_000), ("1,5 TỶ", 1_500_000_000),
        ("500 ngàn đ", 500_000), ("1.234", 1234), ("1.234 triệu", 1_234_000_000), ("0,234 tỷ", 234_000_000),
        ("10 000 000 đồng", 10_000_000), ("-5", -5), ("1,5 t\u0079\u0309", 1_500_000_000), ("0", 0),
    ],
)  # fmt: skip
def test_read_money_takes_what_people_type(typed, amount):
    assert read_money(typed) == amount


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            "1,234",
            "đọc được theo hai cách. Nhập 1.234 nếu dấu phẩy ngăn hàng nghìn; nhập 1.234.000 nếu là 1,234 triệu đồng.",
        ),
        ("1,234 tỷ", "đọc được theo hai cách. Nhập 1.234 tỷ nếu dấu phẩy ngăn hàng nghìn; nhập 1.234.000.000 nếu"),
        ("35,000,000", "Giữa các hàng nghìn dùng dấu chấm: nhập 35.000.000."),
        ("1.5 tỷ", "Phần lẻ đứng sau dấu phẩy: nhập 1,5 tỷ nếu đó là số lẻ."),
        ("1,5", "có phần lẻ của một đồng. Nhập số đồng tròn"),
        ("ba mươi triệu", "chưa đọc được thành số tiền. Nhập ví dụ 35.000.000"),
        ("12.34.5", "chưa đọc được thành số. Chỉ nhập chữ số"),
        ("5 kg", "chưa đọc được thành số tiền"),
        ("", "chưa đọc được thành số tiền"),
    ],
)
def test_read_money_asks_when_two_meanings_are_possible(typed, sentence):
    with pytest.raises(NumberNotRead) as refusal:
        read_money(typed)
    assert sentence in refusal.value.sentence
    assert f"“{typed}”" in refusal.value.sentence


@given(st.integers(0, 10**15))
def test_read_money_reads_back_what_is_printed_in_full(amount):
    assert read_money(numbers.integer(amount)) == amount
    assert read_money(f"{numbers.integer(amount)} đồng") == amount


@pytest.mark.parametrize(
    ("typed", "number"), [("1.234,5", "1234.5"), ("1234,5", "1234.5"), ("1.234", "1234"), ("-0,5", "-0.5")]
)
def test_read_number_takes_decimal_commas(typed, number):
    assert read_number(typed) == Decimal(number)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1,234", "Nhập 1.234 nếu dấu phẩy ngăn hàng nghìn; nhập 1,2340 nếu dấu phẩy đứng trước phần lẻ."),
        ("1,234,567", "nhập 1.234.567."),
        ("1.5", "nhập 1,5 nếu"),
        ("1,2,3", "chưa đọc được thành số"),
        ("x", "chưa đọc được thành số"),
    ],
)
def test_read_number_asks_when_two_meanings_are_possible(typed, sentence):
    with pytest.raises(NumberNotRead) as refusal:
        read_number(typed)
    assert sentence in refusal.value.sentence
