"""What browser tests share: the sizes they look at, pictures, the accessibility check."""

from pathlib import Path
from typing import Any

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1366, "height": 768}
WIDTHS = (320, 390, 768, 1366)
PICTURES = Path(__file__).resolve().parents[1] / "var" / "pictures"


def picture(page: Any, name: str) -> Path:
    """Save the whole page to var/pictures for somebody to look at."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    file = PICTURES / f"{name}-{page.viewport_size['width']}.png"
    page.screenshot(path=file, full_page=True)
    return file


def overflow(page: Any) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"))


def violations(page: Any) -> list[str]:
    """What axe finds against WCAG 2.2 AA and its best practices, as “rule: where”."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def small_targets(page: Any) -> list[str]:
    """Buttons, fields and menu lines lower than 44 px on a touch screen."""
    script = """() => [...document.querySelectorAll('button, .btn, .form-control, .form-select, .mainnav a')]
        .filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5)
        .map(e => e.outerHTML.slice(0, 120))"""
    return list(page.evaluate(script))
