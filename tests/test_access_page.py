"""docs/access.md says what the access table says."""

import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_access_page_is_printed_from_the_table() -> None:
    printed = runpy.run_path(str(ROOT / "scripts" / "print_access.py"))["page"]()

    assert (ROOT / "docs" / "access.md").read_text(encoding="utf-8") == printed, (
        "run: .venv/bin/python scripts/print_access.py > docs/access.md"
    )
