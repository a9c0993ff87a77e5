"""The grammar of section texts, as a specification."""

from dataclasses import dataclass

import pytest

from plans import text
from plans.text import BlockLine, LineKind, RenderedLine, TextRefused


@dataclass(frozen=True)
class Fact:
    value: int | str | None
    text: str

    @property
    def is_nothing(self) -> bool:
        return self.value in (None, 0, "")


FACTS = {
    "nine": Fact(9, "09"),
    "zero": Fact(0, "0"),
    "name": Fact("xã Tân Phước", "xã Tân Phước"),
    "unknown": Fact(None, "……"),
    "short": Fact("OCOP", "OCOP"),
}


def printed(source: str) -> list[str]:
    lines = text.render(text.check(source, figures=FACTS, blocks=["results"]), FACTS.__getitem__)
    return [line.text if isinstance(line, RenderedLine) else f"::{line.name}" for line in lines]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("Có {nine} sản phẩm.", ["Có 09 sản phẩm."]),
        ("Có {nine|plain} chủ thể.", ["Có 9 chủ thể."]),
        ("Có {nine|words} chủ thể.", ["Có chín chủ thể."]),
        ("{name|upper_first}: có", ["Xã Tân Phước: có"]),
        ("{short|lower_first}", ["OCOP"]),
        ("Có {unknown} người.", ["Có …… người."]),
        ("Không có {zero}.", ["Không có 0."]),
        ("Có gì[[, {zero} nâng hạng]].", ["Có gì."]),
        ("Có gì[[, {nine} nâng hạng]].", ["Có gì, 09 nâng hạng."]),
        ("[[có {zero} || không có]]", ["không có"]),
        ("[[có {nine} || không có]]", ["có 09"]),
        ("[[có {nine}[[, {zero} lại]] || không]]", ["có 09"]),
        ("[[{zero|if}tăng lên]] hết", ["hết"]),
        ("[[{nine|if}tăng lên]] hết", ["tăng lên hết"]),
        ("một  [[{zero}]]  hai [[{zero}]], ba", ["một hai, ba"]),
        ("a\n\nb\n[[{zero}]]\nc", ["a", "b", "c"]),
        ("a\n::results\nb", ["a", "::results", "b"]),
    ],
)
def test_render_prints_figures_and_drops_what_is_nothing(source, lines):
    assert printed(source) == lines


def test_parse_tells_items_from_paragraphs():
    kinds = [line.kind for line in text.parse("a\n- b\n+ c\n-d")]

    assert kinds == [LineKind.BODY, LineKind.ITEM, LineKind.SUB_ITEM, LineKind.BODY]


def test_parse_keeps_the_number_of_a_block_line():
    assert text.parse("\na\n::results") == (text.Line(2, LineKind.BODY, (text.Literal("a"),)), BlockLine(3, "results"))


def test_rendered_line_names_the_figures_it_prints_only():
    [line] = text.render(text.parse("{nine}[[ {zero} || {name}]][[{nine|if}x]]"), FACTS.__getitem__)

    assert line.figures == ("nine", "name")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("a {nine", "dấu { đứng lẻ"),
        ("a nine}", "dấu } đứng lẻ"),
        ("[[ a {nine}", "chưa đóng"),
        ("[[ a || b || c ]]", "chỉ có một dấu ||"),
        ("a || b", "không có dấu [[ mở"),
        ("a ]]", "không có dấu [[ mở"),
        ("{Tổng số}", "không phải tên số liệu"),
        ("{nine|bold}", "cách in “bold” chưa có"),
        (":: results by", "không phải tên khối"),
        ("{ten}", "chưa có số liệu “{ten}”. Các tên dùng được: name, nine"),
        ("::people", "chưa có khối “::people”. Các tên dùng được: results"),
    ],
)
def test_check_refuses_with_the_line_and_what_to_do(source, words):
    with pytest.raises(TextRefused) as refusal:
        text.check(f"dòng một\n\n{source}", figures=FACTS, blocks=["results"])

    assert str(refusal.value).startswith("Dòng 3: ")
    assert words in str(refusal.value)


def test_check_names_every_line_at_fault():
    with pytest.raises(TextRefused) as refusal:
        text.check("{nine\nok\n]]", figures=FACTS, blocks=[])

    assert [problem.line for problem in refusal.value.problems] == [1, 3]


def test_check_inline_refuses_unknown_figures_of_a_heading():
    with pytest.raises(TextRefused):
        text.check_inline("KẾT QUẢ {năm}", figures=FACTS)
    with pytest.raises(TextRefused):
        text.check_inline("KẾT QUẢ {ten}", figures=FACTS)
