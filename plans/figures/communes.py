"""Figures of one commune, for the frame of the per-commune results, in the two sentence forms of such lists."""

from collections.abc import Sequence

from plans.figures.records import CommuneRecord, RecognitionRecord
from plans.figures.registry import FigureContext, Found, figure
from plans.figures.shared import joined, new, producers_in_order, recognition_refs, standing, star_phrase
from plans.text import lower_first


def communes_with_results(context: FigureContext) -> tuple[CommuneRecord, ...]:
    """Communes that have recognised products: most new ones first, then most in all, then by name."""
    whole = context.of_commune(None)
    fresh, all_standing = new(whole), standing(whole)
    communes = {row.commune.pk: row.commune for row in [*fresh, *all_standing]}
    order = {
        pk: (
            -sum(row.commune.pk == pk for row in fresh),
            -sum(row.commune.pk == pk for row in all_standing),
            commune.order[1],
            commune.name,
        )
        for pk, commune in communes.items()
    }
    return tuple(communes[pk] for pk in sorted(communes, key=order.__getitem__))


@figure("commune", label="Tên xã", how="Loại và tên của xã, thị trấn.", per_commune=True)
def commune(context: FigureContext) -> Found:
    name = context.commune.name if context.commune else ""
    return Found(name, name)


@figure("commune_kind", label="Loại đơn vị", how="xã, phường hoặc thị trấn.", per_commune=True)
def commune_kind(context: FigureContext) -> Found:
    kind = context.commune.kind if context.commune else ""
    return Found(kind, kind)


@figure(
    "commune_new",
    label="Sản phẩm mới của xã",
    how="Số sản phẩm của xã được công nhận lần đầu trong năm báo cáo.",
    per_commune=True,
)
def commune_new(context: FigureContext) -> Found:
    rows = new(context)
    return Found(len(rows), context.count(len(rows)), recognition_refs(rows))


@figure(
    "commune_new_stars",
    label="Hạng sao của sản phẩm mới",
    how="Hạng sao của các sản phẩm mới của xã.",
    per_commune=True,
)
def commune_new_stars(context: FigureContext) -> Found:
    return _phrase(star_phrase(context, new(context)), new(context))


@figure(
    "commune_new_list",
    label="Danh sách sản phẩm mới của xã",
    how="Tên sản phẩm mới của xã theo từng chủ thể.",
    per_commune=True,
)
def commune_new_list(context: FigureContext) -> Found:
    return _new_list(context)


@figure("recognised_new_list", label="Danh sách sản phẩm mới", how="Tên sản phẩm công nhận mới theo từng chủ thể.")
def recognised_new_list(context: FigureContext) -> Found:
    return _new_list(context)


def _new_list(context: FigureContext) -> Found:
    rows = new(context)
    return _phrase(_capital(_by_producer(rows)), rows)


@figure(
    "commune_total",
    label="Tổng sản phẩm của xã",
    how="Số sản phẩm của xã đang được công nhận vào ngày cuối năm báo cáo.",
    per_commune=True,
)
def commune_total(context: FigureContext) -> Found:
    rows = standing(context)
    return Found(len(rows), context.count(len(rows)), recognition_refs(rows))


@figure(
    "commune_total_before", label="Sản phẩm của xã có từ trước",
    how="Số sản phẩm của xã đang được công nhận mà không phải mới công nhận trong năm báo cáo.", per_commune=True,
)  # fmt: skip
def commune_total_before(context: FigureContext) -> Found:
    return _not_new(context)


@figure(
    "standing_not_new",
    label="Sản phẩm đang được công nhận có từ trước",
    how="Số sản phẩm đang được công nhận mà không phải mới công nhận trong năm báo cáo.",
)
def standing_not_new(context: FigureContext) -> Found:
    return _not_new(context)


def _not_new(context: FigureContext) -> Found:
    fresh = {row.product.pk for row in new(context)}
    rows = [row for row in standing(context) if row.product.pk not in fresh]
    return Found(len(rows), context.count(len(rows)), recognition_refs(rows))


@figure(
    "commune_total_stars",
    label="Hạng sao của sản phẩm của xã",
    how="Hạng sao của các sản phẩm đang được công nhận của xã.",
    per_commune=True,
)
def commune_total_stars(context: FigureContext) -> Found:
    return _phrase(star_phrase(context, standing(context)), standing(context))


@figure(
    "commune_all_list",
    label="Danh sách mọi sản phẩm của xã",
    how="Tên các sản phẩm đang được công nhận của xã theo từng chủ thể.",
    per_commune=True,
)
def commune_all_list(context: FigureContext) -> Found:
    return _all_list(context)


@figure(
    "standing_list",
    label="Danh sách mọi sản phẩm",
    how="Tên các sản phẩm đang được công nhận theo từng chủ thể.",
)
def standing_list(context: FigureContext) -> Found:
    return _all_list(context)


def _all_list(context: FigureContext) -> Found:
    rows = standing(context)
    producers = producers_in_order(rows)
    if any(len(products) > 1 for _name, products in producers):
        text = "; ".join(_with_count(context, name, products) for name, products in producers)
    else:
        text = joined([f"{_name_and_year(context, products[0])} của {name}" for name, products in producers])
    return _phrase(text, rows)


def _phrase(text: str, rows: Sequence[RecognitionRecord]) -> Found:
    return Found(text, text, recognition_refs(rows))


def _by_producer(rows: Sequence[RecognitionRecord]) -> str:
    """ "a, b của X và c của Y"; one producer's last product is joined by "và" as well."""
    producers = producers_in_order(rows)
    last = " và " if len(producers) == 1 else ", "
    return joined(
        [
            f"{joined([lower_first(row.product.name) for row in products], last)} của {name}"
            for name, products in producers
        ]
    )


def _with_count(context: FigureContext, producer: str, products: Sequence[RecognitionRecord]) -> str:
    names = ", ".join(lower_first(row.product.name) for row in products)
    return f"{producer} {context.count(len(products))} sản phẩm ({names})"


def _name_and_year(context: FigureContext, row: RecognitionRecord) -> str:
    name = lower_first(row.product.name)
    return name if row.year == context.report_year else f"{name} (đạt năm {row.year})"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
