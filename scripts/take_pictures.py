"""Take the pictures of README.md from a running, freshly loaded demonstration.

    ./portal demo --port 8000 &
    .venv/bin/python scripts/take_pictures.py http://localhost:8000

It plays the first ten minutes: the officer makes the documents and submits the plan, the leader looks.
"""

import shutil
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright  # noqa: TID253 -- a tool of its own, nothing imports it

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
WIDE, PHONE = ViewportSize(width=1366, height=768), ViewportSize(width=390, height=844)
COLOURS = 128  # a palette keeps each picture under 100 KB and the letters sharp


def save(picture: bytes, name: str, *, width: int | None = None) -> None:
    image = Image.open(BytesIO(picture)).convert("RGB")
    if width:
        image = image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)


def shoot(page: Page, name: str, *, whole: bool = False) -> None:
    save(page.screenshot(full_page=whole), name)


def log_in(page: Page, base: str, role: str) -> None:
    page.goto(f"{base}/dang-nhap/")
    page.get_by_role("button", name=role).first.click()
    page.wait_for_load_state()


def officer(page: Page, base: str) -> bytes:
    """The officer's walk; gives the PDF that the portal made."""
    page.goto(f"{base}/dang-nhap/")
    shoot(page, "login")
    log_in(page, base, "Cán bộ OCOP huyện")
    page.goto(f"{base}/ke-hoach/869/2022/")
    shoot(page, "plan", whole=True)
    page.get_by_role("button", name="Tạo văn bản").click()
    page.get_by_text("Đã xong").first.wait_for(timeout=120_000)
    page.goto(f"{base}/ke-hoach/869/2022/")
    shoot(page, "documents")
    address = page.get_by_role("link", name="PDF").first.get_attribute("href")
    pdf = page.context.request.get(f"{base}{address}").body()
    page.goto(f"{base}/ke-hoach/869/2022/so-lieu/recognised_new/")
    shoot(page, "figure")
    page.goto(f"{base}/ke-hoach/869/2022/")
    page.get_by_role("button", name="Trình lãnh đạo").click()
    page.wait_for_load_state()
    return pdf


def first_page(pdf: bytes) -> None:
    tool = shutil.which("pdftoppm")
    if tool is None:
        sys.exit("pdftoppm is missing: apt-get install poppler-utils")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "plan.pdf")
        file.write_bytes(pdf)
        command = [tool, "-r", "110", "-f", "1", "-l", "1", "-png", "-singlefile", str(file), str(file.with_suffix(""))]
        subprocess.run(command, check=True)
        save(file.with_suffix(".png").read_bytes(), "plan-page-1", width=760)


def main(base: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_context(viewport=WIDE, locale="vi-VN").new_page()
        first_page(officer(page, base))
        phone = browser.new_context(viewport=PHONE, locale="vi-VN").new_page()
        log_in(phone, base, "Cán bộ OCOP huyện")
        phone.goto(f"{base}/ke-hoach/869/2022/")
        shoot(phone, "plan-phone")
        leader = browser.new_context(viewport=WIDE, locale="vi-VN").new_page()
        log_in(leader, base, "Lãnh đạo huyện")
        leader.goto(f"{base}/tong-quan/")
        shoot(leader, "overview", whole=True)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
