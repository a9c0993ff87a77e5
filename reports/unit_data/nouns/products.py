"""Products, and their recognitions over time."""

from typing import Any

from communes.models import Level
from core.errors import Refused
from products.models import Case, Product, Recognition
from products.rules import certificate_end
from regulations import queries as regulations
from reports.unit_data.kinds import Bad, Choice, Day, Flag, Integer, Ref, Text, Year
from reports.unit_data.noun import Field, Noun
from reports.unit_data.nouns._common import ILLUSTRATIVE, ORDER


def _commune_of_producer(values: dict[str, Any]) -> None:
    values.setdefault("commune", values["producer"].commune)


def _complete_recognition(values: dict[str, Any]) -> None:
    """Commune, day, year, level and end follow from the product, the decision and the regime of the day."""
    values["commune"] = values["product"].commune
    values["decided_on"] = values.get("decided_on") or values["decision"].issued_on
    values["year"] = values.get("year") or values["decided_on"].year
    if values.get("level") and values.get("expires_on"):
        return
    try:
        regime = regulations.regime_on(values["decided_on"])
        values["level"] = values.get("level") or regulations.certifying_level(regime, values["stars"])
    except Refused as error:
        raise Bad(error.sentence) from error
    values["expires_on"] = values.get("expires_on") or certificate_end(values["decided_on"], regime.certificate_months)


RECOGNITION = Noun(
    name="recognition", section="recognitions", label="công nhận", model=Recognition,
    fields=(
        Field("decision", "decision", Ref("legal_document"), required=True),
        Field("stars", "stars", Integer(), required=True),
        Field("case", "case", Choice.of(Case), required=True),
        Field("level", "level", Choice.of(Level)),
        Field("year", "year", Year()),
        Field("decided_on", "decided_on", Day()),
        Field("expires_on", "expires_on", Day()),
        Field("withdrawn_on", "withdrawn_on", Day()),
        Field("withdrawal_reason", "withdrawal_reason", Text()),
        *ILLUSTRATIVE,
    ),
    identity=("product", "decision"), parent_attr="product", complete=_complete_recognition,
)  # fmt: skip

PRODUCT = Noun(
    name="product", section="products", label="sản phẩm", model=Product,
    fields=(
        Field("name", "name", Text(), required=True),
        Field("producer", "producer", Ref("producer"), required=True),
        Field("commune", "commune", Ref("unit")),
        Field("group", "group", Ref("group")),
        Field("group_illustrative", "group_is_illustrative", Flag()),
        ORDER, *ILLUSTRATIVE,
    ),
    identity=("producer", "name_folded"), position="sort_order", children=(RECOGNITION,), complete=_commune_of_producer,
)  # fmt: skip
