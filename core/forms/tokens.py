"""One-use form tokens: a double click, a reload or a repeated request writes once.

A token is signed with the person it was made for and the page it stands on. It is redeemed in the same transaction
as the write; the same token with the same content leads to the first result, with other content back to the form.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core.errors import Refused
from core.models import UsedFormToken

TOKEN_FIELD = "form_token"  # noqa: S105  # nosec B105 -- the name of a form field
VERSION_FIELD = "version"
PLUMBING_FIELDS = frozenset({"csrfmiddlewaretoken", TOKEN_FIELD, VERSION_FIELD})
MAX_AGE = timedelta(hours=24)
PAGE_MAX_LENGTH = 500
_SALT = "core.forms.token"


class TokenStale(Refused):
    """No token, a token of somebody else, one too old, or one that was used for other content."""

    def __init__(self) -> None:
        super().__init__("Trang này mở đã lâu hoặc đã được gửi một lần. Xem lại nội dung rồi bấm nút lần nữa.")


class TokenSpent(Exception):
    """The very same content was sent with this token before; its result is at `result_url`."""

    def __init__(self, result_url: str) -> None:
        self.result_url = result_url
        super().__init__(result_url)


@dataclass(frozen=True)
class FormToken:
    """A token that carries a good signature: for whom (None: nobody logged in), and on which page it stood."""

    user_id: int | None
    nonce: str
    page: str


def issue(request: HttpRequest) -> str:
    """A fresh token for the person and the page of a request."""
    return issue_for(request.user.pk, page=request.get_full_path())


def issue_for(user_id: int | None, *, page: str) -> str:
    """A fresh token for a person and a page (tests make theirs here)."""
    return signing.dumps([user_id, secrets.token_urlsafe(18), page[:PAGE_MAX_LENGTH]], salt=_SALT)


def read(signed: str) -> FormToken | None:
    """The token that was signed here at most a day ago, else None."""
    try:
        user_id, nonce, page = signing.loads(signed, salt=_SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return None
    return FormToken(user_id, nonce, page)


def refuse_spent(request: HttpRequest) -> None:
    """Raise TokenSpent when this very request was answered before."""
    token = read(request.POST.get(TOKEN_FIELD, ""))
    used = UsedFormToken.objects.filter(nonce=token.nonce).first() if token else None
    if used is not None and used.digest == _digest(request):
        raise TokenSpent(used.result_url)


def forget_old() -> None:
    """Delete used tokens that no signature can bring back; outside any write, so that nobody waits for it."""
    UsedFormToken.objects.filter(created_at__lt=timezone.now() - 2 * MAX_AGE).delete()


def redeem(request: HttpRequest) -> UsedFormToken:
    """Use the request's token up, within the caller's transaction.

    Raises TokenStale or TokenSpent. Of two requests with one token the second waits here for the first to commit.
    """
    token = read(request.POST.get(TOKEN_FIELD, ""))
    if token is None or token.user_id != request.user.pk:
        raise TokenStale
    try:
        with transaction.atomic():
            return UsedFormToken.objects.create(nonce=token.nonce, digest=_digest(request))
    except IntegrityError:
        refuse_spent(request)
        raise TokenStale from None


def finish(used: UsedFormToken, result_url: str) -> None:
    """Remember where the result is, in the transaction that wrote it."""
    used.result_url = result_url
    used.save(update_fields=["result_url"])


def _digest(request: HttpRequest) -> str:
    """The hash of what was sent and where to; the token and the CSRF secret are not content.

    It is keyed: what was sent may hold a password, which nobody who reads the table may guess at.
    """
    content = salted_hmac(_SALT, request.path.encode(), algorithm="sha256")
    for name in sorted(request.POST.keys() - {"csrfmiddlewaretoken", TOKEN_FIELD}):
        content.update(repr((name, request.POST.getlist(name))).encode("utf-8", "surrogatepass"))
    for name, upload in sorted(request.FILES.items()):
        content.update(repr((name, upload.name, upload.size)).encode("utf-8", "surrogatepass"))
    return content.hexdigest()
