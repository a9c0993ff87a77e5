"""Everything that writes producers."""

import re
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from core.audit import services as audit
from core.errors import Refused
from producers import queries
from producers.models import Producer


class TaxNumberTaken(Refused):
    """Another producer has the tax number; the message does not name one that the person may not see."""

    def __init__(self, sentence: str, producer: Producer) -> None:
        super().__init__(sentence)
        self.producer = producer


class MoveRefused(Refused):
    """A producer with products stays where its products and recognitions are counted."""


def clean_tax_number(text: str) -> str:
    """A tax number as it is kept: digits, and "-" before the three digits of a branch."""
    digits = re.sub(r"[\s.\-]", "", text)
    branch = re.fullmatch(r"([0-9]{10})([0-9]{3})", digits)
    if branch:
        return f"{branch[1]}-{branch[2]}"
    return digits if digits.isdecimal() else text.strip()


@transaction.atomic
def create_producer(values: Mapping[str, Any], *, by: AbstractBaseUser | None) -> Producer:
    """Add a producer. Raises TaxNumberTaken, or ValidationError for a name that the commune already has."""
    cleaned = _cleaned(values)
    _refuse_taken(cleaned.get("tax_number", ""), None)
    return audit.create(Producer(**cleaned), by=by)


@transaction.atomic
def update_producer(
    producer: Producer, values: Mapping[str, Any], *, by: AbstractBaseUser | None, version: int | None = None
) -> Producer:
    """Change a producer. Raises TaxNumberTaken, MoveRefused, VersionConflict or ValidationError."""
    cleaned = _cleaned(values)
    _refuse_move(producer, cleaned)
    _refuse_taken(cleaned.get("tax_number", ""), producer)
    return audit.update(producer, cleaned, by=by, version=version)


def _cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    cleaned = dict(values)
    if "tax_number" in cleaned:
        cleaned["tax_number"] = clean_tax_number(cleaned["tax_number"] or "")
    return cleaned


def _refuse_move(producer: Producer, values: Mapping[str, Any]) -> None:
    """Products, dossiers and recognitions keep the commune they were counted in; a move would tear them apart."""
    commune = values.get("commune", producer.commune)
    if commune != producer.commune and producer.products.exists():
        raise MoveRefused(
            f"“{producer}” đã có sản phẩm được tính cho {producer.commune} nên không chuyển sang {commune}. "
            "Giữ xã cũ, hoặc thêm chủ thể mới ở xã mới cho các sản phẩm mới."
        )


def _refuse_taken(tax_number: str, producer: Producer | None) -> None:
    other = queries.by_tax_number(tax_number)
    if other is not None and (producer is None or other.pk != producer.pk):
        raise TaxNumberTaken(
            f"Mã số thuế {tax_number} đã có ở một chủ thể khác. Tìm chủ thể đó theo mã số thuế, hoặc kiểm tra lại mã số.",
            other,
        )
