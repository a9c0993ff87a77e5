"""No English word, no grouped year and no forbidden phrase on any page that a person can open."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.access_table import TABLE
from tests.test_access_matrix import World, _address, _cases, named_routes, world  # noqa: F401 -- a fixture

pytestmark = pytest.mark.django_db

ENGLISH = frozenset(
    "home search save saved delete deleted edit submit cancel back next previous page pages field fields required this "  # noqa: SIM905 -- sixty literals read worse
    "that is are was and or with from your you please enter valid invalid value error errors login logout password "
    "username user users add create update remove yes none true false select choose file upload download loading "
    "not found forbidden denied permission server request object unknown ensure already exists must".split()
)  # fmt: skip
PHRASES = ("không hợp lệ", "vui lòng", "xin lỗi")


def visible_text(page: str) -> str:
    """What a person reads or hears: text, labels for readers, hints; no scripts, styles, addresses, values, or names of figures."""
    body = re.sub(r"<(script|style|code)\b.*?</\1>", " ", page, flags=re.DOTALL)
    heard = " ".join(re.findall(r'(?:aria-label|placeholder|title|alt)="([^"]*)"', body))
    return f"{re.sub(r'<[^>]*>', ' ', body)} {heard}"


def english_words(text: str) -> list[str]:
    """The words of a text that are English ones from the list."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return sorted({word for word in words if word in ENGLISH})


def test_the_crawler_sees_english() -> None:
    assert english_words(visible_text('<p>This field is required.</p><a title="Search">x</a>')) == [
        "field", "is", "required", "search", "this",
    ]  # fmt: skip


@pytest.mark.parametrize("role", ["admin", "officer", "leader"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_pages_are_vietnamese(world: World, role: str, method: str) -> None:  # noqa: F811 -- the fixture
    client = Client()
    client.force_login(world.users[role])
    routes = dict(named_routes())
    faults = []
    for name, row in TABLE.items():
        if row.kind in {"act", "both"}:
            continue
        key = dict(_cases(world, row.about)).get("own")
        text = visible_text(_page(client, method, _address(name, routes[name], key)))
        faults += [f"{name}: {word}" for word in english_words(text)]
        faults += [f"{name}: {phrase}" for phrase in PHRASES if phrase in text.lower()]
        faults += [f"{name}: {found}" for found in re.findall(r"\b[12]\.(?:9|0)\d\d\b(?!\.)", text)]

    assert faults == []


def _page(client: Client, method: str, address: str) -> str:
    """The page as text; an answer without words (a redirect, a refused method) has none."""
    response: Any = client.generic(method, address, content_type="application/x-www-form-urlencoded")
    return response.content.decode() if response.get("Content-Type", "").startswith("text/html") else ""
