"""Text typed before a login ran out: kept on the server for the one person who typed it, for a working day."""

import json
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from core.forms.tokens import TOKEN_FIELD, FormToken
from core.models import HeldPost

MAX_CHARACTERS = 1_000_000
MAX_AGE = timedelta(hours=12)
_SECRET_PARTS = ("password", "csrfmiddlewaretoken", TOKEN_FIELD)


def hold(request: HttpRequest, token: FormToken) -> bool:
    """Keep the typed fields (no files, no passwords) for the token's person; False when there is too much."""
    fields = {
        name: values for name, values in request.POST.lists() if not any(part in name.lower() for part in _SECRET_PARTS)
    }
    text = json.dumps(fields)
    if len(text) > MAX_CHARACTERS or not fields:
        return False
    now = timezone.now()
    HeldPost.objects.filter(created_at__lt=now - MAX_AGE).delete()
    HeldPost.objects.update_or_create(
        user_id=token.user_id, page=token.page, defaults={"fields": text, "created_at": now}
    )
    return True


def take(request: HttpRequest) -> QueryDict | None:
    """What the person of this request typed on this page before; it is given back once.

    A browser that only looks ahead does not count; and a page without held text asks for no write lock.
    """
    if request.method != "GET" or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return None
    mine = HeldPost.objects.filter(
        user_id=request.user.pk, page=request.get_full_path(), created_at__gte=timezone.now() - MAX_AGE
    )
    return _taken(mine) if mine.exists() else None


@transaction.atomic
def _taken(mine: QuerySet[HeldPost]) -> QueryDict | None:
    held = mine.select_for_update(of=("self",)).first()
    if held is None:
        return None
    held.delete()
    data = QueryDict(mutable=True)
    for name, values in json.loads(held.fields).items():
        data.setlist(name, values)
    return data
