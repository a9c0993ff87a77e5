"""The main menu as a registry: an app above adds its page in `AppConfig.ready()`, the base page shows what fits."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse


@dataclass(frozen=True)
class Entry:
    """One page of the menu; `visible` says for whom (it must not ask the database)."""

    url_name: str
    label: str
    order: int
    icon: str
    visible: Callable[[Any], bool]


@dataclass(frozen=True)
class Item:
    """One line of the menu as the template shows it."""

    label: str
    url: str
    icon: str
    is_current: bool


_entries: dict[str, Entry] = {}


def _everybody(_user: Any) -> bool:
    return True


def register(
    url_name: str, label: str, *, order: int = 100, icon: str = "", visible: Callable[[Any], bool] = _everybody
) -> None:
    """Add a page to the menu, left to right by `order`; registering an address again replaces the entry."""
    _entries[url_name] = Entry(url_name, label, order, icon, visible)


def items_for(user: Any, path: str) -> list[Item]:
    """The menu of a person who is logged in; the item whose address begins the path most closely is the current one."""
    shown = sorted((entry for entry in _entries.values() if entry.visible(user)), key=lambda entry: entry.order)
    addressed = [(entry, reverse(entry.url_name)) for entry in shown]
    current = max((url for _entry, url in addressed if path.startswith(url)), key=len, default=None)
    return [Item(entry.label, url, entry.icon, url == current) for entry, url in addressed]
