"""The one way a view asks whether a person may do something to a row that they see."""

import inspect
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied

Rule = Callable[..., bool]


class NotAllowed(PermissionDenied):
    """A rule said no. `who` is the rule's own sentence about who can; the page 403 shows it."""

    def __init__(self, who: str) -> None:
        self.who = who
        super().__init__(f"Việc này không thuộc quyền của tài khoản đang dùng. {who}")

    @property
    def sentence(self) -> str:
        return str(self)


def require(rule: Rule, user: Any, obj: Any = None) -> None:
    """Raise `NotAllowed` unless the rule allows it; a rule about no row in particular takes the user only."""
    allowed = rule(user) if obj is None else rule(user, obj)
    if not allowed:
        raise NotAllowed(who_can(rule))


def who_can(rule: Rule) -> str:
    """The first paragraph of a rule's docstring: a Vietnamese sentence saying who can.

    A rule without one is a fault of the programmer, found by the first refusal in a test.
    """
    text = inspect.getdoc(rule)
    if not text:
        raise TypeError(f"The rule {rule!r} needs a docstring that says who can.")
    return " ".join(text.split("\n\n")[0].split())
