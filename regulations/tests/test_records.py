"""The register and the citations: services, rules, which citation counts."""

import pytest
from django.core.exceptions import ValidationError

from accounts.tests.factories import UserFactory
from communes.tests.factories import UnitFactory, unit
from regulations import rules, services
from regulations.models import LegalDocument
from regulations.tests.factories import LegalDocumentFactory

pytestmark = pytest.mark.django_db


def test_documents_and_citations_are_written_and_changed():
    known = LegalDocumentFactory.build(key="qd1")
    columns = ["key", "document_type", "number", "issued_on", "issuer", "title"]
    document = services.create_legal_document({name: getattr(known, name) for name in columns}, by=None)
    services.update_legal_document(document, {"title": "Trích yếu mới"}, by=None, version=1)
    citation = services.create_citation({"unit": UnitFactory(), "document": document}, by=None)
    services.update_citation(citation, {"link_word": "về việc"}, by=None, version=1)

    assert (document.title, citation.link_word) == ("Trích yếu mới", "về việc")


def test_the_same_document_twice_is_refused():
    document = LegalDocumentFactory()

    with pytest.raises(ValidationError, match="Văn bản này đã có trong sổ"):
        services.create_legal_document(
            {
                "key": "khac", "document_type": "Quyết định", "number": document.number,
                "issued_on": document.issued_on, "issuer": document.issuer, "title": "X",
            },
            by=None,
        )  # fmt: skip


def test_a_units_documents_are_seen_above_and_below_it_and_national_ones_by_all(
    district, officer, commune_officer, other_commune_officer
):
    national = LegalDocumentFactory()
    own = LegalDocumentFactory(unit=district)
    of_commune = LegalDocumentFactory(unit=commune_officer.unit)

    assert set(LegalDocument.objects.visible_to(officer)) == {national, own, of_commune}
    assert set(LegalDocument.objects.visible_to(commune_officer)) == {national, own, of_commune}
    assert set(LegalDocument.objects.visible_to(other_commune_officer)) == {national, own}


def test_who_edits_documents(district, officer, admin, commune_officer, leader):
    national, own = LegalDocumentFactory(), LegalDocumentFactory(unit=district)
    central = UserFactory(unit=unit(central=True))

    for user in (officer, admin):
        assert rules.can_create_legal_document(user, district)
        assert rules.can_edit_legal_document(user, own)
        assert not rules.can_edit_legal_document(user, national)
        assert not rules.can_create_legal_document(user)
    assert rules.can_edit_legal_document(central, national)
    assert rules.can_create_legal_document(central)
    assert not rules.can_edit_legal_document(commune_officer, own)
    assert not rules.can_edit_legal_document(leader, own)


def test_who_edits_citations(district, officer, admin, leader, commune_officer):
    assert rules.can_edit_citation(officer, district)
    assert rules.can_edit_citation(admin, district)
    assert not rules.can_edit_citation(leader, district)
    assert not rules.can_edit_citation(commune_officer, district)
