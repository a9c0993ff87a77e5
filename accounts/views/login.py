"""Login and logout. In the demonstration a role is chosen instead of a password."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts import queries
from accounts.forms import LoginForm
from accounts.models import User
from core.forms.editing import error_links

BACKEND = "accounts.backends.PeopleBackend"


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def log_in(request: HttpRequest) -> HttpResponse:
    """Name and password; someone who is logged in goes home."""
    if request.user.is_authenticated:
        return redirect(_next_page(request))
    form = LoginForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid() and form.user is not None:
        login(request, form.user)
        return redirect(_next_page(request))
    errors = error_links(form) if form.is_bound else []
    context = {
        "title": "Đăng nhập",
        "form": form,
        "errors": errors,
        "has_errors": bool(errors),
        "next": _next_page(request),
        "demo_users": queries.demo_users() if settings.OCOP_DEMO else [],
    }
    return render(request, "accounts/login.html", context)


@login_not_required
@never_cache
@require_POST
def log_in_as(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a demonstration account; 404 for any other account and outside the demonstration."""
    if not settings.OCOP_DEMO:
        raise Http404
    user = get_object_or_404(User, pk=pk, is_demo=True, is_active=True)
    login(request, user, backend=BACKEND)
    return redirect(_next_page(request))


@login_not_required
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


def _next_page(request: HttpRequest) -> str:
    """Where to go after login: a page of this site, else home."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    is_own = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    is_login = urlsplit(asked).path.startswith(resolve_url(settings.LOGIN_URL))
    return asked if asked and is_own and not is_login else resolve_url(settings.LOGIN_REDIRECT_URL)
