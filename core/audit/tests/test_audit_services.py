"""Every change of a row goes through the services: validated, versioned, logged."""

from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.utils import timezone

from core.audit import services
from core.audit.models import AuditEntry, unit_of
from core.audit.queries import timeline
from core.tests.rows import new_unit, saved_plan, saved_unit, saved_user

pytestmark = pytest.mark.django_db


class PlanState(models.TextChoices):
    DRAFT = "draft", "Đang soạn"


def test_create_inserts_and_logs_every_value() -> None:
    user = saved_user("Trần Thị Bình")

    unit = services.create(new_unit(code="29944", name="Tân Phước"), by=user, reason="lập danh mục")

    entry = timeline(unit).get()
    assert (entry.action, entry.actor, entry.actor_name, entry.reason) == (
        "create",
        user,
        "Trần Thị Bình",
        "lập danh mục",
    )
    assert (entry.old, entry.new["code"], entry.new["valid_from"]) == ({}, "29944", "2000-01-01")
    assert "name_folded" not in entry.new
    assert entry.row_hash == entry.compute_hash()


def test_create_by_the_system_carries_its_name() -> None:
    unit = services.create(new_unit(), by=None)

    assert timeline(unit).get().actor_name == "Hệ thống"


def test_create_refuses_a_taken_key_with_the_constraints_sentence() -> None:
    saved_unit(code="869")

    with pytest.raises(ValidationError) as refusal:
        services.create(new_unit(code="869"), by=None)

    assert refusal.value.messages == ["Đã có đơn vị mang mã này từ ngày này. Kiểm tra lại mã hoặc ngày bắt đầu."]
    assert not AuditEntry.objects.exists()


def test_create_that_loses_a_race_gets_the_constraints_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other writer commits between validation and insert: the first validation saw nothing."""
    unit = new_unit(code="869")
    real_clean = unit.full_clean
    calls = []

    def clean_then_lose_the_race() -> None:
        if not calls:
            calls.append("first")
            real_clean()
            saved_unit(code="869")
        else:
            real_clean()

    monkeypatch.setattr(unit, "full_clean", clean_then_lose_the_race)

    with pytest.raises(ValidationError, match="Đã có đơn vị mang mã này"):
        services.create(unit, by=None)


def test_integrity_error_of_no_known_constraint_stays_as_it_is() -> None:
    unit = new_unit()

    with pytest.raises(IntegrityError, match="unheard of"), services._unique_races_as_validation(unit):
        raise IntegrityError("unheard of")


def test_integrity_error_names_the_constraint() -> None:
    unit = new_unit()

    with (
        pytest.raises(ValidationError, match="Ngày kết thúc phải từ ngày bắt đầu"),
        services._unique_races_as_validation(unit),
    ):
        raise IntegrityError("CHECK constraint failed: unit_dates_in_order")


def test_update_logs_only_what_changed_and_raises_the_version() -> None:
    unit = saved_unit(name="Tân Hộ", sort_order=3)

    fresh = services.update(unit, {"name": "Tân Hộ Cơ", "sort_order": 3}, by=None, version=1)

    entry = timeline(unit).get()
    assert (entry.old, entry.new) == ({"name": "Tân Hộ"}, {"name": "Tân Hộ Cơ"})
    assert (fresh.version, unit.version, unit.name, entry.subject_version) == (2, 2, "Tân Hộ Cơ", 2)


def test_update_without_a_difference_writes_nothing() -> None:
    unit = saved_unit(name="Tân Hộ Cơ")

    fresh = services.update(unit, {"name": "  Tân Hộ Cơ "}, by=None)

    assert fresh.version == 1
    assert not AuditEntry.objects.exists()


def test_update_recognises_a_related_row_by_its_key() -> None:
    parent, unit = saved_unit(), saved_unit()

    services.update(unit, {"parent": parent}, by=None)
    services.update(unit, {"parent_id": parent.pk}, by=None)

    assert timeline(unit).get().new == {"parent": parent.pk}


def test_update_on_an_older_version_is_a_conflict_and_writes_nothing() -> None:
    unit = saved_unit(name="Bản đầu")
    services.update(unit, {"name": "Của người kia"}, by=saved_user("Lê Văn Cường"), version=1)

    with pytest.raises(services.VersionConflict) as conflict:
        services.update(unit, {"name": "Của tôi"}, by=None, version=1)

    assert conflict.value.changed_by == "Lê Văn Cường"
    assert conflict.value.current.name == "Của người kia"
    assert conflict.value.changes == {"name": "Của tôi"}
    assert conflict.value.sentence.startswith("Mục này vừa được Lê Văn Cường sửa lúc ")
    assert timeline(unit).count() == 1


def test_update_validates_the_whole_row() -> None:
    unit = saved_unit()

    with pytest.raises(ValidationError, match="Ngày kết thúc phải từ ngày bắt đầu trở đi"):
        services.update(unit, {"valid_to": date(1999, 1, 1)}, by=None)

    unit.refresh_from_db()
    assert unit.valid_to is None


def test_update_of_a_column_that_does_not_exist_is_a_programmers_fault() -> None:
    with pytest.raises(TypeError, match="no column colour"):
        services.update(saved_unit(), {"colour": "red"}, by=None)


def test_update_of_a_deleted_row_says_so() -> None:
    unit = saved_unit(name="Tân Công Chí")
    type(unit).objects.filter(pk=unit.pk).delete()

    with pytest.raises(services.RowGone, match="Mục “xã Tân Công Chí” vừa bị người khác xóa"):
        services.update(unit, {"name": "Khác"}, by=None)


def test_password_is_never_in_the_log_but_its_change_is() -> None:
    user = saved_user()

    services.update(user, {"password": "argon2$bí mật"}, by=user, action="change_password")

    entry = timeline(user).get()
    assert entry.action == "change_password"
    assert (entry.old, entry.new) == ({"password": services.HIDDEN_VALUE}, {"password": services.HIDDEN_VALUE})


def test_row_without_a_version_is_updated_and_logged() -> None:
    parent, first, second = saved_unit(), saved_unit(), saved_unit()
    succession = apps.get_model("communes", "UnitSuccession")(predecessor=parent, successor=first)
    services.create(succession, by=None)

    services.update(succession, {"successor": second}, by=None)

    entry = timeline(succession).first()
    assert entry is not None
    assert (entry.new, entry.subject_version) == ({"successor": second.pk}, None)
    assert str(entry) == f"Hệ thống: update {succession}"


def test_delete_logs_the_row_and_its_parts() -> None:
    plan = saved_plan()
    section = services.create(
        apps.get_model("plans", "PlanSection")(plan=plan, key="mo-dau", heading="Mở đầu"), by=None
    )

    services.delete(plan, by=None, reason="lập nhầm năm")

    deleted = AuditEntry.objects.filter(action="delete").order_by("pk")
    assert [(entry.subject_type, entry.reason) for entry in deleted] == [
        ("plans.plan", "lập nhầm năm"),
        ("plans.plansection", "lập nhầm năm"),
    ]
    assert deleted[1].old["heading"] == "Mở đầu"
    assert not type(section).objects.exists()


def test_delete_of_a_used_row_names_who_uses_it() -> None:
    parent = saved_unit(name="Tân Hồng")
    saved_unit(name="Tân Phước", parent=parent)

    with pytest.raises(services.StillUsed) as refusal:
        services.delete(parent, by=None)

    assert refusal.value.sentence == (
        "Chưa xóa được đơn vị hành chính “xã Tân Hồng” vì còn đơn vị hành chính dùng đến: “xã Tân Phước”. "
        "Xóa hoặc chuyển các mục đó trước."
    )
    assert not AuditEntry.objects.exists()


def test_record_keeps_on_whose_behalf_and_what_the_inverse_needs() -> None:
    unit, person = saved_unit(), saved_user("Phạm Thị Dung")

    entry = services.record("close", unit, by=None, on_behalf_of=person, inverse={"opened_on": date(2022, 1, 10)})

    entry.refresh_from_db()
    assert (entry.on_behalf_of, entry.on_behalf_of_key) == ("Phạm Thị Dung", f"accounts.user:{person.pk}")
    assert entry.inverse == {"opened_on": "2022-01-10"}
    assert entry.compute_hash() == entry.row_hash


def test_unit_of_a_row_is_found_through_what_it_is_part_of() -> None:
    plan = saved_plan()
    section = apps.get_model("plans", "PlanSection")(plan=plan, key="x")

    assert (unit_of(plan), unit_of(section), unit_of(plan.unit)) == (plan.unit_id, plan.unit_id, plan.unit_id)


def test_row_of_no_unit_has_none() -> None:
    national = apps.get_model("regulations", "LegalDocument")(key="qd1048")

    assert unit_of(national) is None


def test_hash_holds_after_the_database_has_kept_the_values() -> None:
    """JSON columns respell numbers and reorder keys; the hash must not notice."""
    values = {
        "z": 1e20, "a": 0.1, "int": 2**53 + 1, "minus": -0.0, "tiny": 5e-324, "nested": [None, True, {"b": 1.0}],
        "composed": "Tân Hộ Cơ", "decomposed": "Ta\u0302n", "decimal": Decimal("35.50"), "choice": PlanState.DRAFT,
        "moment": timezone.now(), "time": time(7, 30), "key": UUID(int=7), "set": {"b", "a"}, "row": saved_unit(),
    }  # fmt: skip

    entry = services.record("act", saved_unit(), by=None, new=values)

    assert AuditEntry.objects.get(pk=entry.pk).compute_hash() == entry.row_hash


@pytest.mark.parametrize("value", [object(), b"bytes", float("nan"), float("inf")])
def test_log_refuses_a_type_it_cannot_keep(value: Any) -> None:
    with pytest.raises(TypeError, match="The log cannot keep"):
        services.record("act", saved_unit(), by=None, new={"x": value})
