"""What a section of the file holds, as data: loading reads these maps, and so can whatever writes the format."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from core.vietnamese.folding import fold
from reports.unit_data.kinds import Kind

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a row and the column it fills.

    A key that is left out leaves the column as it is (a new row takes the model's default); null empties it.
    `from_file` takes the file's own `unit` when the key is left out.
    """

    key: str
    attr: str
    kind: Kind
    required: bool = False
    from_file: bool = False


def _complete_nothing(values: Values) -> None:
    """Most nouns take their rows as they are written."""


def _guard_nothing(row: Model) -> None:
    """Most rows may always be written."""


@dataclass(frozen=True, slots=True)
class Noun:
    """One kind of row.

    `identity` names the columns by which a row is found again (`x_folded` = `x` without marks and case);
    `position` is the column that takes the row's place in the list unless the file says otherwise;
    `complete` fills what follows from the rest and `guard` refuses a write, both by raising `kinds.Bad`.
    """

    name: str
    section: str
    label: str
    model: type[Model]
    fields: tuple[Field, ...]
    identity: tuple[str, ...]
    position: str = ""
    parent_attr: str = ""
    shorthand: str = ""
    children: tuple["Noun", ...] = ()
    nests_itself: bool = False
    complete: Callable[[Values], None] = _complete_nothing
    guard: Callable[[Model], None] = _guard_nothing
    after: Callable[[Model], None] = _guard_nothing
    extra_keys: Mapping[str, Kind] = field(default_factory=dict)

    @property
    def keys(self) -> list[str]:
        """Every key that a row of this noun may have."""
        nested = [child.section for child in self.children] + ([self.section] if self.nests_itself else [])
        return ["id", *(column.key for column in self.fields), *self.extra_keys, *nested]

    def find(self, values: Values) -> Model | None:
        """The row of the database that these values are about, or None."""
        return self.model._default_manager.filter(**self.identity_of(values)).first()

    def identity_of(self, values: Values) -> Values:
        return {attr: self._identity_value(attr, values) for attr in self.identity}

    def _identity_value(self, attr: str, values: Values) -> Any:
        if attr.endswith("_folded"):
            return fold(values[attr.removesuffix("_folded")])
        if attr in values:
            return values[attr]
        return self.model._meta.get_field(attr).get_default()  # type: ignore[union-attr]
