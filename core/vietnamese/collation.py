"""Keys whose plain order is the Vietnamese dictionary order, the same on every database.

The order is letter by letter a ă â b c d đ e ê … o ô ơ … u ư …, spaces before digits before letters, numbers by
their value ("Tân Thành 2" before "Tân Thành 10"); only texts with equal letters are ordered by the tones of their
words, ngang < huyền < hỏi < ngã < sắc < nặng. Case never counts. A word has one tone wherever it is written,
so "hoà" and "hòa" have the same key.

A key holds only the characters 0-9 and a-z, because that is what SQLite's BINARY, PostgreSQL's "C" and the
language collations of ICU and glibc order alike (the latter pass over spaces and punctuation at first):

    one character for each letter, "1" between words, "2" + length + digits for a number,
    "2z" + four characters for a letter of another script; then "0"; then one digit for the tone of each word.
"""

import unicodedata
from collections.abc import Iterator
from itertools import groupby

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_END_OF_LETTERS = "0"
_BETWEEN_WORDS = "1"
_NOT_A_LETTER = "2"
_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
_WEIGHTS = dict(zip(_LETTERS, _ALPHABET[3:], strict=True))
_OTHER_SCRIPT = "z"
_LONGEST_NUMBER = 34  # the length of a number is one character below _OTHER_SCRIPT

_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_SHAPED = {
    "a" + _BREVE: "ă", "a" + _CIRCUMFLEX: "â", "e" + _CIRCUMFLEX: "ê",
    "o" + _CIRCUMFLEX: "ô", "o" + _HORN: "ơ", "u" + _HORN: "ư",
}  # fmt: skip
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_NO_TONE = "0"


def collation_key(text: str) -> str:
    """The key of a text; comparing two keys as plain strings puts the texts in Vietnamese order."""
    words = [_word_key(word) for word in _words(text)]
    letters = _BETWEEN_WORDS.join(letters for letters, _tone in words)
    return letters + _END_OF_LETTERS + "".join(tone for _letters, tone in words)


def _words(text: str) -> Iterator[str]:
    """Runs of letters and digits, decomposed and in lower case; anything else only separates them."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    visible = (char for char in decomposed if unicodedata.category(char) != "Cf")
    for belongs, chars in groupby(visible, key=lambda char: unicodedata.category(char)[0] in "LNM"):
        if belongs:
            yield "".join(chars)


def _word_key(word: str) -> tuple[str, str]:
    """The weights of the letters of one word, and its tone (the first written)."""
    weights: list[str] = []
    tone = _NO_TONE
    for is_number, chars in groupby(word, key=_is_digit):
        if is_number:
            weights.append(_number_weight("".join(str(int(char)) for char in chars)))
            continue
        for letter, marks in _letters_with_marks("".join(chars)):
            weights.append(_letter_weight(letter))
            if tone == _NO_TONE:
                tone = next((_TONES[mark] for mark in marks if mark in _TONES), _NO_TONE)
    return "".join(weights), tone


def _is_digit(char: str) -> bool:
    return unicodedata.category(char) == "Nd"


def _letters_with_marks(text: str) -> Iterator[tuple[str, str]]:
    """("ê", tone marks) for each letter; a circumflex, breve or horn belongs to the letter."""
    letter, marks = "", ""
    for char in text:
        if unicodedata.category(char)[0] != "M":
            if letter:
                yield letter, marks
            letter, marks = char, ""
        elif letter + char in _SHAPED:
            letter = _SHAPED[letter + char]
        else:
            marks += char
    if letter:
        yield letter, marks


def _letter_weight(letter: str) -> str:
    return _WEIGHTS.get(letter) or _NOT_A_LETTER + _OTHER_SCRIPT + _base36(ord(letter), width=4)


def _number_weight(digits: str) -> str:
    digits = digits.lstrip("0") or "0"
    parts = (digits[start : start + _LONGEST_NUMBER] for start in range(0, len(digits), _LONGEST_NUMBER))
    return "".join(_NOT_A_LETTER + _ALPHABET[len(part)] + part for part in parts)


def _base36(number: int, *, width: int) -> str:
    digits = ""
    for _place in range(width):
        number, digit = divmod(number, 36)
        digits = _ALPHABET[digit] + digits
    return digits
