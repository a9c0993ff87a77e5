"""The way to the lists that are edited now and then: yearly numbers, units and what they print, the law."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import catalogue as lists


def catalogue(request: HttpRequest) -> HttpResponse:
    """Links in groups."""
    return render(request, "accounts/catalogue.html", {"title": "Danh mục", "groups": lists.groups()})
