"""Products and recognitions, for tests."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from communes.models import Level
from producers.tests.factories import ProducerFactory
from products.models import Case, Product, Recognition
from products.rules import certificate_end
from regulations.tests.factories import LegalDocumentFactory


class ProductFactory(DjangoModelFactory):
    class Meta:
        model = Product

    name = factory.Sequence(lambda n: f"Khô cá số {n}")
    producer = factory.SubFactory(ProducerFactory)
    commune = factory.SelfAttribute("producer.commune")


class RecognitionFactory(DjangoModelFactory):
    """Three stars for 36 months by a decision of 31/12/2021."""

    class Meta:
        model = Recognition

    product = factory.SubFactory(ProductFactory)
    commune = factory.SelfAttribute("product.commune")
    stars = 3
    case = Case.FIRST
    level = Level.PROVINCE
    decided_on = date(2021, 12, 31)
    year = factory.LazyAttribute(lambda row: row.decided_on.year)
    decision = factory.SubFactory(LegalDocumentFactory, issued_on=factory.SelfAttribute("..decided_on"))
    expires_on = factory.LazyAttribute(lambda row: certificate_end(row.decided_on, 36))

    class Params:
        withdrawn = factory.Trait(withdrawn_on=date(2022, 1, 5), withdrawal_reason="Không còn sản xuất")
