"""Rounds and dossiers, for tests."""

import factory
from factory.django import DjangoModelFactory

from communes.tests.factories import UnitFactory
from dossiers.models import Dossier, Round
from products.models import Case
from products.tests.factories import ProductFactory, RecognitionFactory
from regulations.tests.factories import RegimeFactory


class RoundFactory(DjangoModelFactory):
    class Meta:
        model = Round

    unit = factory.SubFactory(UnitFactory, district=True)
    year = 2021
    number = factory.Sequence(lambda n: n % 30000 + 1)
    regime = factory.SubFactory(RegimeFactory)


class DossierFactory(DjangoModelFactory):
    """A first entry without outcome; `recognised` gives it three stars."""

    class Meta:
        model = Dossier

    round = factory.SubFactory(RoundFactory)
    product = factory.SubFactory(ProductFactory)
    producer = factory.SelfAttribute("product.producer")
    commune = factory.SelfAttribute("product.commune")
    regime = factory.SelfAttribute("round.regime")
    case = Case.FIRST

    class Params:
        recognised = factory.Trait(
            outcome=Dossier.Outcome.RECOGNISED,
            recognition=factory.SubFactory(RecognitionFactory, product=factory.SelfAttribute("..product")),
        )
