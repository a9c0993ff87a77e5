"""The figures of a plan: what each is, how it was counted, and the rows behind it."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plans import figures
from plans.addresses import plan_url
from plans.collect import figure_context
from plans.figures import Figure, FigureContext
from plans.models import Plan
from plans.screens import ROW_NAMES, crumbs, plan_or_404, row_url
from regulations.models import LegalDocument

LONG_TEXT = 40  # characters from which a figure is shown as a text rather than as a big number


@dataclass(frozen=True)
class _Line:
    """One figure of the list."""

    figure: Figure
    url: str


@dataclass(frozen=True)
class _Row:
    """One record behind a figure."""

    label: str
    kind: str
    url: str


@require_safe
def figure_list(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Every figure of the whole unit that has a value or rows."""
    plan = plan_or_404(request, unit, year)
    context = figure_context(plan)
    computed = (figures.compute(name, context) for name in figures.names(per_commune=False))
    lines = [_Line(figure, plan_url("figure", plan, figure.name)) for figure in computed if figure.rows]
    shown = {
        "title": f"Số liệu của kế hoạch năm {plan.year}",
        "lead": "Mỗi số do phần mềm tính từ các dòng đã nhập. Mở một số để xem cách tính và từng dòng.",
        "breadcrumb": crumbs(plan),
        "lines": sorted(lines, key=lambda line: not isinstance(line.figure.value, int)),
    }
    return render(request, "plans/figure_list.html", shown)


@require_safe
def figure_detail(request: HttpRequest, unit: str, year: int, name: str, commune: int | None = None) -> HttpResponse:
    """One figure: its value, how it was counted, the rows as links."""
    plan = plan_or_404(request, unit, year)
    if name not in figures.names():
        raise Http404
    context = _scoped(request, plan, figure_context(plan), commune)
    figure = figures.compute(name, context)
    place = f" – {context.commune.name}" if context.commune else ""
    shown = {
        "title": f"{figure.label}{place}",
        "breadcrumb": crumbs(plan, ("Số liệu", plan_url("figure-list", plan))),
        "figure": figure,
        "is_long": isinstance(figure.value, str) and len(figure.text) > LONG_TEXT,
        "rows": _rows(request, plan, figure),
    }
    return render(request, "plans/figure_detail.html", shown)


def _scoped(request: HttpRequest, plan: Plan, context: FigureContext, commune: int | None) -> FigureContext:
    """The context of one commune, or of the section that the address names."""
    section = plan.sections.filter(key=request.GET.get("muc", "")).first()
    if section is not None:
        context = context.of_section(section.key, section.options or {})
    if commune is None:
        return context
    found = next((row for row in context.records.communes if row.pk == commune), None)
    if found is None:
        raise Http404
    return context.of_commune(found)


def _rows(request: HttpRequest, plan: Plan, figure: Figure) -> list[_Row]:
    """The records behind a figure; a document of a unit above, which the person does not open, stands without a link."""
    documents = [row.pk for row in figure.rows if row.kind == "legal_document"]
    known = (
        set(LegalDocument.objects.visible_to(request.user).filter(pk__in=documents).values_list("pk", flat=True))
        if documents
        else set()
    )
    return [
        _Row(
            row.label,
            ROW_NAMES.get(row.kind, ""),
            row_url(plan, row) if row.kind != "legal_document" or row.pk in known else "",
        )
        for row in figure.rows
    ]
