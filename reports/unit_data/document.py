"""Reading a data file without losing the line of anything in it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import yaml

MAX_BYTES = 5_000_000
MAX_DEPTH = 40
TOO_LARGE = "Tệp lớn hơn 5 MB. Chia dữ liệu thành nhiều tệp."


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something wrong in the file: where, what, and how to put it right (Vietnamese)."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"dòng {self.line}: {self.sentence}"


class FileFaults(Exception):
    """The file cannot be loaded; all that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__(f"{len(self.faults)} lỗi")


@dataclass(frozen=True, slots=True)
class Value:
    """One value of the file with its line (from 1)."""

    node: yaml.Node

    @property
    def line(self) -> int:
        return int(self.node.start_mark.line) + 1

    @property
    def is_scalar(self) -> bool:
        return isinstance(self.node, yaml.ScalarNode)

    @property
    def is_null(self) -> bool:
        return isinstance(self.node, yaml.ScalarNode) and self.node.tag == "tag:yaml.org,2002:null"

    @property
    def text(self) -> str:
        """A scalar as it is written: 0869 stays 0869. A list or a mapping where a scalar is meant reads as “[…]”."""
        return str(self.node.value) if self.is_scalar else "[…]"

    def items(self) -> list["Value"] | None:
        """The members of a list, or None when this is none."""
        return [Value(node) for node in self.node.value] if isinstance(self.node, yaml.SequenceNode) else None

    def pairs(self) -> list[tuple["Value", "Value"]] | None:
        """The keys and values of a mapping, or None when this is none."""
        if not isinstance(self.node, yaml.MappingNode):
            return None
        return [(Value(key), Value(value)) for key, value in self.node.value]

    def texts(self) -> Iterator[str]:
        """Every scalar in the value, keys too."""
        if self.is_scalar:
            yield self.text
        for key, inner in self.pairs() or []:
            yield from key.texts()
            yield from inner.texts()
        for member in self.items() or []:
            yield from member.texts()

    def plain(self) -> Any:
        """The value as Python data (lists, mappings, text, numbers), for what is stored as JSON.

        Raises ValueError for what JSON has no word for: dates, tags of one's own, infinity, numbers beyond reason.
        """
        loader = yaml.SafeLoader("")
        try:
            data = loader.construct_document(self.node)
            json.dumps(data, allow_nan=False)
        except (yaml.YAMLError, TypeError) as error:
            raise ValueError(str(error)) from error
        finally:
            loader.dispose()  # type: ignore[no-untyped-call]
        return data


def read(text: str) -> Value:
    """Parse a file into one tree. FileFaults with the line when it is not YAML or is too much of it."""
    if len(text.encode()) > MAX_BYTES:
        raise FileFaults([Fault(1, TOO_LARGE)])
    try:
        faults = list(_forbidden(text))
        if faults:
            raise FileFaults(faults)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = int(mark.line) + 1 if mark else 1
        sentence = (
            "Không đọc được YAML ở đây. Kiểm tra thụt dòng, dấu hai chấm, dấu ngoặc kép ở dòng này và dòng trước."
        )
        raise FileFaults([Fault(line, sentence)]) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise FileFaults([Fault(line, "Dòng này có ký tự ẩn không đọc được. Xóa rồi gõ lại dòng này.")]) from error
    if not isinstance(node, yaml.MappingNode):
        raise FileFaults([Fault(1, "Tệp phải bắt đầu bằng các khóa như “format:” và “units:”. Xem docs/unit-data.md.")])
    return Value(node)


def _forbidden(text: str) -> Iterator[Fault]:
    """Anchors and aliases (a small file could unfold to a huge one), and nesting beyond reason."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            yield Fault(_line_of(event), "Tệp không dùng dấu & và * để lặp lại dữ liệu. Ghi đầy đủ giá trị ở đây.")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            yield Fault(_line_of(event), f"Dữ liệu lồng nhau quá {MAX_DEPTH} cấp. Bớt cấp ở đây.")
            return


def _line_of(event: yaml.Event) -> int:
    return 1 if event.start_mark is None else int(event.start_mark.line) + 1


def mapping(value: Value, known: list[str], faults: list[Fault], *, what: str) -> dict[str, Value]:
    """The values of a mapping by key; unknown and doubled keys become faults that name the nearest known key."""
    pairs = value.pairs()
    if pairs is None:
        faults.append(Fault(value.line, f"{what} phải gồm các dòng “khóa: giá trị”. Các khóa: {', '.join(known)}."))
        return {}
    found: dict[str, Value] = {}
    for key, inner in pairs:
        if key.text not in known:
            faults.append(Fault(key.line, unknown_key(key.text, known, what=what)))
        elif key.text in found:
            faults.append(Fault(key.line, f"{what}: khóa “{key.text}” ghi hai lần. Giữ lại một."))
        else:
            found[key.text] = inner
    return found


def unknown_key(key: str, known: list[str], *, what: str) -> str:
    near = get_close_matches(key, known, n=1, cutoff=0.5)
    hint = f"Có phải “{near[0]}”?" if near else f"Các khóa dùng được: {', '.join(known)}."
    return f"{what} không có khóa “{key}”. {hint}"
