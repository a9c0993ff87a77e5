"""The law, for tests."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from communes.models import Level
from communes.tests.factories import UnitFactory
from regulations.models import CertifyingLevel, Citation, LegalDocument, ProductGroup, Regime


class LegalDocumentFactory(DjangoModelFactory):
    class Meta:
        model = LegalDocument

    key = factory.Sequence(lambda n: f"vb{n}")
    document_type = "Quyết định"
    number = factory.Sequence(lambda n: f"{n + 100}/QĐ-UBND-HC")
    issued_on = date(2021, 12, 31)
    issuer = "UBND tỉnh Đồng Tháp"
    title = "công nhận sản phẩm đạt tiêu chuẩn OCOP"


class CitationFactory(DjangoModelFactory):
    class Meta:
        model = Citation

    unit = factory.SubFactory(UnitFactory)
    document = factory.SubFactory(LegalDocumentFactory)


class RegimeFactory(DjangoModelFactory):
    """One regime for all time, in which the province certifies 3 and 4 stars and the centre 5."""

    class Meta:
        model = Regime
        django_get_or_create = ("key",)
        skip_postgeneration_save = True

    key = "qd1048_781"
    name = "Quyết định số 1048/QĐ-TTg"
    valid_from = date(2019, 8, 21)
    certificate_months = 36
    criteria_decision = "qd1048_781"
    source = "QĐ 1048/QĐ-TTg"

    @factory.post_generation
    def levels(self, _create, extracted, **_kwargs):
        levels = {3: Level.PROVINCE, 4: Level.PROVINCE, 5: Level.CENTRAL} if extracted is None else extracted
        for stars, level in levels.items():
            CertifyingLevel.objects.get_or_create(regime=self, stars=stars, defaults={"level": level})


class ProductGroupFactory(DjangoModelFactory):
    class Meta:
        model = ProductGroup

    decision = "qd1048_781"
    number = factory.Sequence(lambda n: n + 1)
    name = "Chế biến từ thủy, hải sản"
    sector = "Thực phẩm"
    group = "Thực phẩm chế biến"
