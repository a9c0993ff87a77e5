"""Producers."""

from producers.models import Producer
from reports.unit_data.kinds import Choice, Flag, Ref, Text
from reports.unit_data.noun import Field, Noun
from reports.unit_data.nouns._common import ILLUSTRATIVE

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
    identity=("commune", "name_folded"),
)  # fmt: skip
