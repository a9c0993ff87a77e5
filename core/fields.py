"""Model fields for Vietnamese text and money.

Text is stored in NFC (a Mac types NFD); a folded shadow column carries search and uniqueness; a collation
key carries the order of lists, so that SQLite and PostgreSQL sort alike.
"""

import unicodedata
from typing import Any

from django.db import models

from core.vietnamese.collation import collation_key
from core.vietnamese.folding import fold


def nfc(value: Any) -> Any:
    """The text in NFC with the spaces around it cut; anything else unchanged."""
    return unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else value


class TextLineField(models.CharField):
    """One line of Vietnamese text, kept in NFC."""

    def to_python(self, value: Any) -> Any:
        return nfc(super().to_python(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ARG002, FBT001 -- Django's signature
        value = nfc(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        return value


class TextBlockField(models.TextField):
    """Several lines of Vietnamese text, kept in NFC with Unix line ends."""

    def to_python(self, value: Any) -> Any:
        return self._clean(super().to_python(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ARG002, FBT001 -- Django's signature
        value = self._clean(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        return value

    @staticmethod
    def _clean(value: Any) -> Any:
        return nfc(value.replace("\r\n", "\n").replace("\r", "\n")) if isinstance(value, str) else value


class ShadowField(models.CharField):
    """A column computed from others when the row is saved; never typed, never shown."""

    def __init__(self, *sources: str, **kwargs: Any) -> None:
        self.sources = sources
        kwargs.setdefault("max_length", 400)
        kwargs["editable"] = False
        kwargs["blank"] = True  # its sources may all be optional; validation must not name a field nobody sees
        kwargs.setdefault("default", "")
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = super().deconstruct()
        return name, path, list(self.sources), kwargs

    def compute(self, text: str) -> str:
        raise NotImplementedError

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ARG002, FBT001 -- Django's signature
        text = " ".join(str(getattr(model_instance, source) or "") for source in self.sources)
        value = self.compute(text)[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value


class FoldedField(ShadowField):
    """The sources without marks and case ("Khô cá lóc" -> "kho ca loc"), for search and uniqueness."""

    def compute(self, text: str) -> str:
        return fold(text)


class CollationField(ShadowField):
    """A key whose plain order is the Vietnamese order of the sources."""

    def compute(self, text: str) -> str:
        return collation_key(text)


class MoneyField(models.BigIntegerField):
    """An amount in đồng (whole, never negative unless the model says otherwise)."""

    description = "amount in đồng"

    def formfield(self, **kwargs: Any) -> Any:
        from core.forms.fields import MoneyFormField  # noqa: PLC0415 -- forms know fields, not the other way round

        return super().formfield(**{"form_class": MoneyFormField, **kwargs})
