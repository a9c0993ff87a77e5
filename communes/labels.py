"""How units are named on screen."""

from collections.abc import Iterable

from communes.models import Unit, UnitSuccession
from core import clock


def now_in(units: Iterable[Unit]) -> dict[int, str]:
    """For the units that have ended: “nay thuộc xã Tân Hồng”, by primary key, in one query (none if all stand)."""
    today = clock.today()
    ended = [unit.pk for unit in units if unit.valid_to is not None and unit.valid_to < today]
    if not ended:
        return {}
    names: dict[int, list[str]] = {}
    for link in UnitSuccession.objects.filter(predecessor_id__in=ended).select_related("successor"):
        names.setdefault(link.predecessor_id, []).append(link.successor.full_name)
    return {pk: "nay thuộc " + ", ".join(successors) for pk, successors in names.items()}


def unit_name(unit: Unit) -> str:
    """“xã Tân Phước”, and for a unit that has ended “xã Tân Phước (nay thuộc xã An Phước)”."""
    later = now_in([unit]).get(unit.pk)
    return f"{unit.full_name} ({later})" if later else unit.full_name
