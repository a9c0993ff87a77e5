"""The law that comes with the portal (regulations/data): regimes with their certifying levels, product groups.

Loading adds and changes, never deletes, and changes nothing the second time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.db.models import Model

from core.audit import services as audit
from regulations.models import CertifyingLevel, ProductGroup, Regime

DATA = Path(__file__).parent / "data"
REASON = "Nạp dữ liệu pháp lý đi kèm phần mềm"


@dataclass(slots=True)
class Counts:
    added: int = 0
    changed: int = 0
    same: int = 0


@transaction.atomic
def load_regulations() -> Counts:
    """Load every file of regulations/data."""
    counts = Counts()
    for entry in _read("regimes.yaml")["regimes"]:
        _load_regime(entry, counts)
    for decision in _read("product_groups.yaml")["decisions"]:
        for number, entry in _groups(decision):
            _put(ProductGroup, {"decision": decision["key"], "number": number}, entry, counts)
    return counts


def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
    return data


def _load_regime(entry: Mapping[str, Any], counts: Counts) -> None:
    values = {
        "name": entry["name"],
        "valid_from": _day(entry["valid_from"]),
        "valid_to": _day(entry["valid_to"]),
        "certificate_months": entry["certificate_months"],
        "criteria_decision": entry["criteria_decision"],
        "source": entry["source"],
        "checked_by": entry["checked_by"],
    }
    regime = _put(Regime, {"key": entry["key"]}, values, counts)
    for stars, level in entry["certifying_levels"].items():
        _put(CertifyingLevel, {"regime": regime, "stars": stars}, {"level": level}, counts)


def _groups(decision: Mapping[str, Any]) -> list[tuple[int, dict[str, str]]]:
    """(number, values) of every product group of one decision."""
    return [
        (number, {"name": name, "sector": sector["name"], "group": group["name"]})
        for sector in decision["sectors"]
        for group in sector["groups"]
        for number, name in group["sets"].items()
    ]


def _day(value: Any) -> date | None:
    return value if value is None or isinstance(value, date) else date.fromisoformat(value)


def _put(model: type[Model], identity: Mapping[str, Any], values: Mapping[str, Any], counts: Counts) -> Model:
    """Add the row, or change what differs."""
    row = model._default_manager.filter(**identity).first()
    if row is None:
        counts.added += 1
        return audit.create(model(**identity, **values), by=None, reason=REASON)
    changes = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not changes:
        counts.same += 1
        return row
    counts.changed += 1
    return audit.update(row, changes, by=None, reason=REASON)
