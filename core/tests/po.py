"""A reader of .po files, enough for the one this repository holds."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "locale" / "vi" / "LC_MESSAGES"


@dataclass(frozen=True)
class Entry:
    """One message: `msgctxt` and `msgid_plural` are empty where there are none."""

    msgid: str
    msgstr: str
    msgctxt: str = ""
    msgid_plural: str = ""


@cache
def catalogue() -> tuple[Entry, ...]:
    """The messages of the repository's own catalogue, without its header."""
    blocks = (FOLDER / "django.po").read_text(encoding="utf-8").split("\n\n")
    entries = [_entry(block) for block in blocks]
    return tuple(entry for entry in entries if entry and entry.msgid)


def _entry(block: str) -> Entry | None:
    parts: dict[str, str] = {}
    keyword = ""
    for line in block.splitlines():
        if line.startswith("#"):
            continue
        if not line.startswith('"'):
            keyword = line.partition(" ")[0]
        name = keyword.removesuffix("[0]")
        parts[name] = parts.get(name, "") + str(ast.literal_eval(line[line.index('"') :]))
    return Entry(**parts) if parts else None
