"""Producers, for tests."""

import factory
from factory.django import DjangoModelFactory

from communes.tests.factories import UnitFactory
from producers.models import Producer


class ProducerFactory(DjangoModelFactory):
    class Meta:
        model = Producer

    name = factory.Sequence(lambda n: f"cơ sở sản xuất số {n}")
    kind = Producer.Kind.FACILITY
    commune = factory.SubFactory(UnitFactory)
