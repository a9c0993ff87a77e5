"""Loading a file: all of it or nothing, with every fault named by line; a second load changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction

from communes.services import rebuild_reach
from core.audit import services as audit
from core.errors import Refused
from reports.unit_data import document, lookups
from reports.unit_data.document import Fault, FileFaults, Value
from reports.unit_data.kinds import Bad, Missing
from reports.unit_data.noun import Field, Noun, Values
from reports.unit_data.nouns import NOUNS

FORMAT = "ocop-unit-data/1"


@dataclass(slots=True)
class Tally:
    """What became of the rows of one noun."""

    label: str
    added: int = 0
    changed: int = 0
    same: int = 0


@dataclass(slots=True)
class Result:
    """What a load did, by section in the order of the format."""

    tallies: dict[str, Tally] = field(default_factory=dict)

    @property
    def added(self) -> int:
        return sum(tally.added for tally in self.tallies.values())

    @property
    def changed(self) -> int:
        return sum(tally.changed for tally in self.tallies.values())

    @property
    def same(self) -> int:
        return sum(tally.same for tally in self.tallies.values())


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row stands: its place in the list, and the rows it stands under."""

    index: int
    fixed: Mapping[str, Any] = field(default_factory=dict)
    orphan: bool = False  # the row above was refused: read for faults, do not write


def load(text: str, *, file_name: str) -> Result:
    """Load a file of the format docs/unit-data.md. Raises FileFaults with every fault; then nothing was written."""
    tree = document.read(text)
    loading = _Loading(reason=f"Nạp từ tệp {file_name}"[:300])
    with transaction.atomic():
        loading.load(tree)
        if loading.faults:
            raise FileFaults(loading.faults)
        rebuild_reach()
    return loading.result


class _Loading:
    """One load: the faults found, the ids given, the counts. Implements kinds.Finder."""

    def __init__(self, *, reason: str) -> None:
        self.reason = reason
        self.faults: list[Fault] = []
        self.result = Result()
        self.rows_by_id: dict[tuple[str, str], models.Model | None] = {}  # None: that row was refused
        self.seen: dict[tuple[str, tuple[Any, ...]], int] = {}
        self.file_unit: Value | None = None

    def load(self, tree: Value) -> None:
        sections = [noun.section for noun in NOUNS]
        top = document.mapping(tree, ["format", "about", "unit", *sections], self.faults, what="Tệp")
        self._check_format(tree, top.get("format"))
        self.file_unit = top.get("unit")
        for noun in NOUNS:
            if noun.section in top:
                self._load_list(noun, top[noun.section], {}, orphan=False)

    def _check_format(self, tree: Value, value: Value | None) -> None:
        if value is None or not value.is_scalar or value.text != FORMAT:
            line = tree.line if value is None else value.line
            self.faults.append(Fault(line, f"Dòng đầu của tệp phải là “format: {FORMAT}”."))

    # Finding rows that others refer to

    def find(self, noun: str, text: str) -> models.Model:
        if (noun, text) in self.rows_by_id:
            row = self.rows_by_id[noun, text]
            if row is None:
                raise Missing
            return row
        lookup = lookups.LOOKUPS.get(noun)
        found = lookup(text) if lookup else None
        if found is None:
            raise Bad(self._not_found(noun, text))
        return found

    def _not_found(self, noun: str, text: str) -> str:
        label = lookups.LABELS.get(noun, noun)
        known = [name for kind, name in self.rows_by_id if kind == noun]
        near = get_close_matches(text, known, n=1, cutoff=0.5)
        if near:
            return f"Không có {label} “{text}”. Có phải “{near[0]}”?"
        return f"Không có {label} “{text}” trong tệp (phía trên dòng này) hay trong dữ liệu. Thêm {label} đó trước."

    # Rows

    def _load_list(self, noun: Noun, value: Value, fixed: Values, *, orphan: bool) -> None:
        tally = self.result.tallies.setdefault(noun.section, Tally(noun.label))
        members = [] if value.is_null else value.items()
        if members is None:
            self.faults.append(
                Fault(value.line, f"“{noun.section}” phải là một danh sách: mỗi dòng mở đầu bằng dấu -.")
            )
            return
        for index, member in enumerate(members, start=1):
            self._load_row(noun, member, _Place(index, fixed, orphan), tally)

    def _load_row(self, noun: Noun, value: Value, place: _Place, tally: Tally) -> None:
        given = self._keys_of(noun, value)
        values = self._read(noun, value, given, place)
        row = None if values is None or place.orphan else self._write(noun, value, given, values, tally)
        if "id" in given:
            self._remember(noun, given["id"], row)
        children = [child for child in noun.children if child.section in given]
        for child in children:
            self._load_list(child, given[child.section], {child.parent_attr: row}, orphan=row is None)
        if noun.nests_itself and noun.section in given:
            inner = {noun.parent_attr: place.fixed.get(noun.parent_attr), "parent": row}
            self._load_list(noun, given[noun.section], inner, orphan=row is None)
        if row is not None:
            self._check_after(noun, row, value)

    def _keys_of(self, noun: Noun, value: Value) -> dict[str, Value]:
        if noun.shorthand and value.is_scalar:
            return {noun.shorthand: value}
        return document.mapping(value, noun.keys, self.faults, what=noun.label.capitalize())

    def _read(self, noun: Noun, value: Value, given: Mapping[str, Value], place: _Place) -> Values | None:
        """The row's values by column, or None when the row cannot be written (each reason is among the faults)."""
        values: Values = dict(place.fixed)
        before, whole = len(self.faults), True
        for column in noun.fields:
            source = self._source(column, given)
            if source is None:
                if column.required:
                    self.faults.append(Fault(value.line, self._required(noun, column)))
                continue
            whole = self._read_field(column.key, column.attr, column.kind, source, values) and whole
        for key, kind in noun.extra_keys.items():
            if key in given:
                whole = self._read_field(key, key, kind, given[key], values) and whole
        if noun.position and noun.position not in values:
            values[noun.position] = place.index
        return values if whole and len(self.faults) == before else None

    def _source(self, column: Field, given: Mapping[str, Value]) -> Value | None:
        if column.key in given:
            value = given[column.key]
            return None if column.required and value.is_null else value
        return self.file_unit if column.from_file else None

    def _read_field(self, key: str, attr: str, kind: Any, source: Value, values: Values) -> bool:
        """Put one value in place. False when it refers to a refused row."""
        if source.is_null:
            empty = kind.empty
            values[attr] = list(empty) if isinstance(empty, tuple) else empty
            return True
        try:
            values[attr] = kind.read(source, self)
        except Missing:
            return False
        except Bad as error:
            self.faults.append(Fault(source.line, f"{key}: {error}"))
        return True

    @staticmethod
    def _required(noun: Noun, column: Field) -> str:
        label = noun.model._meta.get_field(column.attr).verbose_name  # type: ignore[union-attr]
        return f"{noun.label.capitalize()} thiếu khóa “{column.key}” ({label}). Thêm khóa này."

    def _remember(self, noun: Noun, given_id: Value, row: models.Model | None) -> None:
        name = (noun.name, given_id.text)
        if name in self.rows_by_id:
            self.faults.append(
                Fault(given_id.line, f"id “{given_id.text}” đã dùng cho một {noun.label} khác. Đổi id này.")
            )
        self.rows_by_id[name] = row

    # Writing

    def _write(
        self, noun: Noun, value: Value, given: Mapping[str, Value], values: Values, tally: Tally
    ) -> models.Model | None:
        try:
            with transaction.atomic():
                noun.complete(values)
                self._refuse_twice(noun, value, values)
                return self._add_or_change(noun, values, tally)
        except Bad as error:
            self.faults.append(Fault(value.line, str(error)))
        except Refused as error:
            self.faults.append(Fault(value.line, error.sentence))
        except ValidationError as error:
            self._add_validation_faults(noun, value, given, error)
        return None

    def _add_or_change(self, noun: Noun, values: Values, tally: Tally) -> models.Model:
        existing = noun.find(values)
        if existing is None:
            new = noun.model(**values)
            noun.guard(new)
            audit.create(new, by=None, reason=self.reason)
            tally.added += 1
            return new
        changes = {attr: new for attr, new in values.items() if _differs(existing, attr, new)}
        if not changes:
            tally.same += 1
            return existing
        noun.guard(existing)
        audit.update(existing, changes, by=None, reason=self.reason)
        tally.changed += 1
        return existing

    def _refuse_twice(self, noun: Noun, value: Value, values: Values) -> None:
        """Two rows of one file that mean the same row would change it with every load."""
        parts = tuple(getattr(part, "pk", part) for part in noun.identity_of(values).values())
        first = self.seen.setdefault((noun.name, parts), value.line)
        if first != value.line:
            raise Bad(f"{noun.label.capitalize()} này đã ghi ở dòng {first}. Giữ lại một dòng.")

    def _check_after(self, noun: Noun, row: models.Model, value: Value) -> None:
        try:
            noun.after(row)
        except Bad as error:
            self.faults.append(Fault(value.line, str(error)))

    def _add_validation_faults(
        self, noun: Noun, value: Value, given: Mapping[str, Value], error: ValidationError
    ) -> None:
        by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        keys = {column.attr: column.key for column in noun.fields}
        for attr, messages in by_field.items():
            key = keys.get(attr, "")
            line = given[key].line if key in given else value.line
            for message in messages:
                self.faults.append(Fault(line, f"{key}: {message}" if key else message))


def _differs(row: models.Model, attr: str, new: Any) -> bool:
    """Whether a value of the file is another than the row's, in the form in which the column keeps it."""
    column = row._meta.get_field(attr)
    if isinstance(column, models.ForeignKey):
        return bool(getattr(row, column.attname) != (None if new is None else new.pk))
    old = getattr(row, attr)
    if isinstance(column, models.JSONField):
        return bool(old != new)
    if isinstance(old, Decimal):
        return new is None or old != Decimal(new)
    return bool(old != column.to_python(new))  # type: ignore[union-attr]
