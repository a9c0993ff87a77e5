"""Values as the log keeps them: JSON-safe, and one spelling only, so that a hash can be computed again."""

import hashlib
import json
import math
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models


def safe(value: Any) -> Any:  # noqa: PLR0911 -- one line per type, in the order of their frequency
    """A value as JSON can hold it: dates in ISO form, decimals as text, a related row by its key.

    Every writer of JSON in the log goes through here; a type it does not know is an error, not a guess.
    """
    if value is None or isinstance(value, bool | int | str):
        return value if not isinstance(value, models.Choices) else value.value
    if isinstance(value, float) and math.isfinite(value):
        return int(value) if value.is_integer() else value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat() if value.tzinfo else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, Mapping):
        return {str(key): safe(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [safe(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((safe(item) for item in value), key=str)
    raise TypeError(f"The log cannot keep a {type(value).__name__}.")


def text(value: Any) -> str:
    """The one spelling of a JSON-safe value: keys in order, no spaces, no escapes of letters."""
    return json.dumps(safe(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(content: str) -> str:
    """The hash of a text in UTF-8, in hexadecimal (64 characters)."""
    return hashlib.sha256(content.encode()).hexdigest()
