"""The log is append-only, chained, and says what was tampered with."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from core.audit import queries, services, tasks, triggers
from core.audit.models import GENESIS, SEAL_WINDOW, AuditEntry, Seal
from core.tests.rows import saved_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries() -> list[AuditEntry]:
    """Five sealed acts, under the triggers."""
    triggers.install(connection)
    unit = saved_unit()
    rows = [services.record("act", unit, by=None, new={"n": number, "x": 1.5}) for number in range(5)]
    services.seal_pending()
    return rows


def tamper(sql: str, *values: Any) -> None:
    """Change the tables as their owner can: without the triggers, without foreign keys."""
    triggers.remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(sql, values)
    triggers.install(connection)


def sentences() -> list[str]:
    return [fault.sentence for fault in queries.verify().faults]


def test_sealing_chains_rows_in_order(entries: list[AuditEntry]) -> None:
    chain = GENESIS
    for number, (entry, seal) in enumerate(zip(entries, Seal.objects.order_by("number"), strict=True), start=1):
        chain = Seal.chain(chain, entry.row_hash)
        assert (seal.number, seal.entry_id, seal.chain_hash) == (number, entry.pk, chain)
    assert queries.head() == chain
    assert str(Seal.objects.get(number=5)) == f"5: {chain[:12]}"


def test_sealing_again_adds_nothing(entries: list[AuditEntry]) -> None:
    assert (services.seal_pending(), tasks.seal_audit_log()) == (0, 0)
    assert Seal.objects.count() == 5


def test_sealing_goes_on_where_it_stopped_and_in_batches(
    entries: list[AuditEntry], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "SEAL_BATCH", 2)
    for _ in range(5):
        services.record("act", saved_unit(), by=None)

    assert tasks.seal_audit_log() == 5
    assert list(Seal.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 11))
    assert queries.verify().faults == ()


def test_head_of_an_empty_log_is_the_beginning() -> None:
    assert queries.head() == GENESIS


def test_whole_log_verifies_and_counts_what_waits(entries: list[AuditEntry], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "CHUNK", 2)
    services.record("act", saved_unit(), by=None)

    found = queries.verify()

    assert (found.rows, found.sealed, found.unsealed, found.faults, found.head) == (6, 5, 1, (), queries.head())
    assert found.is_whole


@pytest.mark.parametrize("table", ["audit_auditentry", "audit_seal"])
@pytest.mark.parametrize("act", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_database_refuses_to_change_the_log(entries: list[AuditEntry], table: str, act: str) -> None:
    column = "reason" if table == "audit_auditentry" else "chain_hash"

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act.format(table, column, column))


@pytest.mark.postgres
@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_postgresql_refuses_to_truncate_the_log(entries: list[AuditEntry]) -> None:
    connection.check_constraints()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_seal")


def test_changed_row_is_named(entries: list[AuditEntry]) -> None:
    tamper("UPDATE audit_auditentry SET reason = 'khác' WHERE id = %s", entries[2].pk)

    assert sentences() == [f"Dòng {entries[2].pk} đã bị sửa: nội dung không khớp mã băm."]


def test_changed_row_with_a_hash_made_to_fit_breaks_the_chain(entries: list[AuditEntry]) -> None:
    entries[2].reason = "khác"
    tamper(
        "UPDATE audit_auditentry SET reason = 'khác', row_hash = %s WHERE id = %s",
        entries[2].compute_hash(),
        entries[2].pk,
    )

    assert sentences() == [f"Chuỗi niêm đứt ở số 3 (dòng {entries[2].pk}): mã băm không nối với số trước."]


@pytest.mark.parametrize("place", [0, 2, 4])
def test_deleted_row_is_named(entries: list[AuditEntry], place: int) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA defer_foreign_keys = ON")
    tamper("DELETE FROM audit_auditentry WHERE id = %s", entries[place].pk)

    assert sentences() == [f"Dòng {entries[place].pk} đã bị xóa: dấu niêm số {place + 1} vẫn còn."]
    put_back(entries[place])


def test_row_deleted_with_its_seal_leaves_a_gap(entries: list[AuditEntry]) -> None:
    tamper("DELETE FROM audit_seal WHERE number = 3")
    tamper("DELETE FROM audit_auditentry WHERE id = %s", entries[2].pk)

    assert sentences() == ["Thiếu dấu niêm từ số 3 đến số 3."]


def test_removed_tail_changes_the_head(entries: list[AuditEntry]) -> None:
    """The one thing the chain cannot see by itself; the head is printed and kept elsewhere for that."""
    head = queries.head()
    tamper("DELETE FROM audit_seal WHERE number = 5")
    tamper("DELETE FROM audit_auditentry WHERE id = %s", entries[4].pk)

    found = queries.verify()

    assert found.faults == ()
    assert found.head != head


def test_swapped_rows_break_the_chain(entries: list[AuditEntry]) -> None:
    tamper("UPDATE audit_seal SET number = -number WHERE number IN (2, 3)")
    tamper("UPDATE audit_seal SET number = 5 + number WHERE number IN (-2, -3)")

    assert f"Chuỗi niêm đứt ở số 2 (dòng {entries[2].pk}): mã băm không nối với số trước." in sentences()


def test_changed_row_that_waits_is_named(entries: list[AuditEntry]) -> None:
    waiting = services.record("act", saved_unit(), by=None)
    tamper("UPDATE audit_auditentry SET actor_name = 'Ai khác' WHERE id = %s", waiting.pk)

    assert sentences() == [f"Dòng {waiting.pk} (chưa niêm) đã bị sửa: nội dung không khớp mã băm."]


def test_row_slipped_in_with_an_old_time_is_named_and_never_sealed(entries: list[AuditEntry]) -> None:
    slipped = AuditEntry(at=timezone.now() - SEAL_WINDOW - timedelta(days=1), actor_name="Ai đó", action="act")
    slipped.row_hash = slipped.compute_hash()
    slipped.save()

    assert services.seal_pending() == 0
    assert sentences() == [f"Dòng {slipped.pk} bị chèn vào sau: ghi lúc cũ mà không có dấu niêm."]


def test_migrated_database_has_the_triggers(request: pytest.FixtureRequest) -> None:
    """A later migration that rebuilds a table on SQLite would lose them."""
    if not request.config.getoption("nomigrations"):
        assert triggers.missing(connection) == []


def test_missing_trigger_is_a_fault(entries: list[AuditEntry]) -> None:
    triggers.remove(connection)

    assert [sentence.split(" trong ")[0] for sentence in sentences()] == [
        f"Thiếu khóa chống sửa nhật ký {name}" for name, _table in triggers.names(connection.vendor)
    ]


def test_command_sums_up_in_vietnamese_figures(entries: list[AuditEntry]) -> None:
    services.record("act", saved_unit(), by=None)
    output = StringIO()

    call_command("verify_audit", stdout=output)

    assert output.getvalue().splitlines()[-1] == "6 dòng, 5 đã niêm, 1 chờ niêm, 0 sai."


def test_command_ends_with_1_on_a_fault(entries: list[AuditEntry]) -> None:
    tamper("UPDATE audit_auditentry SET reason = 'khác' WHERE id = %s", entries[0].pk)
    output = StringIO()

    with pytest.raises(SystemExit) as end:
        call_command("verify_audit", stdout=output)

    assert end.value.code == 1
    assert output.getvalue().splitlines()[0] == f"Dòng {entries[0].pk} đã bị sửa: nội dung không khớp mã băm."
    assert output.getvalue().splitlines()[-1] == "5 dòng, 5 đã niêm, 0 chờ niêm, 1 sai."


def put_back(entry: AuditEntry) -> None:
    """So that the database's own check at the end of the test finds no dangling key."""
    AuditEntry.objects.bulk_create([entry])
