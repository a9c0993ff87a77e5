"""An account with a password that somebody else made works only after its owner has changed it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

_ALLOWED = frozenset({"accounts:password", "accounts:logout", "accounts:login"})


class ChangePasswordFirst:
    """Leads a person with `must_change_password` to the page that changes it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., Any], _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        user = request.user
        waits = user.is_authenticated and user.must_change_password
        if not waits or request.resolver_match is None or request.resolver_match.view_name in _ALLOWED:
            return None
        messages.warning(request, "Đổi mật khẩu được cấp trước khi làm việc.")
        return redirect("accounts:password")
