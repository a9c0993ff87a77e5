"""Random Vietnamese text for property tests."""

import unicodedata

from hypothesis import strategies as st

SHAPED = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # ngang huyền hỏi ngã sắc nặng


@st.composite
def syllables(draw: st.DrawFn) -> tuple[str, int]:
    """Letters of one syllable with at most one tone, and the rank of that tone."""
    before = draw(st.text(SHAPED, max_size=3))
    vowel, tone = draw(st.sampled_from(VOWELS)), draw(st.sampled_from(range(len(TONES))))
    after = draw(st.text(SHAPED, max_size=2))
    return unicodedata.normalize("NFC", before + vowel + TONES[tone] + after), tone


@st.composite
def vietnamese_texts(draw: st.DrawFn) -> str:
    """Several syllables, some capital, some decomposed as a Mac types them, sometimes with a number."""
    words = [word for word, _tone in draw(st.lists(syllables(), max_size=5))]
    words += [str(number) for number in draw(st.lists(st.integers(0, 999), max_size=1))]
    text = " ".join(draw(st.permutations(words)))
    text = draw(st.sampled_from([str.lower, str.upper, str.title]))(text)
    return unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), text)
