"""Who acts, as the lower apps see a person: a role, a unit, nothing else.

The account itself lives in `accounts`, above this app.
"""

from typing import Any, Protocol

from communes.models import Level, Unit


class Person(Protocol):
    """What a rule needs to know of the person who asks."""

    pk: Any
    role: str
    unit_id: Any
    is_active: Any

    @property
    def unit(self) -> Any: ...


OFFICER = "officer"
ADMIN = "admin"

ABOVE_COMMUNE = frozenset({Level.DISTRICT, Level.PROVINCE, Level.CENTRAL})


def unit_of(person: Person) -> Unit | None:
    """The person's unit, or None for somebody who is not logged in or has none."""
    unit: Unit | None = getattr(person, "unit", None)
    return unit
