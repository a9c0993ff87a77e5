"""The plan's figures. Importing the package registers all of them."""

from plans.figures import activities, communes, legal, overview, promises, results  # noqa: F401 -- they register themselves
from plans.figures.records import Records, load_records
from plans.figures.registry import (
    DOTS,
    Figure,
    FigureContext,
    Found,
    RowRef,
    UnknownFigure,
    compute,
    definition,
    figure,
    names,
)

__all__ = [
    "DOTS",
    "Figure",
    "FigureContext",
    "Found",
    "Records",
    "RowRef",
    "UnknownFigure",
    "compute",
    "definition",
    "figure",
    "load_records",
    "names",
]
