"""What several figures share: sentences of lists, rows of records, which recognitions stand."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import TypeVar

from plans.figures.records import CommuneRecord, EntryRecord, ProductRecord, RecognitionRecord, TargetRecord
from plans.figures.registry import FigureContext, RowRef
from products.models import Case

Row = TypeVar("Row", RecognitionRecord, EntryRecord)


def joined(pieces: Sequence[str], last: str = " và ", others: str = ", ") -> str:
    """["a"] -> "a"; ["a", "b"] -> "a và b"; ["a", "b", "c"] -> "a, b và c"."""
    return others.join(pieces[:-1]) + last + pieces[-1] if len(pieces) > 1 else "".join(pieces)


def distinct(texts: Iterable[str]) -> list[str]:
    """The non-empty texts, each once, in their order."""
    return list(dict.fromkeys(filter(None, texts)))


def in_scope(rows: Iterable[Row], commune: CommuneRecord | None) -> list[Row]:
    """The rows of a commune; all of them for the whole unit."""
    return [row for row in rows if commune is None or row.commune.pk == commune.pk]


def target_ref(target: TargetRecord) -> RowRef:
    """The way to a target from the numbers that it gives."""
    return RowRef("target", target.pk, f"Chỉ tiêu năm {target.year}: {target.value}")


def by_product(row: RecognitionRecord | EntryRecord) -> tuple[tuple[int, str], int]:
    """The order of products in a document."""
    return (row.product.order, row.product.pk)


def recognised(context: FigureContext, case: str | None = None) -> list[RecognitionRecord]:
    """Recognitions of the report year's rounds that hold at its end, each product once, the last one.

    The round's year decides, not the day of the decision: what the council of 2021 judged is a result of 2021 though the
    decision came in January. A product recognised for the first time and upgraded within the year is a first one.
    """
    rows = [row for row in _holding(context, context.report_year) if row.year == context.report_year]
    first = {row.product.pk for row in rows if row.case == Case.FIRST}
    last = {row.product.pk: row for row in rows}
    cases = {pk: Case.FIRST if pk in first else row.case for pk, row in last.items()}
    wanted = [row for pk, row in last.items() if case is None or cases[pk] == case]
    return sorted(in_scope(wanted, context.commune), key=by_product)


def new(context: FigureContext) -> list[RecognitionRecord]:
    """Products recognised for the first time in the report year."""
    return recognised(context, Case.FIRST)


def standing(context: FigureContext, *, years_before: int = 0) -> list[RecognitionRecord]:
    """The newest recognition of each product that holds at the end of the report year (domain: neither run out nor withdrawn).

    `years_before` looks at the end of an earlier year.
    """
    newest = {row.product.pk: row for row in _holding(context, context.report_year - years_before)}
    return sorted(in_scope(newest.values(), context.commune), key=by_product)


def _holding(context: FigureContext, year: int) -> list[RecognitionRecord]:
    """Recognitions of the rounds up to a year that hold on its last day, in the order of their decisions."""
    day = date(year, 12, 31)
    rows = (row for row in context.records.recognitions if row.year <= year)
    return [row for row in rows if row.expires_on >= day and (row.withdrawn_on is None or row.withdrawn_on > day)]


def entries(context: FigureContext, case: str | None = None) -> list[EntryRecord]:
    """Products entered in the report year's rounds, each once under its last entry."""
    last = {row.product.pk: row for row in context.records.entries}
    rows = [row for row in last.values() if case is None or row.case == case]
    return sorted(in_scope(rows, context.commune), key=by_product)


def producers_in_order(rows: Sequence[RecognitionRecord]) -> list[tuple[str, list[RecognitionRecord]]]:
    """The rows under their producers, producers in the order of their first product."""
    groups: dict[int, list[RecognitionRecord]] = {}
    for row in sorted(rows, key=by_product):
        groups.setdefault(row.product.producer.pk, []).append(row)
    return [(group[0].product.producer.name, group) for group in groups.values()]


def star_phrase(context: FigureContext, rows: Sequence[RecognitionRecord]) -> str:
    """ "03 sao" when all have the same; else "03 sao (07 sản phẩm) và 04 sao (02 sản phẩm)"."""
    stars = sorted(row.stars for row in rows)
    counts = [(star, len(list(group))) for star, group in groupby(stars)]
    if len(counts) == 1:
        return f"{context.stars(counts[0][0])} sao"
    return joined([f"{context.stars(star)} sao ({context.count(number)} sản phẩm)" for star, number in counts])


def star_numbers(context: FigureContext, rows: Sequence[RecognitionRecord]) -> str:
    """ "03" when all have the same; else "03 và 04"."""
    return joined([context.stars(star) for star in sorted({row.stars for row in rows})])


def product_ref(product: ProductRecord, kind: str, pk: int) -> RowRef:
    """A row shown by its product, on the product's page."""
    return RowRef(kind, pk, f"{product.name} – {product.producer.name}", "products:detail", product.pk)


def recognition_refs(rows: Iterable[RecognitionRecord]) -> tuple[RowRef, ...]:
    return tuple(product_ref(row.product, "recognition", row.pk) for row in rows)


def entry_refs(rows: Iterable[EntryRecord]) -> tuple[RowRef, ...]:
    return tuple(
        RowRef("dossier", row.pk, f"{row.product.name} – {row.producer.name}", "dossiers:detail", row.pk)
        for row in rows
    )
