"""Zip containers (DOCX, XLSX) whose bytes depend on their content alone."""

import io
import zipfile
from collections.abc import Callable

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip entry can carry
_FIRST = "[Content_Types].xml"  # readers expect it in front


def repack(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The same container with fixed order and dates; `change(name, content)` gives the content to write."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != _FIRST, name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same on every machine
            entry.external_attr = 0o600 << 16
            target.writestr(entry, change(name, source.read(name)))
    return out.getvalue()
