"""Keeping bytes: every row has its own, none is left over for long."""

import hashlib
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from core.files import gate, services
from core.files.models import StoredFile
from core.files.tests.factories import PDF, stored

pytestmark = pytest.mark.django_db

NOW = timedelta(0)


def on_disk() -> set[str]:
    root = Path(default_storage.location)
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def test_store_generated_keeps_bytes_under_a_key_of_the_server() -> None:
    one = stored("../Kế hoạch 2022.pdf")

    assert (one.name, one.size, one.scan_state) == ("Kế hoạch 2022.pdf", len(PDF), "generated")
    assert one.sha256 == hashlib.sha256(PDF).hexdigest()
    assert on_disk() == {one.key}
    assert "ế" not in one.key
    assert services.read(one) == PDF


def test_store_generated_twice_keeps_two_files() -> None:
    assert stored().key != stored().key


def test_store_accepted_keeps_what_the_gate_let_in() -> None:
    accepted = gate.accept_upload(SimpleUploadedFile("giấy.exe", PDF))

    one = services.store_accepted(accepted, by=None, owner_kind="test.owner", owner_id=3)

    assert (one.name, one.content_type, one.scan_state, one.owner_id) == (
        "giấy.exe.pdf", "application/pdf", "not_scanned", 3,
    )  # fmt: skip


def test_assign_owner_says_whose_the_file_is() -> None:
    one = services.store_generated("a.pdf", PDF, "application/pdf", by=None)

    services.assign_owner(one, owner_kind="test.owner", owner_id=8)

    fresh = StoredFile.objects.get()
    assert (fresh.owner_kind, fresh.owner_id) == ("test.owner", 8)


def test_constraint_refuses_half_an_owner() -> None:
    with pytest.raises(IntegrityError, match="stored_file_owner_whole"), transaction.atomic():
        services.store_generated("a.pdf", PDF, "application/pdf", by=None, owner_kind="test.owner")


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"changed")])
def test_read_of_bytes_gone_or_changed_is_refused_with_what_to_do(damage) -> None:
    one = stored()
    damage(Path(default_storage.path(one.key)))

    with pytest.raises(services.FileMissing, match=f"Báo quản trị phục hồi từ bản sao lưu .mã tệp {one.uuid}"):
        services.read(one)


def test_sweep_removes_bytes_of_a_rolled_back_write_and_nothing_else() -> None:
    kept = stored()
    with transaction.atomic():
        lost = stored("Bị hủy.pdf")
        transaction.set_rollback(True)
    assert on_disk() == {kept.key, lost.key}

    assert services.sweep_orphans(older_than=NOW) == 1
    assert on_disk() == {kept.key}


def test_sweep_leaves_young_bytes_to_the_transaction_that_writes_them() -> None:
    with transaction.atomic():
        young = stored()
        transaction.set_rollback(True)

    assert services.sweep_orphans() == 0
    assert on_disk() == {young.key}

    day_old = Path(default_storage.path(young.key))
    os.utime(day_old, (0, 0))
    assert services.sweep_orphans() == 1
    assert on_disk() == set()


def test_sweep_of_an_empty_store_finds_nothing() -> None:
    assert services.sweep_orphans(older_than=NOW) == 0


def test_sweep_task_is_the_same_sweep() -> None:
    from core.files import tasks

    assert tasks.sweep_orphan_files() == 0
