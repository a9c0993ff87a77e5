"""Names of files: what is kept of what people send."""

import unicodedata

import pytest

from core.files.names import tidy


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Khô cá lóc.pdf", "Khô cá lóc.pdf"),
        (unicodedata.normalize("NFD", "Khô cá lóc.pdf"), "Khô cá lóc.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\an\\giấy.pdf", "giấy.pdf"),
        ("giấy\r\nSet-Cookie: a=b.pdf", "giấy Set-Cookie a=b.pdf"),
        ('a"b;c.pdf', "ab;c.pdf"),
        ("hoso\u202efdp.exe", "hosofdp.exe"),
        ("a\x00b.pdf", "ab.pdf"),
        ("  nhiều   khoảng\ttrắng .pdf ", "nhiều khoảng trắng .pdf"),
        (".htaccess", "htaccess"),
        ("..", "tệp"),
        ("", "tệp"),
        ("///", "tệp"),
        ("\u200b", "tệp"),
    ],
)
def test_tidy_keeps_what_is_harmless(given: str, kept: str) -> None:
    assert tidy(given) == kept


def test_tidy_shortens_a_long_name_and_keeps_its_suffix() -> None:
    kept = tidy("ệ" * 300 + ".pdf")

    assert (len(kept), kept[-5:]) == (150, "ệ.pdf")
