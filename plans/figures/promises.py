"""Figures of the plan's year: potential products, targets, the budget, the annexes."""

from core.vietnamese import numbers
from plans.figures.records import PotentialRecord, TargetRecord
from plans.figures.registry import FigureContext, Found, RowRef, figure
from plans.figures.shared import target_ref
from plans.models import Target
from plans.text import lower_first

ANNEX_NUMBERS = (1, 2, 3, 4)


def _refs(rows: list[PotentialRecord]) -> tuple[RowRef, ...]:
    return tuple(RowRef("potential_product", row.pk, f"{row.name} – {row.commune.name}") for row in rows)


def potential(context: FigureContext) -> list[PotentialRecord]:
    """The potential products of the plan, of one commune when the context is a commune's."""
    rows = context.records.potential_products
    return [row for row in rows if context.commune is None or row.commune.pk == context.commune.pk]


@figure(
    "potential_products",
    label="Sản phẩm tiềm năng",
    how="Số sản phẩm tiềm năng đăng ký cho kế hoạch (các dòng của biểu 2).",
)
def potential_products(context: FigureContext) -> Found:
    rows = potential(context)
    return Found(len(rows), context.count(len(rows)), _refs(rows))


@figure(
    "committed_products",
    label="Sản phẩm dự thi trong năm",
    how="Số sản phẩm tiềm năng được đánh dấu dự thi trong năm, dự kiến từ hạng sao mà chỉ tiêu công nhận tính trở lên.",
)
def committed_products(context: FigureContext) -> Found:
    target = _target(context, Target.Measure.RECOGNISED)
    least = (target.least_stars if target else None) or 0
    rows = [row for row in potential(context) if row.is_committed and (row.expected_stars or 0) >= least]
    return Found(len(rows), context.count(len(rows)), _refs(rows))


def _target(context: FigureContext, measure: str) -> TargetRecord | None:
    """The target of the plan's year, of the unit or of the context's commune."""
    pk = context.commune.pk if context.commune else None
    wanted = (context.plan_year, measure, pk)
    return next((t for t in context.records.targets if (t.year, t.measure, t.commune_pk) == wanted), None)


def plan_target(context: FigureContext, measure: str) -> Found:
    """The number that the unit (or the context's commune) promises for the plan's year."""
    target = _target(context, measure)
    return Found(target.value, context.count(target.value), (target_ref(target),)) if target else Found(None, "")


@figure("potential_target", label="Chỉ tiêu sản phẩm tiềm năng", how="Chỉ tiêu sản phẩm tiềm năng của năm kế hoạch.")
def potential_target(context: FigureContext) -> Found:
    return plan_target(context, Target.Measure.POTENTIAL)


@figure(
    "min_recognised",
    label="Chỉ tiêu sản phẩm được công nhận",
    how="Chỉ tiêu sản phẩm được công nhận của năm kế hoạch.",
)
def min_recognised(context: FigureContext) -> Found:
    return plan_target(context, Target.Measure.RECOGNISED)


@figure(
    "least_stars",
    label="Hạng sao thấp nhất của chỉ tiêu",
    how="Hạng sao mà chỉ tiêu sản phẩm được công nhận của năm kế hoạch tính trở lên.",
)
def least_stars(context: FigureContext) -> Found:
    target = _target(context, Target.Measure.RECOGNISED)
    if target is None or target.least_stars is None:
        return Found(None, "")
    return Found(target.least_stars, context.stars(target.least_stars), (target_ref(target),))


@figure("new_target", label="Chỉ tiêu sản phẩm mới", how="Chỉ tiêu sản phẩm công nhận mới của năm kế hoạch.")
def new_target(context: FigureContext) -> Found:
    return plan_target(context, Target.Measure.NEW)


@figure("upgrade_target", label="Chỉ tiêu nâng hạng", how="Chỉ tiêu sản phẩm nâng hạng của năm kế hoạch.")
def upgrade_target(context: FigureContext) -> Found:
    return plan_target(context, Target.Measure.UPGRADE)


@figure("re_evaluation_target", label="Chỉ tiêu đánh giá lại", how="Chỉ tiêu sản phẩm đánh giá lại của năm kế hoạch.")
def re_evaluation_target(context: FigureContext) -> Found:
    return plan_target(context, Target.Measure.RE_EVALUATION)


@figure("budget_total", label="Tổng dự toán", how="Tổng các dòng dự toán của kế hoạch, mọi nguồn vốn.")
def budget_total(context: FigureContext) -> Found:
    lines = context.records.budget_lines
    total = sum(amount for line in lines for _source, _nature, amount in line.amounts)
    refs = tuple(RowRef("budget_line", line.pk, line.content) for line in lines)
    return Found(total, numbers.money_in_words_unit(total), refs)


def _register_annex(number: int) -> None:
    @figure(
        f"annex_{number}",
        label=f"Nhãn biểu {number}",
        how="Nhãn của biểu; nhắc đến nhãn thì biểu được in kèm kế hoạch.",
    )
    def annex(context: FigureContext) -> Found:
        labels = {own: label for own, label, _printed in context.records.annex_labels}
        label = lower_first(labels.get(number, ""))
        return Found(label or None, label)

    @figure(
        f"annex_{number}_reference", label=f"Câu dẫn biểu {number}",
        how="“(kèm theo …)” khi biểu được bật in kèm kế hoạch, không thì để trống.",
    )  # fmt: skip
    def reference(context: FigureContext) -> Found:
        for own, label, printed in context.records.annex_labels:
            if own == number and printed:
                return Found(label, f"(kèm theo {lower_first(label)})")
        return Found("", "")


for _number in ANNEX_NUMBERS:
    _register_annex(_number)
