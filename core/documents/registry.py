"""Kinds of generated documents, filled by the apps that generate them in `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core.documents.models import GeneratedDocument

CanRead = Callable[[Any, "GeneratedDocument"], bool]


@dataclass(frozen=True, slots=True)
class DocumentKind:
    name: str  # "plans.plan"
    label: str  # "Kế hoạch OCOP"
    can_read: CanRead


_kinds: dict[str, DocumentKind] = {}


def register_kind(name: str, *, can_read: CanRead, label: str = "") -> None:
    """Make `name` known and say who reads its documents. Registering twice replaces."""
    _kinds[name] = DocumentKind(name, label or name, can_read)


def kind(name: str) -> DocumentKind:
    """The kind, or KeyError for a name that no app registered."""
    return _kinds[name]


def can_read(user: Any, document: "GeneratedDocument") -> bool:
    """May this person read the document? A kind that nobody registered is closed."""
    known = _kinds.get(document.kind)
    return known is not None and known.can_read(user, document)
