"""Login by name and password; the person comes with their unit, which every page shows."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from accounts.models import User


class PeopleBackend(ModelBackend):
    """Django's own backend with one query for person, unit and the unit above."""

    def get_user(self, user_id: Any) -> User | None:
        user = User.objects.select_related("unit__parent").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
