"""Figures that the leader's page shows beside those of the plan's text."""

from decimal import Decimal

from core.vietnamese import numbers
from plans.figures.records import CommuneRecord, RecognitionRecord
from plans.figures.registry import FigureContext, Found, RowRef, figure
from plans.figures.results import measured, target_of_report
from plans.figures.shared import entries, recognised, recognition_refs, standing, target_ref


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


@figure(
    "target_difference",
    label="Chênh lệch so với chỉ tiêu",
    how="Lấy số lớn trừ số nhỏ trong hai số: sản phẩm tính vào chỉ tiêu, và chỉ tiêu của năm báo cáo. Không có chỉ tiêu thì không tính.",
)
def target_difference(context: FigureContext) -> Found:
    target, rows = target_of_report(context), measured(context)
    if target is None:
        return Found(None, "")
    gap = abs(len(rows) - target.value)
    return Found(gap, context.count(gap), (target_ref(target), *recognition_refs(rows)))


@figure(
    "report_least_stars",
    label="Hạng sao mà chỉ tiêu của năm báo cáo tính",
    how="Hạng sao mà chỉ tiêu sản phẩm được công nhận của năm báo cáo tính trở lên.",
)
def report_least_stars(context: FigureContext) -> Found:
    target = target_of_report(context)
    if target is None or target.least_stars is None:
        return Found(None, "")
    return Found(target.least_stars, context.stars(target.least_stars), (target_ref(target),))


@figure(
    "recognised_percent",
    label="Tỷ lệ đạt chuẩn",
    how="Số sản phẩm được công nhận trong năm báo cáo chia cho số sản phẩm dự thi. Không có sản phẩm dự thi thì không tính.",
)
def recognised_percent(context: FigureContext) -> Found:
    entered, rows = entries(context), recognised(context)
    if not entered:
        return Found(None, "")
    percent = Decimal(len(rows) * 100) / len(entered)
    return Found(percent, numbers.percent(percent), recognition_refs(rows))


@figure(
    "standing_change",
    label="Thay đổi so với năm trước",
    how="Lấy số lớn trừ số nhỏ trong hai số: sản phẩm đang được công nhận vào cuối năm báo cáo, và vào cuối năm liền trước; "
    "bên dưới là các sản phẩm chỉ có ở một trong hai năm.",
)
def standing_change(context: FigureContext) -> Found:
    now, before = standing(context), standing(context, years_before=1)
    both = {row.product.pk for row in now} & {row.product.pk for row in before}
    change = abs(len(now) - len(before))
    rows = [row for row in (*now, *before) if row.product.pk not in both]
    return Found(change, context.count(change), recognition_refs(rows))


def _communes(context: FigureContext, communes: list[CommuneRecord]) -> Found:
    refs = tuple(RowRef("unit", one.pk, one.name, "communes:unit-detail", one.pk) for one in communes)
    return Found(len(communes), context.count(len(communes)), refs)


@figure(
    "communes_total",
    label="Xã, thị trấn",
    how="Số xã, thị trấn của đơn vị vào ngày làm việc của kế hoạch, kể cả xã đã kết thúc mà không có xã kế thừa.",
)
def communes_total(context: FigureContext) -> Found:
    return _communes(context, list(context.records.communes))


@figure(
    "communes_without",
    label="Xã, thị trấn chưa có sản phẩm OCOP",
    how="Số xã, thị trấn không có sản phẩm nào đang được công nhận vào ngày cuối năm báo cáo.",
)
def communes_without(context: FigureContext) -> Found:
    return _communes(context, [one for one in context.records.communes if not standing(context.of_commune(one))])
