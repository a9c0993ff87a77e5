"""The main job in a real browser: an officer makes the plan's documents, the leader reads the figures, a commune its to-do list."""

import io
import re
import zipfile
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from core.jobs.runner import run_next, worker_name
from plans.models import Plan
from reports.demo import set_up_people
from tests.browser import DESKTOP, PHONE, overflow, picture, violations
from tests.test_plan_of_tan_hong import DEMO, load_file

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
PLAN = "/ke-hoach/869/2022/"


@pytest.fixture
def demo(settings: Any) -> None:
    """The demonstration as `./portal demo` loads it."""
    settings.OCOP_DEMO = True
    load_file(DEMO)
    set_up_people()


def _enter(page: Any, role: str) -> None:
    page.goto("/dang-nhap/")
    page.get_by_role("button", name=f"Vào thử với vai {role}").first.click()
    page.wait_for_url(lambda url: "dang-nhap" not in url)


def _look(page: Any, name: str) -> list[str]:
    picture(page, name)
    faults = [f"{name} {fault}" for fault in violations(page)]
    return faults + ([f"{name} wider than the window by {overflow(page)}"] if overflow(page) else [])


def _download(page: Any, name: str) -> bytes:
    link = page.get_by_role("link", name=name).first
    answer = page.request.get(link.get_attribute("href"))
    assert answer.status == 200
    return bytes(answer.body())


@SIZES
def test_officer_makes_the_documents_of_the_plan(open_page: Any, demo: None, size: dict[str, int]) -> None:
    page = open_page(**size)
    _enter(page, "Cán bộ OCOP huyện")
    page.get_by_role("link", name="Mở kế hoạch").click()
    assert page.url.endswith(PLAN)
    faults = _look(page, "ke-hoach")

    page.get_by_role("button", name="Tạo văn bản").click()
    page.wait_for_url(lambda url: "/tac-vu/" in url)
    job = page.url
    page.reload()
    assert page.url == job
    faults += _look(page, "tac-vu")
    run_next(worker_name())
    page.get_by_role("link", name="Mở kế hoạch và các tệp").click()

    assert "Khớp số liệu hiện có" in page.inner_text("#van-ban")
    assert _download(page, "ke-hoach.pdf").startswith(b"%PDF")
    for name in ("ke-hoach.docx", "bieu-1.xlsx", "bieu-4.xlsx"):
        assert zipfile.is_zipfile(io.BytesIO(_download(page, name)))
    faults += _look(page, "ke-hoach-xong")
    assert faults == []


@SIZES
def test_leader_reads_the_figures_and_opens_their_rows(open_page: Any, demo: None, size: dict[str, int]) -> None:
    page = open_page(**size)
    _enter(page, "Lãnh đạo huyện")

    tiles = [re.sub(r"\s+", " ", tile.inner_text()) for tile in page.locator(".tile").all()]
    assert "09 / 04 kế hoạch" in tiles[0]
    assert "Đạt 225% kế hoạch" in tiles[0]
    assert "09 / 12 dự thi" in tiles[1]
    assert "11 sản phẩm" in tiles[2]
    assert "35 triệu đồng" in tiles[3]
    faults = _look(page, "tong-quan")
    page.locator(".tile").nth(2).get_by_role("link").first.click()
    assert "11 dòng phía sau số này" in page.inner_text("main")
    faults += _look(page, "so-lieu")
    page.locator("main table a").first.click()
    assert "/san-pham/" in page.url
    assert faults == []


@SIZES
def test_commune_officer_sees_what_to_do(open_page: Any, demo: None, size: dict[str, int]) -> None:
    page = open_page(**size)
    _enter(page, "Cán bộ OCOP xã Tân Hộ Cơ")

    assert page.url.endswith("/viec-can-lam/")
    faults = _look(page, "viec-can-lam-xa")
    page.get_by_role("link", name="Mở danh sách").click()
    assert "Sản phẩm tiềm năng năm 2022" in page.inner_text("h1")
    faults += _look(page, "san-pham-tiem-nang-xa")
    assert faults == []


PARTS = (
    "", "sua/", "xem-truoc/", "muc/", "muc/results-evaluation/", "muc/moi/", "bieu/", "bieu/3/", "so-lieu/", "so-lieu/legal_basis_list/",
    "san-pham-tiem-nang/", "san-pham-tiem-nang/moi/", "du-toan/", "du-toan/moi/",
)  # fmt: skip
LISTS = ("plans:list", "plans:create", "plans:target-list", "plans:target-create", "plans:activity-list", "plans:activity-create",
         "plans:spending-list", "plans:spending-create", "reports:overview", "reports:todo")  # fmt: skip


@SIZES
def test_pages_of_the_plan_pass_axe_and_fit(open_page: Any, demo: None, size: dict[str, int]) -> None:
    page = open_page(**size)
    _enter(page, "Cán bộ OCOP huyện")
    faults = []

    for address in (*(PLAN + part for part in PARTS), *map(reverse, LISTS)):
        assert page.goto(address).status == 200, address
        faults += _look(page, "kh" + address.replace("/", "-"))

    assert faults == []
    assert Plan.objects.count() == 1
    assert User.objects.filter(is_demo=True).count() == len(set_up_people())
