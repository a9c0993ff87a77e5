"""A service names its inverse; the log keeps what it needs; an act is taken back once."""

from typing import Any

import pytest

from core.audit import services, undo
from core.audit.models import AuditEntry
from core.audit.queries import timeline
from core.tests.rows import saved_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def renamed(monkeypatch: pytest.MonkeyPatch) -> AuditEntry:
    """A unit renamed by an act that knows its inverse."""
    monkeypatch.setattr(undo, "_inverses", {})
    unit = saved_unit(name="Tân Hộ")

    def rename_back(data: dict[str, Any], *, by: Any, reason: str) -> Any:
        row = type(unit).objects.get(pk=data["unit"])
        return services.update(row, {"name": data["name"]}, by=by, version=data["version"], reason=reason)

    undo.register_inverse("rename", rename_back)
    inverse = {"unit": unit.pk, "name": "Tân Hộ", "version": 2}
    services.update(unit, {"name": "Tân Hộ Cơ"}, by=None, action="rename", inverse=inverse)
    return timeline(unit).get()


def test_undo_runs_the_inverse_and_logs_both(renamed: AuditEntry) -> None:
    row = undo.undo(renamed, by=None, reason="gõ nhầm")

    assert (row.name, row.version) == ("Tân Hộ", 3)
    assert [entry.action for entry in timeline(row)] == ["update", "rename"]
    assert timeline(renamed).get().action == "undo"
    assert timeline(renamed).get().reason == "gõ nhầm"


def test_undo_happens_once(renamed: AuditEntry) -> None:
    assert undo.can_undo(renamed)
    undo.undo(renamed, by=None)

    assert not undo.can_undo(renamed)
    with pytest.raises(undo.UndoRefused, match="đã được hoàn tác"):
        undo.undo(renamed, by=None)


def test_undo_is_refused_when_the_row_has_moved_on(renamed: AuditEntry) -> None:
    unit = services.lock(saved_unit_of(renamed))
    services.update(unit, {"name": "Tân Hồng"}, by=None)

    with pytest.raises(services.VersionConflict):
        undo.undo(renamed, by=None)

    assert undo.can_undo(renamed)


def test_undo_of_an_act_without_an_inverse_is_refused() -> None:
    entry = services.record("print", saved_unit(), by=None)

    assert not undo.can_undo(entry)
    with pytest.raises(undo.UndoRefused, match="không hoàn tác được"):
        undo.undo(entry, by=None)


def saved_unit_of(entry: AuditEntry) -> Any:
    from django.apps import apps

    return apps.get_model(entry.subject_type).objects.get(pk=entry.subject_pk)
