"""Figures of the report year: what was entered, what was recognised, how far the target was reached, money spent."""

from collections.abc import Sequence
from decimal import Decimal

from core.vietnamese import numbers
from plans.figures.records import RecognitionRecord, TargetRecord
from plans.figures.registry import FigureContext, Found, RowRef, figure
from plans.figures.shared import (
    distinct,
    entries,
    entry_refs,
    joined,
    new,
    recognised,
    recognition_refs,
    standing,
    star_numbers,
    star_phrase,
    target_ref,
)
from plans.models import Target
from products.models import Case


def _counted_entries(context: FigureContext, case: str | None = None) -> Found:
    rows = entries(context, case)
    return Found(len(rows), context.count(len(rows)), entry_refs(rows))


def _counted(context: FigureContext, rows: Sequence[RecognitionRecord]) -> Found:
    return Found(len(rows), context.count(len(rows)), recognition_refs(rows))


@figure("plan_year", label="Năm kế hoạch", how="Năm của kế hoạch.")
def plan_year(context: FigureContext) -> Found:
    return Found(context.plan_year, str(context.plan_year))


@figure("report_year", label="Năm báo cáo", how="Năm liền trước năm kế hoạch.")
def report_year(context: FigureContext) -> Found:
    return Found(context.report_year, str(context.report_year))


@figure("unit_name", label="Tên đơn vị", how="Tên đơn vị lập kế hoạch, không ghi cấp.")
def unit_name(context: FigureContext) -> Found:
    return Found(context.unit_name, context.unit_name)


@figure("unit_full_name", label="Tên đầy đủ của đơn vị", how="Cấp và tên đơn vị lập kế hoạch.")
def unit_full_name(context: FigureContext) -> Found:
    return Found(context.unit_full_name, context.unit_full_name)


@figure(
    "entered_products",
    label="Sản phẩm dự thi",
    how="Số sản phẩm có hồ sơ chưa rút trong các đợt đánh giá của năm báo cáo.",
)
def entered_products(context: FigureContext) -> Found:
    return _counted_entries(context)


@figure("entered_producers", label="Chủ thể dự thi", how="Số chủ thể của các sản phẩm dự thi trong năm báo cáo.")
def entered_producers(context: FigureContext) -> Found:
    producers = {row.producer.pk: row.producer for row in entries(context)}
    refs = tuple(RowRef("producer", pk, one.name, "producers:detail", pk) for pk, one in producers.items())
    return Found(len(producers), context.count(len(producers)), refs)


@figure(
    "entered_first", label="Sản phẩm dự thi lần đầu", how="Số sản phẩm dự thi trong năm báo cáo theo hình thức lần đầu."
)
def entered_first(context: FigureContext) -> Found:
    return _counted_entries(context, Case.FIRST)


@figure(
    "entered_upgrade",
    label="Sản phẩm dự thi nâng hạng",
    how="Số sản phẩm dự thi trong năm báo cáo theo hình thức nâng hạng.",
)
def entered_upgrade(context: FigureContext) -> Found:
    return _counted_entries(context, Case.UPGRADE)


@figure(
    "entered_re_evaluation", label="Sản phẩm dự thi đánh giá lại",
    how="Số sản phẩm dự thi trong năm báo cáo theo hình thức đánh giá lại.",
)  # fmt: skip
def entered_re_evaluation(context: FigureContext) -> Found:
    return _counted_entries(context, Case.RE_EVALUATION)


@figure(
    "entered_upgrade_list",
    label="Tên sản phẩm dự thi nâng hạng",
    how="Tên các sản phẩm dự thi nâng hạng trong năm báo cáo.",
)
def entered_upgrade_list(context: FigureContext) -> Found:
    return _named_entries(context, Case.UPGRADE)


@figure(
    "entered_re_evaluation_list", label="Tên sản phẩm dự thi đánh giá lại",
    how="Tên các sản phẩm dự thi đánh giá lại trong năm báo cáo.",
)  # fmt: skip
def entered_re_evaluation_list(context: FigureContext) -> Found:
    return _named_entries(context, Case.RE_EVALUATION)


def _named_entries(context: FigureContext, case: str) -> Found:
    rows = entries(context, case)
    text = ", ".join(row.product.name for row in rows)
    return Found(text, text, entry_refs(rows))


@figure(
    "recognition_decision", label="Quyết định công nhận",
    how="Các quyết định công nhận sản phẩm của năm báo cáo, ghi số và ngày theo cách viện dẫn của đơn vị.",
)  # fmt: skip
def recognition_decision(context: FigureContext) -> Found:
    rows = recognised(context)
    decisions = sorted({row.decision for row in rows}, key=lambda decision: (decision.day, decision.pk))
    text = joined([f"{decision.name}, ngày {decision.printed_day}" for decision in decisions], others="; ")
    refs = tuple(RowRef("legal_document", decision.pk, decision.name) for decision in decisions)
    return Found(text, text, refs)


@figure(
    "recognised_new",
    label="Sản phẩm công nhận mới",
    how="Số sản phẩm được công nhận lần đầu trong các đợt của năm báo cáo, không kể công nhận đã bị thu hồi.",
)
def recognised_new(context: FigureContext) -> Found:
    return _counted(context, new(context))


@figure(
    "recognised_upgrade",
    label="Sản phẩm được nâng hạng",
    how="Số sản phẩm được công nhận theo hình thức nâng hạng trong năm báo cáo.",
)
def recognised_upgrade(context: FigureContext) -> Found:
    return _counted(context, recognised(context, Case.UPGRADE))


@figure(
    "recognised_re_evaluation", label="Sản phẩm được công nhận lại",
    how="Số sản phẩm được công nhận theo hình thức đánh giá lại trong năm báo cáo.",
)  # fmt: skip
def recognised_re_evaluation(context: FigureContext) -> Found:
    return _counted(context, recognised(context, Case.RE_EVALUATION))


@figure(
    "recognised_new_stars",
    label="Hạng sao của sản phẩm mới",
    how="Hạng sao của các sản phẩm công nhận mới; nhiều hạng thì ghi số sản phẩm từng hạng.",
)
def recognised_new_stars(context: FigureContext) -> Found:
    rows = new(context)
    text = star_phrase(context, rows)
    return Found(text, text, recognition_refs(rows))


@figure("recognised_stars", label="Hạng sao (số)", how="Các hạng sao của sản phẩm công nhận mới, chỉ ghi số.")
def recognised_stars(context: FigureContext) -> Found:
    rows = new(context)
    text = star_numbers(context, rows)
    return Found(text, text, recognition_refs(rows))


@figure(
    "recognised_new_by_star", label="Sản phẩm mới theo hạng sao", how="Số sản phẩm công nhận mới của từng hạng sao."
)
def recognised_new_by_star(context: FigureContext) -> Found:
    rows = new(context)
    counts = {stars: sum(row.stars == stars for row in rows) for stars in sorted({row.stars for row in rows})}
    text = joined(
        [f"{context.count(number)} sản phẩm đạt {context.stars(stars)} sao" for stars, number in counts.items()]
    )
    return Found(text, text, recognition_refs(rows))


@figure(
    "standing_total",
    label="Sản phẩm đang được công nhận",
    how="Số sản phẩm có công nhận còn giá trị vào ngày cuối năm báo cáo, mỗi sản phẩm tính một lần.",
)
def standing_total(context: FigureContext) -> Found:
    return _counted(context, standing(context))


@figure(
    "standing_growth",
    label="Số sản phẩm tăng thêm",
    how="Số sản phẩm đang được công nhận tăng thêm so với cuối năm trước đó; không tăng thì bằng 0.",
)
def standing_growth(context: FigureContext) -> Found:
    before = {row.product.pk for row in standing(context, years_before=1)}
    now = standing(context)
    added = [row for row in now if row.product.pk not in before]
    return Found(max(len(now) - len(before), 0), context.count(max(len(now) - len(before), 0)), recognition_refs(added))


@figure(
    "standing_stars",
    label="Hạng sao đang có",
    how="Hạng sao của các sản phẩm đang được công nhận; nhiều hạng thì ghi số sản phẩm từng hạng.",
)
def standing_stars(context: FigureContext) -> Found:
    rows = standing(context)
    text = star_phrase(context, rows)
    return Found(text, text, recognition_refs(rows))


def target_of_report(context: FigureContext) -> TargetRecord | None:
    """The target that the results are measured by: new products when set, else recognised products."""
    pk = context.commune.pk if context.commune else None
    own = {t.measure: t for t in context.records.targets if t.year == context.report_year and t.commune_pk == pk}
    return own.get(Target.Measure.NEW) or own.get(Target.Measure.RECOGNISED)


def measured(context: FigureContext) -> Sequence[RecognitionRecord]:
    """The products that the target of the report year counts; without a target the new ones."""
    target = target_of_report(context)
    if target is None or target.measure == Target.Measure.NEW:
        return new(context)
    return [row for row in recognised(context) if row.stars >= (target.least_stars or 1)]


@figure(
    "report_target",
    label="Chỉ tiêu của năm báo cáo",
    how="Chỉ tiêu sản phẩm mới của năm báo cáo; không có thì chỉ tiêu sản phẩm được công nhận.",
)
def report_target(context: FigureContext) -> Found:
    target = target_of_report(context)
    return Found(target.value, context.count(target.value), (target_ref(target),)) if target else Found(None, "")


@figure(
    "achieved_percent", label="Tỷ lệ đạt kế hoạch",
    how="Số sản phẩm đạt trong năm báo cáo chia cho chỉ tiêu của năm báo cáo. Không có chỉ tiêu thì không tính.",
)  # fmt: skip
def achieved_percent(context: FigureContext) -> Found:
    target = target_of_report(context)
    if target is None or target.value == 0:
        return Found(None, "")
    rows = measured(context)
    percent = Decimal(len(rows) * 100) / target.value
    return Found(percent, numbers.percent(percent), (target_ref(target), *recognition_refs(rows)))


@figure(
    "recognition_years",
    label="Các năm có sản phẩm được công nhận",
    how="Năm đánh giá của các sản phẩm đang được công nhận.",
)
def recognition_years(context: FigureContext) -> Found:
    rows = standing(context)
    text = joined([str(year) for year in sorted({row.year for row in rows})], last=" và năm ", others=", năm ")
    return Found(text, text, recognition_refs(rows))


@figure(
    "spending_by_source",
    label="Kinh phí đã chi theo nguồn",
    how="Tổng tiền đã chi trong năm báo cáo theo từng nguồn vốn.",
)
def spending_by_source(context: FigureContext) -> Found:
    rows = context.records.spendings
    sources = distinct(row.source_name for row in rows)
    totals = {source: sum(row.amount for row in rows if row.source_name == source) for source in sources}
    text = "; từ ".join(f"{source}: {numbers.money_in_words_unit(total)}" for source, total in totals.items())
    refs = tuple(
        RowRef("spending", row.pk, f"{row.source_name}: {numbers.money_in_words_unit(row.amount)}") for row in rows
    )
    return Found(f"Từ {text}" if text else "", f"Từ {text}" if text else "", refs)


@figure("spending_total", label="Tổng kinh phí đã chi", how="Tổng tiền đã chi của năm báo cáo.")
def spending_total(context: FigureContext) -> Found:
    total = sum(row.amount for row in context.records.spendings)
    refs = tuple(RowRef("spending", row.pk, row.source_name) for row in context.records.spendings)
    return Found(total, numbers.money_in_words_unit(total), refs)
