"""Plans with their sections, annexes, potential products and budget; targets."""

from typing import Any

from django.db.models import Model

from core.errors import Refused
from plans.annex_rows import check_layout
from plans.blocks import check_heading, check_section
from plans.models import (
    AnnexLayout,
    BudgetAmount,
    BudgetLine,
    FundingSource,
    Plan,
    PlanSection,
    PotentialProduct,
    Target,
)
from plans.text import TextRefused
from plans.workflow import EDITABLE_STATES
from products.models import Case
from reports.unit_data.kinds import Bad, Choice, Data, Day, Flag, Integer, Money, Number, Ref, Text, Year
from reports.unit_data.noun import Field, Noun
from reports.unit_data.nouns._common import ILLUSTRATIVE, ORDER, UNIT


def _plan_of(row: Model) -> Plan:
    if isinstance(row, Plan):
        return row
    owner = row.line if isinstance(row, BudgetAmount) else row
    plan: Plan = owner.plan  # type: ignore[attr-defined]
    return plan


def _only_while_drafted(row: Model) -> None:
    plan = _plan_of(row)
    if plan.state not in EDITABLE_STATES:
        raise Bad(f"{plan} {plan.get_state_display().lower()} nên tệp không sửa được. Trả lại kế hoạch rồi nạp lại.")


def _commune_of_line(values: dict[str, Any]) -> None:
    """A budget line under a producer stands under the producer's commune."""
    if values.get("producer") is not None:
        values.setdefault("commune", values["producer"].commune)


def _commune_of_producer(values: dict[str, Any]) -> None:
    if values.get("producer") is not None:
        values.setdefault("commune", values["producer"].commune)
    if values.get("commune") is None:
        raise Bad("Sản phẩm tiềm năng phải có xã. Ghi khóa “commune”, hoặc “producer” là chủ thể đã có.")


def _amounts_add_up(row: Model) -> None:
    """Quantity × unit price is the sum of the sources, when both are given."""
    if not isinstance(row, BudgetLine):
        return
    total = sum(row.amounts.values_list("amount", flat=True))
    if row.quantity is None or row.unit_price is None:
        return
    expected = row.quantity * row.unit_price
    if expected != total:
        raise Bad(
            f"Số lượng × đơn giá là {_dong(expected)} nhưng các nguồn cộng lại là {_dong(total)}. "
            "Sửa số lượng, đơn giá hoặc số tiền của các nguồn cho khớp."
        )


def _dong(amount: Any) -> str:
    return f"{amount:,.0f} đồng".replace(",", ".")


def _texts_can_be_printed(row: Model) -> None:
    """Every figure, optional part and block of a section is known (docs/unit-data.md)."""
    if isinstance(row, PlanSection):
        try:
            check_heading(row.heading)
            check_section(row.text, row.options or {})
        except TextRefused as refusal:
            raise Bad(str(refusal)) from refusal


def _layout_can_be_shown(row: Model) -> None:
    """An annex shows only columns and groups that it has."""
    if isinstance(row, AnnexLayout):
        try:
            check_heading(row.title)
            check_layout(row.number, row.columns, row.group_by)
        except Refused as refusal:
            raise Bad(refusal.sentence) from refusal


SECTION = Noun(
    name="section", section="sections", label="mục của kế hoạch", model=PlanSection,
    fields=(
        Field("key", "key", Text(), required=True),
        Field("heading", "heading", Text()),
        Field("numbering", "numbering", Choice.of(PlanSection.Numbering)),
        Field("kind", "kind", Choice.of(PlanSection.Kind)),
        Field("text", "text", Text()),
        Field("options", "options", Data()),
        Field("runs_in", "runs_in", Flag()),
        ORDER,
    ),
    identity=("plan", "key"), position="sort_order", parent_attr="plan", nests_itself=True, guard=_only_while_drafted,
    after=_texts_can_be_printed,
)  # fmt: skip

ANNEX = Noun(
    name="annex", section="annexes", label="biểu", model=AnnexLayout,
    fields=(
        Field("number", "number", Integer(), required=True),
        Field("label", "label", Text(), required=True),
        Field("title", "title", Text(), required=True),
        Field("unit_line", "unit_line", Text()),
        Field("orientation", "orientation", Choice((("landscape", "ngang"), ("portrait", "dọc")))),
        Field("columns", "columns", Data(list), required=True),
        Field("group_by", "group_by", Data(list)),
        Field("options", "options", Data()),
        Field("in_pdf", "in_pdf", Flag()),
    ),
    identity=("plan", "number"), parent_attr="plan", guard=_only_while_drafted, after=_layout_can_be_shown,
)  # fmt: skip

POTENTIAL_PRODUCT = Noun(
    name="potential_product", section="potential_products", label="sản phẩm tiềm năng", model=PotentialProduct,
    fields=(
        Field("name", "name", Text(), required=True),
        Field("commune", "commune", Ref("unit")),
        Field("producer", "producer", Ref("producer")),
        Field("producer_name", "producer_name", Text()),
        Field("product", "product", Ref("product")),
        Field("group", "group", Ref("group")),
        Field("case", "case", Choice.of(Case)),
        Field("current_stars", "current_stars", Integer()),
        Field("expected_stars", "expected_stars", Integer()),
        Field("committed", "is_committed", Flag()),
        Field("support_needed", "support_needed", Text()),
        Field("round", "round_text", Text()),
        Field("note", "note", Text()),
        ORDER, *ILLUSTRATIVE,
    ),
    identity=("plan", "commune", "name_folded", "producer", "producer_name"), position="sort_order",
    parent_attr="plan", complete=_commune_of_producer, guard=_only_while_drafted,
)  # fmt: skip

BUDGET_AMOUNT = Noun(
    name="budget_amount", section="amounts", label="số tiền theo nguồn", model=BudgetAmount,
    fields=(
        Field("source", "source", Choice.of(FundingSource), required=True),
        Field("nature", "nature", Choice.of(BudgetAmount.Nature)),
        Field("amount", "amount", Money(), required=True),
    ),
    identity=("line", "source", "nature"), parent_attr="line", guard=_only_while_drafted,
)  # fmt: skip

BUDGET_LINE = Noun(
    name="budget_line", section="budget_lines", label="dòng dự toán", model=BudgetLine,
    fields=(
        Field("content_group", "content_group", Text(), required=True),
        Field("content", "content", Text(), required=True),
        Field("measure_unit", "measure_unit", Text()),
        Field("quantity", "quantity", Number()),
        Field("unit_price", "unit_price", Money()),
        Field("commune", "commune", Ref("unit")),
        Field("producer", "producer", Ref("producer")),
        Field("product_name", "product_name", Text()),
        Field("office", "office", Ref("office")),
        Field("quarter", "quarter", Text()),
        Field("basis", "basis", Text()),
        ORDER, *ILLUSTRATIVE,
    ),
    identity=("plan", "content_group", "content", "commune", "producer", "product_name"), position="sort_order",
    parent_attr="plan", children=(BUDGET_AMOUNT,), complete=_commune_of_line, guard=_only_while_drafted,
    after=_amounts_add_up,
)  # fmt: skip

PLAN = Noun(
    name="plan", section="plans", label="kế hoạch", model=Plan,
    fields=(
        UNIT,
        Field("year", "year", Year(), required=True),
        Field("title", "title", Text(), required=True),
        Field("document_type", "document_type", Text()),
        Field("working_date", "working_date", Day()),
        Field("number", "number", Text()),
        Field("issued_on", "issued_on", Day()),
        Field("signer", "signer", Ref("signer")),
    ),
    identity=("unit", "year"), children=(SECTION, ANNEX, POTENTIAL_PRODUCT, BUDGET_LINE), guard=_only_while_drafted,
)  # fmt: skip

TARGET = Noun(
    name="target", section="targets", label="chỉ tiêu", model=Target,
    fields=(
        UNIT,
        Field("year", "year", Year(), required=True),
        Field("measure", "measure", Choice.of(Target.Measure), required=True),
        Field("commune", "commune", Ref("unit")),
        Field("comparator", "comparator", Choice.of(Target.Comparator)),
        Field("value", "value", Integer(), required=True),
        Field("least_stars", "least_stars", Integer()),
        Field("note", "note", Text()),
        *ILLUSTRATIVE,
    ),
    identity=("unit", "year", "measure", "commune"),
)  # fmt: skip
