import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from core.tests.text import SHAPED, TONES, syllables, vietnamese_texts
from core.vietnamese.collation import collation_key

VECTORS = yaml.safe_load((Path(__file__).parent / "data" / "format_vectors.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("in_order", VECTORS["collation"])
def test_key_sorts_names_as_a_dictionary_does(in_order):
    assert sorted(set(in_order), key=collation_key) == in_order


def test_key_sorts_letters_and_tones():
    letters = VECTORS["letters"].split()
    toned = [unicodedata.normalize("NFC", "a" + tone) for tone in TONES]
    assert sorted(set(letters), key=collation_key) == letters
    assert sorted(set(toned), key=collation_key) == toned


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà", "hòa"), ("Tân Hộ Cơ", "TÂN HỘ CƠ"), ("Tân-Thành", "Tân  Thành"), ("Phường 2", "Phường 02")],
)
def test_key_is_equal_for_spellings_of_one_name(one, other):
    assert collation_key(one) == collation_key(other)


def test_key_tells_letters_of_other_scripts_apart():
    names = ["Ba", "Ωmega", "日本"]
    assert len({collation_key(name) for name in names}) == len(names)


@given(st.text())
def test_key_holds_only_characters_that_every_database_orders_alike(text):
    assert set(collation_key(text)) <= set("0123456789abcdefghijklmnopqrstuvwxyz")


@given(vietnamese_texts())
def test_key_does_not_depend_on_normal_form_or_case(text):
    forms = {unicodedata.normalize(form, text) for form in ("NFC", "NFD")} | {text.upper(), text.lower()}
    assert {collation_key(form) for form in forms} == {collation_key(text)}


words = st.one_of(syllables(), st.integers(0, 10**40).map(lambda number: (str(number), 0)))
texts = st.lists(words, max_size=4)


def reference_order(text):
    """What the key encodes, as Python compares it: letters of all words first, then tones."""
    letters = [[_letter_rank(letter) for letter in _units(word)] for word, _tone in text]
    return letters, [tone for _word, tone in text]


def _units(word):
    return [int(word)] if word.isdecimal() else list(word)


def _letter_rank(unit):
    """Numbers come before letters, by value."""
    if isinstance(unit, int):
        return (0, len(str(unit)), unit)
    bare = "".join(char for char in unicodedata.normalize("NFD", unit) if char not in TONES)
    return (1, SHAPED.index(unicodedata.normalize("NFC", bare)), 0)


@given(texts, texts)
def test_key_order_equals_the_reference_order(one, other):
    keys = [collation_key(" ".join(word for word, _tone in text)) for text in (one, other)]
    orders = [reference_order(text) for text in (one, other)]
    assert (keys[0] < keys[1]) == (orders[0] < orders[1])
    assert (keys[0] == keys[1]) == (orders[0] == orders[1])
