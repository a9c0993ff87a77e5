import re

from django.conf import settings

from core.documents.text import FACES, FONTS


def test_every_installed_library_has_its_licence_named():
    listed = set(re.findall(r"^\| ([\w.-]+) \|", (settings.BASE_DIR / "THIRD_PARTY.md").read_text(), re.MULTILINE))
    locked = (settings.BASE_DIR / "requirements.txt").read_text()

    needed = {name.lower() for name in re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==", locked, re.MULTILINE)}

    assert len(needed) > 20
    assert needed - listed == set()


def test_font_is_shipped_whole_with_its_licence():
    assert all((FONTS / name).stat().st_size > 400_000 for name in FACES.values())
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text()
