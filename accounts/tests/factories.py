"""People, for tests."""

import factory
from factory.django import DjangoModelFactory

from accounts.models import Role, User
from communes.tests.factories import UnitFactory


class UserFactory(DjangoModelFactory):
    """An officer without a password; `password` sets one."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"nguoi-dung-{n}")
    full_name = factory.Sequence(lambda n: f"Người Dùng {n}")
    role = Role.OFFICER
    unit = factory.SubFactory(UnitFactory)
    password = factory.django.Password(None)

    class Params:
        demo = factory.Trait(is_demo=True)
