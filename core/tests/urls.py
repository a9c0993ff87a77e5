"""Addresses of the tests of core: the names that the frame of a page links to, and pages that try the machinery."""

from typing import Any

from django.apps import apps
from django.forms import modelform_factory
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from core.audit import services
from core.errors import Refused
from core.forms.editing import act, edit_page
from core.permissions import require

handler400 = "core.views.bad_request"
handler403 = "core.views.permission_denied"
handler404 = "core.views.page_not_found"
handler500 = "core.views.server_error"


class TooBusy(Refused):
    pass


def blank(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def login(request: HttpRequest) -> HttpResponse:
    return HttpResponse("đăng nhập")


login.login_required = False  # type: ignore[attr-defined]


def unit_create(request: HttpRequest) -> HttpResponse:
    Unit = apps.get_model("communes", "Unit")

    def save(data: dict[str, Any], version: int | None) -> Any:
        if data["name"] == "Quá tải":
            raise TooBusy("Chưa ghi được. Thử lại sau.")
        return services.create(Unit(**data), by=request.user)

    return edit_page(
        request,
        form_class=modelform_factory(Unit, fields=["code", "name", "kind", "level", "valid_from"]),
        save=save,
        template="core/form.html",
        context={"title": "Thêm đơn vị"},
        success_url=lambda unit: f"/don-vi/{unit.pk}/sua/",
        success_message="Đã thêm đơn vị.",
    )


def unit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    Unit = apps.get_model("communes", "Unit")
    unit = Unit.objects.get(pk=pk)
    return edit_page(
        request,
        form_class=modelform_factory(Unit, fields=["name", "sort_order", "valid_to"]),
        save=lambda data, version: services.update(unit, data, by=request.user, version=version),
        template="core/form.html",
        instance=unit,
        context={"title": "Sửa đơn vị"},
        success_url="/reports/",
        success_message=lambda row: f"Đã lưu {row}.",
    )


def unit_close(request: HttpRequest, pk: int) -> HttpResponse:
    unit = apps.get_model("communes", "Unit").objects.get(pk=pk)

    def do() -> Any:
        if unit.sort_order:
            raise TooBusy("Đơn vị đã đóng. Tải lại trang.")
        return services.update(unit, {"sort_order": 9}, by=request.user)

    return act(request, do, success_url="/reports/", success_message="Đã đóng.")


def refused(request: HttpRequest) -> HttpResponse:
    raise TooBusy("Kế hoạch đã ban hành. Mở bản đã ban hành để xem.")


def can_do_nothing(user: Any) -> bool:
    """Người quản trị làm việc này."""
    return False


def forbidden(request: HttpRequest) -> HttpResponse:
    require(can_do_nothing, request.user)
    raise AssertionError


def missing(request: HttpRequest) -> HttpResponse:
    raise Http404


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("secret detail")


_accounts = [path("dang-nhap/", login, name="login"), path("toi/", blank, name="me"), path("ra/", blank, name="logout")]

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include((_accounts, "accounts"))),
    path("reports/", include(([path("", blank, name="home")], "reports"))),
    path("don-vi/moi/", unit_create),
    path("don-vi/<int:pk>/sua/", unit_edit),
    path("don-vi/<int:pk>/dong/", unit_close),
    path("tu-choi/", refused),
    path("cam/", forbidden),
    path("mat/", missing),
    path("hong/", broken),
]
