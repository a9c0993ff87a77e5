"""Everything that writes the law's rows."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser

from core.audit import services as audit
from regulations.models import Citation, LegalDocument


def create_legal_document(values: Mapping[str, Any], *, by: AbstractBaseUser | None) -> LegalDocument:
    """Add a document to the register."""
    return audit.create(LegalDocument(**values), by=by)


def update_legal_document(
    document: LegalDocument, values: Mapping[str, Any], *, by: AbstractBaseUser | None, version: int | None = None
) -> LegalDocument:
    """Change a document of the register."""
    return audit.update(document, values, by=by, version=version)


def create_citation(values: Mapping[str, Any], *, by: AbstractBaseUser | None) -> Citation:
    """Say how a unit cites a document."""
    return audit.create(Citation(**values), by=by)


def update_citation(
    citation: Citation, values: Mapping[str, Any], *, by: AbstractBaseUser | None, version: int | None = None
) -> Citation:
    """Change how a unit cites a document."""
    return audit.update(citation, values, by=by, version=version)
