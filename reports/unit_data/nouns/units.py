"""Administrative units and how they go on in others."""

from typing import Any

from communes.models import Level, Unit, UnitSuccession
from communes.services import UnitTreeRefused, check_place_in_tree, check_succession
from reports.unit_data.kinds import Bad, Choice, Day, Integer, Ref, Text
from reports.unit_data.noun import Field, Noun


def _in_tree(values: dict[str, Any]) -> None:
    try:
        check_place_in_tree(Unit(level=values["level"], parent=values.get("parent")))
    except UnitTreeRefused as error:
        raise Bad(error.sentence) from error


def _no_circle(values: dict[str, Any]) -> None:
    try:
        check_succession(values["predecessor"], values["successor"])
    except UnitTreeRefused as error:
        raise Bad(error.sentence) from error


UNIT = Noun(
    name="unit", section="units", label="đơn vị hành chính", model=Unit,
    fields=(
        Field("code", "code", Text(), required=True),
        Field("name", "name", Text(), required=True),
        Field("kind", "kind", Choice.of(Unit.Kind), required=True),
        Field("level", "level", Choice.of(Level), required=True),
        Field("parent", "parent", Ref("unit")),
        Field("valid_from", "valid_from", Day(), required=True),
        Field("valid_to", "valid_to", Day()),
        Field("order", "sort_order", Integer()),
    ),
    identity=("code", "valid_from"), position="sort_order", complete=_in_tree,
)  # fmt: skip

SUCCESSION = Noun(
    name="succession", section="successions", label="kế thừa đơn vị", model=UnitSuccession,
    fields=(
        Field("predecessor", "predecessor", Ref("unit"), required=True),
        Field("successor", "successor", Ref("unit"), required=True),
    ),
    identity=("predecessor", "successor"), complete=_no_circle,
)  # fmt: skip
