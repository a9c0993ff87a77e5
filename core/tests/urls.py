"""Addresses of the tests of core: the names that the frame of a page links to, and pages that try the machinery."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path


def blank(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def login(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("đăng nhập")


login.login_required = False  # type: ignore[attr-defined]

_accounts = [path("dang-nhap/", login, name="login"), path("toi/", blank, name="me"), path("ra/", blank, name="logout")]

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include((_accounts, "accounts"))),
    path("reports/", include(([path("", blank, name="home")], "reports"))),
]
