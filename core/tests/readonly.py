"""A page that is only looked at writes nothing."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

# Sessions, and what the handling of forms remembers.
ALLOWED_TABLES = frozenset({"django_session", "core_heldpost", "core_usedformtoken"})
_WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)


@contextmanager
def no_writes() -> Iterator[None]:
    """Fail on the first statement that writes a table of records."""

    def refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 -- Django's signature
        written = _WRITE.match(sql)
        if written and written[1] not in ALLOWED_TABLES:
            raise AssertionError(f"A page that is only looked at writes {written[1]}: {sql[:200]}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield
