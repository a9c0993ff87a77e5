"""The database itself refuses to change or delete what the log holds.

A migration that rebuilds one of the tables on SQLite drops its triggers: it must call `install` again
(`verify_audit` and a test say when they are missing).
"""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("audit_auditentry", "audit_seal")
MESSAGE = "the audit log is append-only"

_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$
"""


def names(vendor: str) -> list[tuple[str, str]]:
    """The (trigger, table) pairs a database must have."""
    acts = ("update", "delete", "truncate") if vendor == "postgresql" else ("update", "delete")
    return [(f"{table}_no_{act}", table) for table in TABLES for act in acts]


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers, replacing those that are there."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for trigger, table in names(connection.vendor):
            cursor.execute(_creation(connection.vendor, trigger, table))


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers (to rebuild the tables, or to test what tampering looks like)."""
    with connection.cursor() as cursor:
        for trigger, table in names(connection.vendor):
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}{on_table}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that should be there and are not, or are switched off."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {name for (name,) in cursor.fetchall()}
    return [trigger for trigger, _table in names(connection.vendor) if trigger not in present]


def _creation(vendor: str, trigger: str, table: str) -> str:
    act = trigger.rsplit("_", 1)[1].upper()
    if vendor == "postgresql":
        each = "STATEMENT" if act == "TRUNCATE" else "ROW"
        return f"CREATE TRIGGER {trigger} BEFORE {act} ON {table} FOR EACH {each} EXECUTE FUNCTION audit_refuse()"
    return f"CREATE TRIGGER {trigger} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
