"""Names of files as people see them. The name of the stored bytes is made by the server and owes them nothing."""

import unicodedata
from pathlib import PurePosixPath

MAX_NAME = 150
_FORBIDDEN = frozenset('/\\<>:"|?*')


def tidy(name: str) -> str:
    """A name fit to be kept and offered for saving: NFC, last part of any path, without control or direction marks.

    "../../x.pdf" gives "x.pdf"; a name of which nothing is left gives "tệp".
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(letter for letter in last if letter not in _FORBIDDEN and not _is_invisible(letter))
    kept = " ".join(kept.split()).strip(". ")
    return _shorten(kept) or "tệp"


def _is_invisible(letter: str) -> bool:
    """Control characters (Cc) and format characters such as the right-to-left override (Cf)."""
    return unicodedata.category(letter) in {"Cc", "Cf"} and letter not in "\t\n\r "


def _shorten(name: str) -> str:
    if len(name) <= MAX_NAME:
        return name
    suffix = PurePosixPath(name).suffix[:10]
    return name[: MAX_NAME - len(suffix)].rstrip() + suffix
