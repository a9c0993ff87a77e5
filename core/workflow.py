"""States as tables: the only moves an object can make, applied under a row lock and logged."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models, transaction

from core.audit import services as audit
from core.errors import Refused

Row = TypeVar("Row", bound=models.Model)


class TransitionRefused(Refused):
    """The object is not in a state from which the move is allowed, or the move lacks its reason."""


@dataclass(frozen=True)
class Transition:
    """One move: from any of `sources` to `target`. `label` is the act as the button says it (“Trả lại”)."""

    name: str
    label: str
    sources: Iterable[str]
    target: str
    needs_reason: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "sources", frozenset(self.sources))


@dataclass(frozen=True)
class Workflow:
    """All moves of one noun."""

    initial: str
    transitions: tuple[Transition, ...]

    def states(self) -> frozenset[str]:
        """Every state the table knows."""
        sources = {source for transition in self.transitions for source in transition.sources}
        return frozenset({self.initial} | sources | {transition.target for transition in self.transitions})

    def moves_from(self, state: str) -> tuple[Transition, ...]:
        """The moves allowed from a state, in the order of the table."""
        return tuple(transition for transition in self.transitions if state in transition.sources)

    def unreachable(self) -> frozenset[str]:
        """States that no chain of moves from the initial state arrives at."""
        reached: set[str] = set()
        waiting = [self.initial]
        while waiting:
            state = waiting.pop()
            if state not in reached:
                reached.add(state)
                waiting.extend(transition.target for transition in self.moves_from(state))
        return self.states() - reached


@transaction.atomic
def apply(
    obj: Row,
    transition: Transition,
    *,
    by: Any,
    reason: str = "",
    on_behalf_of: models.Model | None = None,
    **stamps: Any,
) -> Row:
    """Make the move on the row as it is now in the database; `stamps` are columns set together with the state.

    Raises TransitionRefused when the state does not allow the move or a needed reason is missing, ValidationError
    when a constraint ties the new state to something the row lacks.
    """
    current = audit.lock(obj)
    if current.state not in transition.sources:  # type: ignore[attr-defined]
        raise TransitionRefused(_refusal(current, transition))
    if transition.needs_reason and not reason.strip():
        raise TransitionRefused(f"Nhập lý do rồi bấm “{transition.label}” lại.")
    changes = {"state": transition.target, **stamps}
    return audit.update(obj, changes, by=by, reason=reason.strip(), on_behalf_of=on_behalf_of, action=transition.name)


def _refusal(obj: models.Model, transition: Transition) -> str:
    labels = dict(obj._meta.get_field("state").flatchoices)  # type: ignore[union-attr]
    current = labels.get(obj.state, obj.state)  # type: ignore[attr-defined]
    allowed = ", ".join(f"“{label}”" for state, label in labels.items() if state in transition.sources)
    return (
        f"Chưa làm được việc “{transition.label}” vì {obj._meta.verbose_name} đang ở trạng thái “{current}”; "
        f"việc này làm khi ở trạng thái {allowed}. Tải lại trang để xem trạng thái mới nhất."
    )
