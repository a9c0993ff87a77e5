"""How tests send forms of plans: as a person with the page open."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from core.forms import tokens


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def send(user: Any, url: str, *, page: str = "", follow: bool = True, **data: Any) -> HttpResponse:
    """Post a form with a fresh token; `version` is 1 unless given."""
    token = tokens.issue_for(user.pk, page=page or url)
    answer: Any = client_of(user).post(url, {"form_token": token, "version": 1, **data}, follow=follow)
    return answer


def text(response: Any) -> str:
    return str(response.content.decode())
