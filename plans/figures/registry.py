"""Figures: named functions over records. A figure knows its value, how it was counted and the rows behind it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import wraps
from typing import Any

from core.errors import Refused
from core.vietnamese import numbers
from plans.figures.records import CommuneRecord, Records

DOTS = "……"  # what is printed where a fact is missing, for the officer to see


class UnknownFigure(Refused):
    """A name that no figure has."""


@dataclass(frozen=True, slots=True)
class RowRef:
    """A record behind a figure: what it is, its key, how a list shows it, and the page that shows it."""

    kind: str  # "recognition", "dossier", "target" …
    pk: int
    label: str
    url_name: str = ""
    url_pk: int | None = None  # the key that the page wants when it is not `pk`


@dataclass(frozen=True, slots=True)
class Figure:
    """One computed fact. `is_nothing` decides whether an optional part of a text is printed."""

    name: str
    label: str
    value: int | Decimal | str | None
    text: str
    is_nothing: bool
    how: str
    rows: tuple[RowRef, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureContext:
    """What figures are computed for: a unit, its years, and where in the plan they stand."""

    records: Records
    unit_name: str
    unit_full_name: str
    plan_year: int
    report_year: int
    working_date: date
    commune: CommuneRecord | None = None
    section_key: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)

    def of_commune(self, commune: CommuneRecord | None) -> "FigureContext":
        """The same, for the figures of one commune."""
        return replace(self, commune=commune)

    def of_section(self, key: str, options: Mapping[str, Any]) -> "FigureContext":
        """The same, for the figures that a section selects by its options."""
        return replace(self, section_key=key, options=options)

    def count(self, number: int) -> str:
        """A count as this unit prints it: "09" or "9"."""
        return numbers.count(number, self.records.pad_counts)

    def stars(self, number: int) -> str:
        """Stars as this unit prints them: "03" or "3"."""
        return numbers.count(number, self.records.pad_stars)


@dataclass(frozen=True, slots=True)
class Found:
    """What a figure function returns: the value, how it prints, the rows. Empty text or 0 is nothing."""

    value: int | Decimal | str | None
    text: str
    rows: tuple[RowRef, ...] = ()


Compute = Callable[[FigureContext], Found]


@dataclass(frozen=True, slots=True)
class Definition:
    name: str
    label: str
    how: str
    per_commune: bool
    compute: Compute


_DEFINITIONS: dict[str, Definition] = {}


def figure(name: str, *, label: str, how: str, per_commune: bool = False) -> Callable[[Compute], Compute]:
    """Register a figure. Whatever app registers it, the name is unique.

    `label` and `how` are what the page of the plan shows: the name in Vietnamese and how it is counted.
    """

    def register(compute: Compute) -> Compute:
        if name in _DEFINITIONS:
            raise ValueError(f"figure {name!r} is registered twice")
        _DEFINITIONS[name] = Definition(name, label, how, per_commune, compute)

        @wraps(compute)
        def same(context: FigureContext) -> Found:
            return compute(context)

        return same

    return register


def names(*, per_commune: bool = True) -> tuple[str, ...]:
    """The known names, sorted; without those that need a commune when asked."""
    return tuple(sorted(n for n, definition in _DEFINITIONS.items() if per_commune or not definition.per_commune))


def definition(name: str) -> Definition:
    """Raises UnknownFigure."""
    try:
        return _DEFINITIONS[name]
    except KeyError:
        raise UnknownFigure(f"Chưa có số liệu “{name}”. Các tên dùng được: {', '.join(names())}.") from None


def compute(name: str, context: FigureContext) -> Figure:
    """The figure of that name. Raises UnknownFigure."""
    known = definition(name)
    found = Found(None, "") if known.per_commune and context.commune is None else known.compute(context)
    is_nothing = found.value in (None, 0, "") or found.text == ""
    text = found.text or (DOTS if found.value is None else "")
    return Figure(name, known.label, found.value, text, is_nothing, known.how, found.rows)
