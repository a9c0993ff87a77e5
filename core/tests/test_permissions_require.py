"""A refusal says who can."""

from typing import Any

import pytest

from core.permissions import NotAllowed, require, who_can


def can_edit_plan(user: Any, plan: Any) -> bool:
    """Cán bộ OCOP của đơn vị lập kế hoạch
    sửa kế hoạch khi đang soạn.

    QĐ 1048/QĐ-TTg.
    """
    return user == plan


def can_create_plan(user: Any) -> bool:
    """Cán bộ OCOP của huyện lập kế hoạch."""
    return user == "cán bộ"


def test_allowed_act_passes() -> None:
    require(can_edit_plan, 1, 1)
    require(can_create_plan, "cán bộ")


def test_refusal_carries_the_rules_sentence() -> None:
    with pytest.raises(NotAllowed) as refusal:
        require(can_edit_plan, 1, 2)

    assert refusal.value.who == "Cán bộ OCOP của đơn vị lập kế hoạch sửa kế hoạch khi đang soạn."
    assert refusal.value.sentence == (
        "Việc này không thuộc quyền của tài khoản đang dùng. "
        "Cán bộ OCOP của đơn vị lập kế hoạch sửa kế hoạch khi đang soạn."
    )


def test_rule_about_no_row_is_asked_with_the_person_only() -> None:
    with pytest.raises(NotAllowed, match="Cán bộ OCOP của huyện lập kế hoạch"):
        require(can_create_plan, "lãnh đạo")


def test_rule_without_a_sentence_is_a_fault() -> None:
    with pytest.raises(TypeError, match="needs a docstring"):
        who_can(lambda _user: False)
