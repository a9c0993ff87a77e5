"""Typed text survives an expired login, and a login page never lands inside a fragment."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from core.forms import held, tokens

HELD_MESSAGE = "Phiên làm việc đã hết hạn. Đăng nhập lại, nội dung vừa nhập vẫn còn."
EXPIRED_MESSAGE = "Phiên làm việc đã hết hạn. Đăng nhập lại để làm tiếp."


class HoldTypedText:
    """Stands before LoginRequiredMiddleware: keeps what an expired session posted, then asks for the login.

    Only a form token that this server signed for a person is trusted, and only that person gets the text back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        token = tokens.read(request.POST.get(tokens.TOKEN_FIELD, "")) if request.method == "POST" else None
        if token is not None and token.user_id is not None:
            kept = held.hold(request, token)
            messages.warning(request, HELD_MESSAGE if kept else EXPIRED_MESSAGE)
            return _to_login(request, token.page)
        return _to_login(request, _page_of_fragment(request)) if is_htmx(request) else None


def is_htmx(request: HttpRequest) -> bool:
    """Whether a script of the page asked, not the address bar."""
    return request.headers.get("HX-Request") == "true"


def _page_of_fragment(request: HttpRequest) -> str:
    """The page in which the fragment was to be shown."""
    shown = urlsplit(request.headers.get("HX-Current-URL", ""))
    return f"{shown.path}?{shown.query}" if shown.query else shown.path or "/"


def _to_login(request: HttpRequest, page: str) -> HttpResponse:
    address = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': page})}"
    if is_htmx(request):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
