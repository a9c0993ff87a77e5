"""The one door out: a file leaves only through its owner's permission."""

import uuid

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from core.fields import nfc
from core.files import registry, services
from core.files.models import StoredFile

# A browser's own PDF viewer does not start inside a sandbox, so a page shown in place is held by `default-src` alone.
_CSP_IN_PLACE = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
_CSP_SAVED = "default-src 'none'; sandbox"


@require_safe
def download(request: HttpRequest, file_uuid: uuid.UUID, name: str) -> FileResponse:
    """A stored file. A PDF opens in the browser (`?tai=1` saves it), everything else is saved.

    Missing, foreign and misnamed files answer alike: 404.
    """
    stored = get_object_or_404(StoredFile, uuid=file_uuid)
    if nfc(name) != stored.name or not registry.can_read(request.user, stored):
        raise Http404
    in_place = stored.is_pdf and "tai" not in request.GET
    try:
        source = default_storage.open(stored.key)
    except FileNotFoundError as error:
        raise services.missing(stored) from error
    response = FileResponse(source, as_attachment=not in_place, filename=stored.name, content_type=stored.content_type)
    response["Content-Security-Policy"] = _CSP_IN_PLACE if in_place else _CSP_SAVED
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
