"""Judges a text that a person may read: Vietnamese, saying what to do, in the house's words."""

import re

from core.tests.po import catalogue

FORBIDDEN = re.compile(r"không hợp lệ|vui lòng|xin lỗi|xin hãy|hợp lệ|\bbạn\b|trường này", re.IGNORECASE)
# Names of things that have no Vietnamese name, and Vietnamese words that English happens to spell alike.
_WORD = re.compile(r"[^\W\d_]+[0-9]*", re.UNICODE)
SHARED = frozenset(
    _WORD.findall(
        "json uuid url ipv4 ipv6 jpg png kb mb gb tb pb byte cookie referer referrer policy no same origin"
        " con do in so thu to"
    )
)
_PLACEHOLDER = re.compile(r"%\([a-z_0-9]+\)[a-z]|%[sdr]|\{[a-z_]*\}")
_EXAMPLE = re.compile(r"https?://\S+|\S+@\S+|“[^”]*”")


def english_words() -> frozenset[str]:
    """Every English word that Django's messages are made of."""
    texts = " ".join(entry.msgid for entry in catalogue())
    return frozenset(word.lower() for word in _WORD.findall(_PLACEHOLDER.sub(" ", texts)) if len(word) > 1) - SHARED


class Anything(dict):
    """Fills every placeholder of a message."""

    def __missing__(self, key: str) -> int:
        return 3


def filled(message: object) -> str:
    """The message as shown, with 3 for every value it names."""
    if hasattr(message, "_get_number_value"):  # a lazy plural: it has no text without its number
        return str(message % Anything())  # type: ignore[operator]
    text = str(message)
    if re.search(r"\{[a-z_]+\}", text):
        return text.format_map(Anything())
    return text % Anything() if "%" in text else text


def faults(text: str, english: frozenset[str]) -> list[str]:
    """What is wrong with a text, as phrases; none for a good one."""
    words = {word.lower() for word in _WORD.findall(_EXAMPLE.sub(" ", text))}
    found = [f"English “{word}”" for word in sorted(words & english)]
    found += [f"house words: “{match}”" for match in FORBIDDEN.findall(text)]
    return found
