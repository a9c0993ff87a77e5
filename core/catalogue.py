"""The lists that are edited now and then, as a registry: each app adds its own in `AppConfig.ready()`."""

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Line:
    """One list of the page: its address by name, and what it is called."""

    url_name: str
    label: str


_groups: dict[str, tuple[int, tuple[Line, ...]]] = {}


def register(title: str, lines: tuple[tuple[str, str], ...], *, order: int) -> None:
    """Add a group of lists (address name, label); registering a title again replaces the group."""
    _groups[title] = (order, tuple(Line(name, label) for name, label in lines))


def groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """Each group's title with its lists as (address, label), by `order`."""
    in_order = sorted(_groups.items(), key=lambda group: group[1][0])
    return [(title, [(reverse(line.url_name), line.label) for line in lines]) for title, (_order, lines) in in_order]
