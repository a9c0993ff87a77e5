"""docs/unit-data.md names every section, key and word of the format, and nothing that the format has not."""

import re
from pathlib import Path

from django.conf import settings

from reports.unit_data.kinds import Choice
from reports.unit_data.noun import Noun
from reports.unit_data.nouns import NOUNS

PAGE = Path(settings.BASE_DIR) / "docs" / "unit-data.md"


def every_noun(nouns=NOUNS):
    for noun in nouns:
        yield noun
        yield from every_noun(noun.children)


def documented() -> dict[str, str]:
    """Section → its part of the page."""
    parts = re.split(r"^### `(\w+)`", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def keys_on_page(part: str) -> set[str]:
    return set(re.findall(r"^\| `(\w+)`", part, flags=re.MULTILINE))


def test_every_section_is_documented_in_the_order_of_loading():
    assert list(documented()) == [noun.section for noun in every_noun()]


def test_every_key_is_documented_with_its_words_and_whether_it_is_required():
    page = documented()
    for noun in every_noun():
        part = page[noun.section]
        assert keys_on_page(part) == set(noun.keys) - {"id"}, noun.section
        assert set(re.findall(r"^\| `(\w+)` \*\*required\*\*", part, flags=re.MULTILINE)) == required(noun)
        for column in noun.fields:
            if isinstance(column.kind, Choice):
                assert all(f"`{word}`" in part for word, _label in column.kind.options), (noun.section, column.key)


def required(noun: Noun) -> set[str]:
    return {column.key for column in noun.fields if column.required}
