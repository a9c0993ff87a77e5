import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.tests.text import vietnamese_texts
from core.vietnamese.folding import fold


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Khô cá lóc", "kho ca loc"),
        ("ĐẶNG  Văn\u00a0Đức ", "dang van duc"),
        ("hoà", "hoa"),
        ("hòa", "hoa"),
        ("Ứng Hòa\t\n2", "ung hoa 2"),
        ("phở\u200b cuốn\ufeff", "pho cuon"),
        ("", ""),
    ],
)
def test_fold_drops_marks_case_and_extra_spaces(typed, folded):
    assert fold(typed) == folded


@given(vietnamese_texts())
def test_fold_does_not_depend_on_normal_form_or_case(text):
    forms = {unicodedata.normalize(form, text) for form in ("NFC", "NFD")} | {text.upper(), text.lower()}
    assert {fold(form) for form in forms} == {fold(text)}


@given(st.text())
def test_fold_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
