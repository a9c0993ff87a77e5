"""Rows that the tests of core write: of apps above, fetched by name so that core imports nothing of them."""

from datetime import date
from itertools import count
from typing import Any

from django.apps import apps

_numbers = count(1)


def new_unit(**values: Any) -> Any:
    """A unit that is not saved yet."""
    number = next(_numbers)
    defaults = {
        "code": f"T{number}",
        "name": f"Tân {number}",
        "kind": "commune",
        "level": "commune",
        "valid_from": date(2000, 1, 1),
    }
    return apps.get_model("communes", "Unit")(**{**defaults, **values})


def saved_unit(**values: Any) -> Any:
    unit = new_unit(**values)
    unit.save()
    return unit


def saved_user(name: str = "Nguyễn Văn An", **values: Any) -> Any:
    number = next(_numbers)
    user = apps.get_model("accounts", "User")(
        **{"username": f"user{number}", "full_name": name, "role": "officer", "unit": saved_unit(), **values}
    )
    user.set_password("mật khẩu rất dài của tôi")
    user.save()
    return user


def saved_plan(**values: Any) -> Any:
    plan = apps.get_model("plans", "Plan")(**{"unit": saved_unit(), "year": 2022, "title": "Kế hoạch thử", **values})
    plan.save()
    return plan
