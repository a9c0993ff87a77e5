"""What every answer carries, and how a refusal outside a form reaches the person."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from core.errors import Refused
from core.forms.editing import page_behind
from core.forms.middleware import is_htmx

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)

Answer = Callable[[HttpRequest], HttpResponse]


class ContentSecurityPolicy:
    """Only our own files run or style a page; nothing inline does. A view may answer with a stricter policy."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        return response


class FriendlyRefusals:
    """A refusal that no form caught: back to the page it came from with its sentence, else a page of its own."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        page = page_behind(request, otherwise="") if request.method == "POST" else ""
        if is_htmx(request) or not page:
            template = "core/_refusal.html" if is_htmx(request) else "core/refused.html"
            context = {"title": "Chưa làm được việc này", "sentence": exception.sentence}
            return render(request, template, context, status=409)
        messages.error(request, exception.sentence)
        return HttpResponseRedirect(page)
