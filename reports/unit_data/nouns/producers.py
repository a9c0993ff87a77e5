"""Producers."""

from typing import Any

from producers.models import Producer
from producers.services import clean_tax_number
from reports.unit_data.kinds import Choice, Flag, Ref, Text
from reports.unit_data.noun import Field, Noun
from reports.unit_data.nouns._common import ILLUSTRATIVE


def _tidy_tax_number(values: dict[str, Any]) -> None:
    """One spelling, so that the same number is found again however it is written."""
    if "tax_number" in values:
        values["tax_number"] = clean_tax_number(values["tax_number"])


PRODUCER = Noun(
    name="producer", section="producers", label="chủ thể", model=Producer,
    fields=(
        Field("name", "name", Text(), required=True),
        Field("kind", "kind", Choice.of(Producer.Kind), required=True),
        Field("commune", "commune", Ref("unit"), required=True),
        Field("tax_number", "tax_number", Text()),
        Field("representative", "representative", Text()),
        Field("phone", "phone", Text()),
        Field("address", "address", Text()),
        Field("women_led", "is_women_led", Flag()),
        Field("minority_led", "is_minority_led", Flag()),
        *ILLUSTRATIVE,
    ),
    identity=("commune", "name_folded"), complete=_tidy_tax_number,
)  # fmt: skip
