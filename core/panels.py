"""Related panels of a detail page: an app below offers the page, apps above add what they know about the noun."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.http import HttpRequest


@dataclass(frozen=True)
class Panel:
    """A table (columns and rows) or a template of one's own under a heading.

    `columns` are `core.screens.Column`s over `rows`; with `template` the context is shown by that template instead.
    """

    title: str
    columns: Sequence[Any] = ()
    rows: Sequence[Any] = ()
    empty: str = ""
    actions: Sequence[Any] = ()
    template: str = ""
    context: dict[str, Any] = field(default_factory=dict)
    aside: bool = False


PanelMaker = Callable[[HttpRequest, Any], Panel | None]

_makers: dict[type[Model], list[PanelMaker]] = {}


def register(model: type[Model], maker: PanelMaker) -> None:
    """Add a panel to the detail page of a model; registering the same maker again changes nothing."""
    makers = _makers.setdefault(model, [])
    if maker not in makers:
        makers.append(maker)


def panels_for(request: HttpRequest, subject: Model) -> list[Panel]:
    """The panels of one object in the order in which they were registered; a maker may answer None."""
    made = (maker(request, subject) for maker in _makers.get(type(subject), []))
    return [panel for panel in made if panel is not None]
