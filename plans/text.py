"""The small grammar of section texts: parse, check, render.

A text is lines. `- ` and `+ ` open list items; every other line is a paragraph; an empty line separates. `{figure}`
prints a figure, `{figure|form}` prints it in one of FORMS (`{figure|if}` prints nothing and is only a condition);
`[[ … ]]` is left out when a figure in it is nothing and `[[ … || … ]]` says the second text then; both nest. `::block`
alone on a line stands for a computed block.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Protocol

from core.errors import Refused
from core.vietnamese import numbers
from core.vietnamese.words import number_in_words


class Printable(Protocol):
    """What the renderer needs to know of a figure."""

    @property
    def value(self) -> int | Decimal | str | None: ...
    @property
    def text(self) -> str: ...
    @property
    def is_nothing(self) -> bool: ...


class LineKind(Enum):
    BODY = ""
    ITEM = "- "
    SUB_ITEM = "+ "


@dataclass(frozen=True, slots=True)
class Literal:
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure to print: `{name|form}`."""

    name: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """`[[parts || otherwise]]`: `parts`, unless a figure standing directly in them is nothing."""

    parts: tuple["Part", ...]
    otherwise: tuple["Part", ...] = ()


Part = Literal | Mark | Choice


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    kind: LineKind
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class BlockLine:
    """A computed block in the place of a paragraph."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong on one line, in Vietnamese, with what to do."""

    line: int
    sentence: str


class TextRefused(Refused):
    """A section text that cannot be read. `problems` names every line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(f"Dòng {problem.line}: {problem.sentence}" for problem in problems))


@dataclass(frozen=True, slots=True)
class RenderedLine:
    """One paragraph as printed (without its list sign) and the figures printed in it."""

    kind: LineKind
    text: str
    figures: tuple[str, ...] = ()


def upper_first(text: str) -> str:
    """The first letter in upper case, the rest as it is."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """The first letter in lower case, unless its word is written with other capitals or digits ("OCOP", "VietGAP")."""
    word = text.partition(" ")[0]
    return text[:1].lower() + text[1:] if len(word) == 1 or word[1:].islower() else text


def _plain(figure: Printable) -> str:
    return numbers.integer(figure.value) if isinstance(figure.value, int) else figure.text


def _words(figure: Printable) -> str:
    return number_in_words(figure.value) if isinstance(figure.value, int) else figure.text


FORMS: Mapping[str, Callable[[Printable], str]] = {
    "": lambda figure: figure.text,
    "if": lambda _figure: "",  # prints nothing: only a condition of the optional part it stands in
    "plain": _plain,
    "words": _words,
    "upper_first": lambda figure: upper_first(figure.text),
    "lower_first": lambda figure: lower_first(figure.text),
}

CONDITION = "if"
TOKEN = re.compile(r"\{[^{}]*\}|\[\[|\|\||\]\]|[{}]")
NAME = re.compile(r"[a-z][a-z0-9_]*")


class _Cursor:
    """Reads the tokens of one line; a fault ends the line."""

    def __init__(self, text: str, number: int) -> None:
        self.number = number
        self.tokens = self._split(text)
        self.at = 0

    @staticmethod
    def _split(text: str) -> list[str]:
        tokens, end = [], 0
        for match in TOKEN.finditer(text):
            tokens += [text[end : match.start()], match[0]]
            end = match.end()
        return [token for token in [*tokens, text[end:]] if token]

    def refuse(self, sentence: str) -> TextRefused:
        return TextRefused([Problem(self.number, sentence)])

    def parts(self, stops: Collection[str] = ()) -> tuple[Part, ...]:
        found: list[Part] = []
        while self.at < len(self.tokens) and self.tokens[self.at] not in stops:
            found.append(self._part())
        return tuple(found)

    def _part(self) -> Part:
        piece = self.tokens[self.at]
        self.at += 1
        if piece == "[[":
            return self._choice()
        if piece in ("||", "]]"):
            raise self.refuse(f"dấu {piece} không có dấu [[ mở trước nó. Thêm [[ hoặc xóa {piece}.")
        if piece in ("{", "}"):
            raise self.refuse(f"dấu {piece} đứng lẻ. Tên số liệu viết trong một cặp ngoặc, ví dụ {{plan_year}}.")
        return self._mark(piece) if piece.startswith("{") else Literal(piece)

    def _choice(self) -> Choice:
        parts = self.parts(("||", "]]"))
        otherwise: tuple[Part, ...] = ()
        if self.at < len(self.tokens) and self.tokens[self.at] == "||":
            self.at += 1
            otherwise = self.parts(("]]", "||"))
        if self.at >= len(self.tokens) or self.tokens[self.at] != "]]":
            raise self.refuse("đoạn [[ … chưa đóng. Thêm ]] trước khi hết dòng; mỗi đoạn chỉ có một dấu ||.")
        self.at += 1
        return Choice(parts, otherwise)

    def _mark(self, token: str) -> Mark:
        name, _, form = (piece.strip() for piece in token[1:-1].partition("|"))
        if not NAME.fullmatch(name):
            raise self.refuse(f"{token} không phải tên số liệu. Tên gồm chữ thường không dấu, chữ số và dấu _.")
        if form not in FORMS:
            known = ", ".join(sorted(filter(None, FORMS)))
            raise self.refuse(f"{token} dùng cách in “{form}” chưa có. Các cách in: {known}.")
        return Mark(name, form)


def parse_inline(text: str, number: int = 1) -> tuple[Part, ...]:
    """The parts of one line (a heading, a frame). Raises TextRefused."""
    return _Cursor(text, number).parts()


def _parse_line(raw: str, number: int) -> Line | BlockLine:
    if raw.startswith("::"):
        name = raw[2:].strip()
        if not NAME.fullmatch(name):
            raise TextRefused([Problem(number, f"“{raw}” không phải tên khối. Viết ::tên_khối trên một dòng riêng.")])
        return BlockLine(number, name)
    kind = next((kind for kind in (LineKind.ITEM, LineKind.SUB_ITEM) if raw.startswith(kind.value)), LineKind.BODY)
    return Line(number, kind, parse_inline(raw[len(kind.value) :].strip(), number))


def parse(text: str) -> tuple[Line | BlockLine, ...]:
    """The lines of a section text. Raises TextRefused with a sentence for every line at fault."""
    lines: list[Line | BlockLine] = []
    problems: list[Problem] = []
    for number, raw in enumerate(text.split("\n"), start=1):
        if raw.strip():
            try:
                lines.append(_parse_line(raw.strip(), number))
            except TextRefused as refusal:
                problems.extend(refusal.problems)
    if problems:
        raise TextRefused(problems)
    return tuple(lines)


def marks(parts: Iterable[Part]) -> Iterable[Mark]:
    """Every figure mentioned in the parts, at any depth."""
    for part in parts:
        if isinstance(part, Mark):
            yield part
        elif isinstance(part, Choice):
            yield from marks(part.parts)
            yield from marks(part.otherwise)


def check(text: str, *, figures: Collection[str], blocks: Collection[str]) -> tuple[Line | BlockLine, ...]:
    """Parse and refuse figures and blocks that nobody computes, naming those there are."""
    lines = parse(text)
    problems = []
    for line in lines:
        if isinstance(line, BlockLine):
            if line.name not in blocks:
                problems.append(_unknown(line.number, f"khối “::{line.name}”", blocks))
        else:
            problems += [
                _unknown(line.number, f"số liệu “{{{mark.name}}}”", figures)
                for mark in marks(line.parts)
                if mark.name not in figures
            ]
    if problems:
        raise TextRefused(problems)
    return lines


def check_inline(text: str, *, figures: Collection[str]) -> None:
    """`check` for a heading or a frame: one line, no block."""
    unknown = [
        _unknown(1, f"số liệu “{{{mark.name}}}”", figures)
        for mark in marks(parse_inline(text))
        if mark.name not in figures
    ]
    if unknown:
        raise TextRefused(unknown)


def _unknown(line: int, what: str, known: Collection[str]) -> Problem:
    return Problem(line, f"chưa có {what}. Các tên dùng được: {', '.join(sorted(known))}.")


Resolve = Callable[[str], Printable]


def _render_parts(parts: Iterable[Part], resolve: Resolve, printed: list[str]) -> str:
    texts = []
    for part in parts:
        if isinstance(part, Literal):
            texts.append(part.text)
        elif isinstance(part, Mark):
            if part.form != CONDITION:
                printed.append(part.name)
            texts.append(FORMS[part.form](resolve(part.name)))
        else:
            gone = any(resolve(inner.name).is_nothing for inner in part.parts if isinstance(inner, Mark))
            texts.append(_render_parts(part.otherwise if gone else part.parts, resolve, printed))
    return "".join(texts)


def tidy(text: str) -> str:
    """One space between words and none before a stop, as left-out parts may leave them."""
    return re.sub(r" (?=[,.;:)])", "", re.sub(r"\s+", " ", text)).strip()


def render_inline(text: str, resolve: Resolve) -> RenderedLine:
    """One line of text with its figures printed."""
    printed: list[str] = []
    return RenderedLine(LineKind.BODY, tidy(_render_parts(parse_inline(text), resolve, printed)), tuple(printed))


def render(lines: Iterable[Line | BlockLine], resolve: Resolve) -> tuple[RenderedLine | BlockLine, ...]:
    """The paragraphs as printed; a line of which nothing is left is dropped."""
    rendered: list[RenderedLine | BlockLine] = []
    for line in lines:
        if isinstance(line, BlockLine):
            rendered.append(line)
            continue
        printed: list[str] = []
        text = tidy(_render_parts(line.parts, resolve, printed))
        if text:
            rendered.append(RenderedLine(line.kind, text, tuple(printed)))
    return tuple(rendered)
