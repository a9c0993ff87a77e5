"""The screens in a real browser: wide and narrow, by keyboard, without scripts, for eyes and for readers."""

from typing import Any

import pytest
from django.urls import reverse

from tests.browser import DESKTOP, PHONE, WIDTHS, overflow, picture, small_targets, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def demo(settings: Any, district: Any) -> dict[str, Any]:
    """The demonstration with an officer, an administrator and one record of each kind in Tân Hộ Cơ."""
    from accounts.tests.factories import UserFactory
    from communes.tests import factories as units
    from dossiers.tests.factories import DossierFactory, RoundFactory
    from producers.tests.factories import ProducerFactory
    from products.tests.factories import ProductFactory, RecognitionFactory
    from regulations.tests.factories import LegalDocumentFactory

    settings.OCOP_DEMO = True
    commune = district.children.get(name="Tân Hộ Cơ")
    UserFactory(unit=district, demo=True, full_name="Cán bộ OCOP huyện", username="can-bo")
    UserFactory(unit=district, demo=True, full_name="Quản trị huyện", username="quan-tri-thu", role="admin")
    producer = ProducerFactory(commune=commune, name="hộ kinh doanh Như Quỳnh", is_illustrative=True)
    product = ProductFactory(producer=producer, name="Khô cá lóc")
    document = LegalDocumentFactory(unit=district)
    dossier = DossierFactory(product=product, round=RoundFactory(unit=district))
    return {
        "producers:detail": producer.pk,
        "products:detail": product.pk,
        "products:recognition-detail": RecognitionFactory(product=product, decision=document).pk,
        "dossiers:detail": dossier.pk,
        "dossiers:outcome": dossier.pk,
        "dossiers:round-detail": dossier.round_id,
        "regulations:document-detail": document.pk,
        "communes:unit-detail": district.pk,
        "communes:signer-detail": units.SignerFactory(unit=district).pk,
        "communes:office-detail": units.OfficeFactory(unit=district).pk,
    }


LISTS = (
    "producers:list", "producers:create", "products:list", "products:recognition-list", "dossiers:list",
    "dossiers:round-list", "regulations:document-list", "regulations:regime-list", "communes:unit-list",
    "communes:signer-list", "accounts:me", "accounts:catalogue",
)  # fmt: skip


def _log_in(page: Any, role: str = "Cán bộ OCOP huyện") -> None:
    page.goto("/dang-nhap/")
    page.get_by_role("button", name=f"Vào thử với vai {role}").click()
    page.wait_for_url(lambda url: "dang-nhap" not in url)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_pages_pass_axe_and_fit_and_are_photographed(
    open_page: Any, demo: dict[str, Any], size: dict[str, int]
) -> None:
    page = open_page(**size, has_touch=size is PHONE)
    page.goto("/dang-nhap/")
    faults = [f"login {fault}" for fault in violations(page)]
    picture(page, "dang-nhap")
    _log_in(page)

    for name in (*LISTS, *demo):
        page.goto(reverse(name, args=[demo[name]] if name in demo else []))
        faults += [f"{name} {fault}" for fault in violations(page)]
        faults += [f"{name} wider than the window by {overflow(page)}"] if overflow(page) else []
        faults += [f"{name} too low for a finger: {what}" for what in (small_targets(page) if size is PHONE else [])]
        picture(page, name.replace(":", "-"))

    assert faults == []


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_never_scroll_sideways(open_page: Any, demo: dict[str, Any], width: int) -> None:
    page = open_page(width=width, height=800)
    _log_in(page)

    for name in ("producers:list", "producers:create", "products:detail", "dossiers:detail", "communes:unit-detail"):
        page.goto(reverse(name, args=[demo[name]] if name in demo else []))
        assert overflow(page) == 0, name


def test_every_page_has_its_signs(open_page: Any, demo: dict[str, Any]) -> None:
    page = open_page()
    _log_in(page)
    page.goto("/chu-the/")

    assert page.title() == "Chủ thể – OCOP Tân Hồng"
    assert page.locator("html").get_attribute("lang") == "vi"
    assert page.locator("h1").count() == 1
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Đến nội dung chính"


def _tab_to(page: Any, selector: str) -> None:
    """Press Tab until the element has the focus."""
    target = page.locator(selector)
    for _press in range(60):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_login_and_new_producer_by_keyboard_alone(open_page: Any, demo: dict[str, Any]) -> None:
    page = open_page()
    page.goto("/dang-nhap/")
    _tab_to(page, "button:has-text('Vào thử với vai Cán bộ OCOP huyện')")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "dang-nhap" not in url)
    page.goto("/chu-the/")
    _tab_to(page, "a:has-text('Thêm chủ thể')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/chu-the/moi/")
    _tab_to(page, "#id_name")
    page.keyboard.type("cơ sở bánh phồng Hai Lúa")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    _tab_to(page, "button:text-is('Lưu')")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.rstrip("/").split("/")[-1].isdigit())

    assert page.locator("h1").inner_text().lower() == "cơ sở bánh phồng hai lúa"
    assert "Đã thêm chủ thể" in page.get_by_role("status").inner_text()


def test_new_producer_without_scripts_warns_of_a_near_name_and_loses_nothing(
    open_page: Any, demo: dict[str, Any]
) -> None:
    page = open_page(java_script_enabled=False)
    _log_in(page)
    page.goto("/chu-the/moi/")
    page.fill("#id_name", "Hộ kinh doanh Như Quỳn")
    page.select_option("#id_kind", "household")
    page.select_option("#id_commune", label="xã Tân Hộ Cơ")
    page.fill("#id_address", "ấp Gò Bói")
    page.click("button:text-is('Lưu')")

    assert page.title().startswith("Lỗi: ")
    assert page.locator(".error-summary").inner_text().startswith("Có 1 lỗi cần sửa")
    assert (
        page.get_by_role("link", name="hộ kinh doanh Như Quỳnh").get_attribute("href")
        == f"/chu-the/{demo['producers:detail']}/"
    )
    assert page.locator("#id_address").input_value() == "ấp Gò Bói"
    page.check("#id_is_another")
    page.click("button:text-is('Lưu')")
    assert page.locator("h1").inner_text().lower() == "hộ kinh doanh như quỳn"


def test_first_load_weighs_at_most_150_kb(open_page: Any, demo: dict[str, Any]) -> None:
    import gzip

    page = open_page()
    sizes: dict[str, int] = {}

    def weigh(response: Any) -> None:
        body = response.body() if response.ok else b""
        is_packed = response.url.endswith(".woff2")
        sizes[response.url] = len(body) if is_packed else len(gzip.compress(body))

    page.on("requestfinished", lambda request: weigh(request.response()))
    page.goto("/dang-nhap/", wait_until="networkidle")

    assert 20_000 < sum(sizes.values()) <= 150_000, sizes
