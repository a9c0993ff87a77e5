"""Text without marks and case: what searching and uniqueness compare.

"Khô cá lóc" and "kho ca loc" fold alike, and so do "hoà" and "hòa", whether the text is NFC (Windows, the web)
or NFD (a Mac, many PDF files).
"""

import unicodedata

_D_WITHOUT_STROKE = str.maketrans("đĐ", "dD")
# Mn: combining marks. Cf: marks without width that come along when text is pasted from a PDF or a web page.
_DROPPED_CATEGORIES = frozenset({"Mn", "Cf"})


def fold(text: str) -> str:
    """The text in lower case without marks, with đ as d and single spaces; folding twice changes nothing."""
    # Case folding brings out characters that decompose again ("ΐ"), so marks are dropped before and after it.
    plain = _without_marks(_without_marks(text).casefold())
    return " ".join(plain.split())


def _without_marks(text: str) -> str:
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text).translate(_D_WITHOUT_STROKE)
    return "".join(char for char in decomposed if unicodedata.category(char) not in _DROPPED_CATEGORIES)
