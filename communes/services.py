"""Everything that writes units and what they print."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from communes.actors import unit_of
from communes.models import (
    LetterHead,
    Level,
    Office,
    OfficeDuty,
    Recipient,
    Signer,
    Unit,
    UnitReach,
    UnitSuccession,
)
from communes.rules import reaches
from core.audit import services as audit
from core.errors import Refused


class UnitTreeRefused(Refused):
    """The unit would stand above itself, or under a unit of its own or a lower level."""


_RANK = {Level.CENTRAL: 0, Level.PROVINCE: 1, Level.DISTRICT: 2, Level.COMMUNE: 3}


@transaction.atomic
def create_unit(values: Mapping[str, Any], *, by: AbstractBaseUser | None) -> Unit:
    """Add a unit and let those above see it. A person adds it under a unit of their own reach."""
    unit = Unit(**values)
    check_place_in_tree(unit)
    _refuse_place_beyond_reach(unit.parent, by)
    audit.create(unit, by=by)
    rebuild_reach()
    return unit


@transaction.atomic
def update_unit(
    unit: Unit, values: Mapping[str, Any], *, by: AbstractBaseUser | None, version: int | None = None
) -> Unit:
    """Change a unit; its place in the tree is checked before anything is written.

    Nobody moves the own unit: its level and the unit above decide what its people see.
    """
    moved = Unit(pk=unit.pk, **{"level": unit.level, "parent": unit.parent, **_tree_part(values)})
    check_place_in_tree(moved)
    if (moved.level, moved.parent_id) != (unit.level, unit.parent_id):
        _refuse_moving_own_unit(unit, by)
        _refuse_place_beyond_reach(moved.parent, by)
    audit.update(unit, values, by=by, version=version)
    rebuild_reach()
    return unit


def _tree_part(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in ("level", "parent") if name in values}


def check_place_in_tree(unit: Unit) -> None:
    """Refuse a parent that is not of a higher level, and a level not above that of the units under it (which
    together rule out circles).
    """
    if unit.parent is not None and _RANK[Level(unit.parent.level)] >= _RANK[Level(unit.level)]:
        raise UnitTreeRefused(
            f"{unit.parent.full_name} không phải cấp trên của một đơn vị cấp {Level(unit.level).label}. "
            "Chọn đơn vị cấp trên khác."
        )
    below = Unit.objects.filter(parent_id=unit.pk) if unit.pk is not None else ()
    for child in below:
        if _RANK[Level(child.level)] <= _RANK[Level(unit.level)]:
            raise UnitTreeRefused(
                f"Dưới đơn vị này còn {child.full_name}, nên không chuyển xuống cấp {Level(unit.level).label} được. "
                "Chuyển các đơn vị cấp dưới sang đơn vị khác trước."
            )


def _refuse_place_beyond_reach(parent: Unit | None, by: AbstractBaseUser | None) -> None:
    """A person places units under those of their reach; only the centre places a unit under nobody."""
    if by is None or _is_central(by) or (parent is not None and reaches(by, parent.pk)):  # type: ignore[arg-type]
        return
    raise UnitTreeRefused("Chọn đơn vị cấp trên là đơn vị của anh/chị hoặc một đơn vị trong phạm vi anh/chị quản lý.")


def _refuse_moving_own_unit(unit: Unit, by: AbstractBaseUser | None) -> None:
    if by is not None and unit.pk == by.unit_id and not _is_central(by):  # type: ignore[attr-defined]
        raise UnitTreeRefused("Cấp và đơn vị cấp trên của đơn vị mình do quản trị cấp trên sửa. Giữ nguyên hai ô này.")


def _is_central(person: Any) -> bool:
    unit = unit_of(person)
    return unit is not None and unit.level == Level.CENTRAL


@transaction.atomic
def add_succession(predecessor: Unit, successor: Unit, *, by: AbstractBaseUser | None) -> UnitSuccession:
    """Record that a unit, or part of it, goes on in another; the successor's people see its rows."""
    check_succession(predecessor, successor)
    succession = audit.create(UnitSuccession(predecessor=predecessor, successor=successor), by=by)
    rebuild_reach()
    return succession


def check_succession(predecessor: Unit, successor: Unit) -> None:
    """Refuse a succession against the direction of those there are (a unit in itself is the constraint's to refuse)."""
    if predecessor.pk != successor.pk and _goes_on_in(successor, predecessor):
        raise UnitTreeRefused(
            f"{successor.full_name} đã nhập vào {predecessor.full_name}. Không ghi được theo chiều ngược lại."
        )


def _goes_on_in(unit: Unit, later: Unit) -> bool:
    """Whether `later` succeeds `unit`, directly or through others."""
    frontier, seen = {unit.pk}, set[int]()
    while frontier:
        if later.pk in frontier:
            return True
        seen |= frontier
        found = UnitSuccession.objects.filter(predecessor_id__in=frontier).values_list("successor_id", flat=True)
        frontier = set(found) - seen
    return False


@transaction.atomic
def rebuild_reach() -> int:
    """Bring `UnitReach` up to date: each unit reaches itself, what is under it and what these succeeded, at any
    depth; a central unit reaches all. Only the difference is written. Returns the number of rows added or removed.
    """
    wanted = _closure()
    present = {(viewer, unit): pk for pk, viewer, unit in UnitReach.objects.values_list("pk", "viewer_id", "unit_id")}
    gone = [pk for pair, pk in present.items() if pair not in wanted]
    new = [UnitReach(viewer_id=viewer, unit_id=unit) for viewer, unit in sorted(wanted - present.keys())]
    for start in range(0, len(gone), 500):
        UnitReach.objects.filter(pk__in=gone[start : start + 500]).delete()
    UnitReach.objects.bulk_create(new, batch_size=1000)
    return len(gone) + len(new)


def _closure() -> set[tuple[int, int]]:
    """All pairs (viewer, unit) of the closure of tree and succession."""
    units = list(Unit.objects.values_list("pk", "parent_id", "level"))
    steps: defaultdict[int, list[int]] = defaultdict(list)
    for pk, parent_id, _level in units:
        if parent_id is not None:
            steps[parent_id].append(pk)
    for predecessor_id, successor_id in UnitSuccession.objects.values_list("predecessor_id", "successor_id"):
        steps[successor_id].append(predecessor_id)
    everything = {pk for pk, _parent_id, _level in units}
    pairs: set[tuple[int, int]] = set()
    for pk, _parent_id, level in units:
        reached = everything if level == Level.CENTRAL else _reached_from(pk, steps)
        pairs.update((pk, unit) for unit in reached)
    return pairs


def _reached_from(start: int, steps: Mapping[int, list[int]]) -> set[int]:
    seen, waiting = {start}, [start]
    while waiting:
        for unit in steps.get(waiting.pop(), ()):
            if unit not in seen:
                seen.add(unit)
                waiting.append(unit)
    return seen


def create_letter_head(values: Mapping[str, Any], *, by: AbstractBaseUser | None) -> LetterHead:
    """Add what a unit prints at the head of its documents."""
    return audit.create(LetterHead(**values), by=by)


def update_letter_head(
    letter_head: LetterHead, values: Mapping[str, Any], *, by: AbstractBaseUser | None, version: int | None = None
) -> LetterHead:
    """Change a letterhead."""
    return audit.update(letter_head, values, by=by, version=version)


def create_office(values: Mapping[str, Any], *, by: AbstractBaseUser | None) -> Office:
    """Add an office that the plan gives duties to."""
    return audit.create(Office(**values), by=by)


def update_office(
    office: Office, values: Mapping[str, Any], *, by: AbstractBaseUser | None, version: int | None = None
) -> Office:
    """Change an office."""
    return audit.update(office, values, by=by, version=version)


def create_duty(values: Mapping[str, Any], *, by: AbstractBaseUser | None) -> OfficeDuty:
    """Add a duty of an office."""
    return audit.create(OfficeDuty(**values), by=by)


def update_duty(
    duty: OfficeDuty, values: Mapping[str, Any], *, by: AbstractBaseUser | None, version: int | None = None
) -> OfficeDuty:
    """Change a duty."""
    return audit.update(duty, values, by=by, version=version)


def create_signer(values: Mapping[str, Any], *, by: AbstractBaseUser | None) -> Signer:
    """Add a person who signs for a unit."""
    return audit.create(Signer(**values), by=by)


def update_signer(
    signer: Signer, values: Mapping[str, Any], *, by: AbstractBaseUser | None, version: int | None = None
) -> Signer:
    """Change a signer."""
    return audit.update(signer, values, by=by, version=version)


def create_recipient(values: Mapping[str, Any], *, by: AbstractBaseUser | None) -> Recipient:
    """Add a line of “Nơi nhận”."""
    return audit.create(Recipient(**values), by=by)


def update_recipient(
    recipient: Recipient, values: Mapping[str, Any], *, by: AbstractBaseUser | None, version: int | None = None
) -> Recipient:
    """Change a line of “Nơi nhận”."""
    return audit.update(recipient, values, by=by, version=version)
