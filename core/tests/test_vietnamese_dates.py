from datetime import date
from pathlib import Path

import pytest
import yaml

from core.vietnamese import dates

VECTORS = yaml.safe_load((Path(__file__).parent / "data" / "format_vectors.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("day", "printed"), VECTORS["date_of_issue"].items())
def test_issue_date_prints_the_published_vectors(day, printed):
    assert dates.issue_date(date.fromisoformat(day), 1999) == printed
    assert dates.full(date.fromisoformat(day)) == printed


def test_issue_date_leaves_dots_while_unknown():
    assert dates.issue_date(None, 2022) == "ngày …… tháng …… năm 2022"


@pytest.mark.parametrize(("day", "printed"), VECTORS["short_date"].items())
def test_short_date_prints_the_published_vectors(day, printed):
    assert dates.short(date.fromisoformat(day), "padded") == printed


def test_short_date_has_the_styles_of_citations():
    day = date(2018, 5, 7)
    assert [dates.short(day, style) for style in ("plain", "padded", "long")] == [
        "7/5/2018", "07/5/2018", "07 tháng 5 năm 2018",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="unknown date style"):
        dates.short(day, "american")
