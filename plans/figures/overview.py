"""Figures that the leader's page shows beside those of the plan's text."""

from plans.figures.records import RecognitionRecord
from plans.figures.registry import FigureContext, Found, RowRef, figure
from plans.figures.results import measured
from plans.figures.shared import recognised, recognition_refs, standing


def _counted(context: FigureContext, rows: list[RecognitionRecord]) -> Found:
    return Found(len(rows), context.count(len(rows)), recognition_refs(rows))


@figure(
    "achieved_products",
    label="Sản phẩm tính vào chỉ tiêu",
    how="Số sản phẩm của năm báo cáo được tính khi so với chỉ tiêu: sản phẩm mới, hoặc sản phẩm đủ hạng sao của chỉ tiêu.",
)
def achieved_products(context: FigureContext) -> Found:
    return _counted(context, list(measured(context)))


@figure(
    "standing_before",
    label="Sản phẩm có từ năm trước",
    how="Số sản phẩm có công nhận còn giá trị vào ngày cuối của năm liền trước năm báo cáo.",
)
def standing_before(context: FigureContext) -> Found:
    return _counted(context, standing(context, years_before=1))


@figure(
    "standing_producers",
    label="Chủ thể có sản phẩm đang được công nhận",
    how="Số chủ thể của các sản phẩm đang được công nhận vào ngày cuối năm báo cáo.",
)
def standing_producers(context: FigureContext) -> Found:
    producers = {row.product.producer.pk: row.product.producer for row in standing(context)}
    refs = tuple(RowRef("producer", pk, one.name, "producers:detail", pk) for pk, one in producers.items())
    return Found(len(producers), context.count(len(producers)), refs)


@figure(
    "expiring_products",
    label="Sản phẩm hết hạn công nhận trong năm",
    how="Số sản phẩm đang được công nhận mà công nhận hết hạn trong năm kế hoạch.",
)
def expiring_products(context: FigureContext) -> Found:
    return _counted(context, [row for row in standing(context) if row.expires_on.year == context.plan_year])


@figure(
    "recognised_products",
    label="Sản phẩm được công nhận trong năm",
    how="Số sản phẩm được công nhận trong các đợt của năm báo cáo, mọi hình thức, mỗi sản phẩm tính một lần.",
)
def recognised_products(context: FigureContext) -> Found:
    return _counted(context, recognised(context))
