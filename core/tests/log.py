"""Emptying the database between tests that commit: the log's own triggers would refuse it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.base.operations import BaseDatabaseOperations

from core.audit import triggers


@contextmanager
def emptied_between_tests() -> Iterator[None]:
    """While open, Django's flush takes the triggers off, empties the tables and puts the triggers back."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def flush_without_triggers(self: Any, sql_list: list[str]) -> None:
        had_triggers = not triggers.missing(self.connection)
        if had_triggers:
            triggers.remove(self.connection)
        flush(self, sql_list)
        if had_triggers:
            triggers.install(self.connection)

    BaseDatabaseOperations.execute_sql_flush = flush_without_triggers  # type: ignore[method-assign]
    try:
        yield
    finally:
        BaseDatabaseOperations.execute_sql_flush = flush  # type: ignore[method-assign]
