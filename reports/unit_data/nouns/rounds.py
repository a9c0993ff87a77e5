"""Evaluation rounds and the products entered in them."""

from typing import Any

from dossiers.models import Dossier, Round
from products.models import Case, Recognition
from reports.unit_data.kinds import Bad, Choice, Day, Integer, Ref, Text, Year
from reports.unit_data.noun import Field, Noun
from reports.unit_data.nouns._common import ILLUSTRATIVE, UNIT


def _complete_entry(values: dict[str, Any]) -> None:
    """Producer, commune and regime follow from product and round; a recognised entry finds its recognition."""
    product = values["product"]
    values["producer"], values["commune"] = product.producer, product.commune
    values.setdefault("regime", values["round"].regime)
    decision = values.pop("decision", None)
    if values.get("outcome") != Dossier.Outcome.RECOGNISED:
        if decision is not None:
            raise Bad("Chỉ ghi “decision” khi “outcome” là recognised. Bỏ khóa decision hoặc sửa outcome.")
        if "outcome" in values:
            values["recognition"] = None
        return
    if decision is None:
        raise Bad("Hồ sơ được công nhận phải có khóa “decision”: quyết định đã công nhận sản phẩm.")
    recognition = Recognition.objects.filter(product=product, decision=decision).first()
    if recognition is None:
        raise Bad(f"Sản phẩm “{product}” chưa có lần công nhận theo {decision}. Thêm vào “recognitions” của sản phẩm.")
    values["recognition"] = recognition


ENTRY = Noun(
    name="entry", section="entries", label="hồ sơ dự thi", model=Dossier,
    fields=(
        Field("product", "product", Ref("product"), required=True),
        Field("case", "case", Choice.of(Case), required=True),
        Field("regime", "regime", Ref("regime")),
        Field("filed_on", "filed_on", Day()),
        Field("outcome", "outcome", Choice.of(Dossier.Outcome)),
        Field("note", "note", Text()),
        *ILLUSTRATIVE,
    ),
    identity=("round", "product"), parent_attr="round", complete=_complete_entry,
    extra_keys={"decision": Ref("legal_document")},
)  # fmt: skip

ROUND = Noun(
    name="round", section="rounds", label="đợt đánh giá", model=Round,
    fields=(
        UNIT,
        Field("year", "year", Year(), required=True),
        Field("number", "number", Integer()),
        Field("name", "name", Text()),
        Field("regime", "regime", Ref("regime"), required=True),
        Field("opens_on", "opens_on", Day()),
        Field("closes_on", "closes_on", Day()),
    ),
    identity=("unit", "year", "number"), children=(ENTRY,),
)  # fmt: skip
