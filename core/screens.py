"""The shared shape of list, detail and form pages: views say what is shown, this module says how.

Tables are built as one string, not by a template per row: 50 rows of a rich template cost three times as much.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from core import panels
from core.forms.editing import edit_page
from core.history import history_of
from core.vietnamese.folding import fold
from core.vietnamese.numbers import integer

PAGE_SIZE = 50
_READING = ("GET", "HEAD")
Align = Literal["start", "end", "center"]
Tone = Literal["ok", "warn", "bad", "info", "neu"]
Value = str | Callable[[Any], Any]


class Money(int):
    """đồng, shown with dots: 35.000.000."""


@dataclass(frozen=True)
class Column:
    """One column: a label, and where the cell comes from (a dotted path or a function of the row).

    `link` makes the cell the way into the row; give it to the first column, which is the row's heading.
    """

    label: str
    value: Value
    align: Align = "start"
    link: Callable[[Any], str] | None = None


@dataclass(frozen=True)
class Action:
    """A link drawn as a button. The view decides whether it is there at all."""

    label: str
    url: str
    icon: str = ""
    primary: bool = False


@dataclass(frozen=True)
class Filter:
    """One choice of the filter bar. `apply` narrows the queryset by a chosen value."""

    name: str
    label: str
    choices: Sequence[tuple[str, str]]
    apply: Callable[[QuerySet[Any], str], QuerySet[Any]]
    any_label: str = "Tất cả"

    def narrow(self, queryset: QuerySet[Any], chosen: str) -> QuerySet[Any]:
        """The queryset under a choice; a value that is not offered counts as no choice."""
        return self.apply(queryset, chosen) if chosen in {value for value, _label in self.choices} else queryset


@dataclass(frozen=True)
class Fact:
    """One row of a summary list. An empty value prints as “Chưa nhập”."""

    label: str
    value: Any
    url: str = ""


def way_to(request: HttpRequest, row: Any, url: str) -> str:
    """The address of another row's page where the person may see that row, else an empty text."""
    if row is None:
        return ""
    return url if type(row).objects.visible_to(request.user).filter(pk=row.pk).exists() else ""


@dataclass(frozen=True)
class KeyPage:
    """One page of a list that is paged by the key of its rows: the page costs the same at any depth."""

    rows: list[Any]
    total: int
    next: str
    previous: str


# --- cells -----------------------------------------------------------------------------------------------------


def tag(label: str, tone: Tone = "neu") -> SafeString:
    """A state as a word on a light ground (never a button)."""
    return format_html('<span class="tag tag-{}">{}</span>', tone, label)


def stars(count: int | None) -> str:
    """“3 sao”, or an empty text."""
    return f"{count} sao" if count else ""


def illustrative(row: Any) -> SafeString:
    """“(minh họa)” where the row is invented for the demonstration."""
    if not getattr(row, "is_illustrative", False):
        return SafeString("")
    return mark_safe(' <span class="illus">(minh họa)</span>')


@dataclass(frozen=True)
class Marked:
    """A cell value and what stands behind it, outside the link."""

    text: Any
    mark: SafeString


def marked(text: Value = str) -> Callable[[Any], Marked]:
    """A cell value followed by “(minh họa)” where the row is invented."""
    return lambda row: Marked(_read(row, text), illustrative(row))


def choice(name: str) -> Callable[[Any], str]:
    """The label of a column with choices, with a capital: “Công ty TNHH”."""
    return lambda row: capfirst(str(getattr(row, f"get_{name}_display")()))


def show(value: Any) -> Any:
    """A value as an official reads it: dates as dd/mm/yyyy, yes or no, money with dots, lists line by line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, Money):
        return integer(int(value))
    if isinstance(value, list | tuple):
        return "\n".join(str(item) for item in value)
    return value if isinstance(value, SafeString) else str(value)


def _read(row: Any, value: Value) -> Any:
    if callable(value):
        return value(row)
    for name in value.split("."):
        row = getattr(row, name, None)
        if row is None:
            return None
        if callable(row):
            row = row()
    return row


def _cell(column: Column, row: Any, *, heading: bool) -> str:
    value = _read(row, column.value)
    value, mark = (value.text, value.mark) if isinstance(value, Marked) else (value, "")
    text = conditional_escape(show(value))
    if column.link is not None:
        text = format_html('<a href="{}">{}</a>', column.link(row), text)
    text = text + mark
    if heading:
        return f'<th scope="row">{text}</th>'
    css = {"start": "", "end": ' class="num"', "center": ' class="center"'}[column.align]
    return f'<td{css} data-label="{conditional_escape(column.label)}">{text}</td>' if text else f"<td{css}></td>"


def table_body(columns: Sequence[Column], rows: Iterable[Any]) -> SafeString:
    """The rows of a table as HTML, every value escaped."""
    lines = (
        "<tr>" + "".join(_cell(column, row, heading=index == 0) for index, column in enumerate(columns)) + "</tr>"
        for row in rows
    )
    return mark_safe("\n".join(lines))  # noqa: S308 -- every cell is escaped in _cell


def table(columns: Sequence[Column], rows: Sequence[Any], *, caption: str = "") -> SafeString:
    """A whole table that turns into cards on a phone."""
    context = {"columns": columns, "body": table_body(columns, rows), "caption": caption}
    return render_to_string("components/_table.html", context)


# --- paging ----------------------------------------------------------------------------------------------------


def _order_of(queryset: QuerySet[Any]) -> list[tuple[str, bool]]:
    names = [str(name) for name in (queryset.query.order_by or queryset.model._meta.ordering)]
    order = [(name.lstrip("-"), name.startswith("-")) for name in names]
    return order if any(name in {"pk", "id"} for name, _down in order) else [*order, ("pk", False)]


def _beyond(order: Sequence[tuple[str, bool]], key: Sequence[Any], *, backwards: bool) -> Q:
    """The condition “after this key” (or before it) in an order of several columns."""
    condition, equal = Q(), Q()
    for (name, down), value in zip(order, key, strict=True):
        step = "lt" if down != backwards else "gt"
        condition |= equal & Q(**{f"{name}__{step}": value})
        equal &= Q(**{name: value})
    return condition


def _salt_of(model: type[Model], order: Sequence[tuple[str, bool]]) -> str:
    """What a key is good for: the key of another list or order counts as tampered with."""
    return f"core.screens.page:{model._meta.label}:{order}"


def _key_of(row: Any, order: Sequence[tuple[str, bool]]) -> str:
    values = [_read(row, name.replace("__", ".")) for name, _down in order]
    plain = [value.pk if isinstance(value, Model) else str(value) for value in values]
    return signing.dumps(plain, salt=_salt_of(type(row), order), compress=False)


def key_page(queryset: QuerySet[Any], *, after: str = "", before: str = "", size: int = PAGE_SIZE) -> KeyPage:
    """One page after or before a signed key, in the queryset's own order (its columns must not be empty).

    A key that was tampered with, or made for another order, gives the first page.
    """
    order = _order_of(queryset)
    total = queryset.count()
    backwards = bool(before) and not after
    queryset = queryset.order_by(*(("" if down == backwards else "-") + name for name, down in order))
    queryset, moved = _from_key(queryset, order, after or before, backwards=backwards)
    rows = list(queryset[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    has_next = bool(rows) and (moved if backwards else more)
    has_previous = bool(rows) and (more if backwards else moved)
    return KeyPage(
        rows=rows,
        total=total,
        next=_key_of(rows[-1], order) if has_next else "",
        previous=_key_of(rows[0], order) if has_previous else "",
    )


def _from_key(
    queryset: QuerySet[Any], order: Sequence[tuple[str, bool]], signed: str, *, backwards: bool
) -> tuple[QuerySet[Any], bool]:
    if not signed:
        return queryset, False
    try:
        key = signing.loads(signed, salt=_salt_of(queryset.model, order))
    except signing.BadSignature:
        return queryset, False
    return queryset.filter(_beyond(order, key, backwards=backwards)), True


# --- pages -----------------------------------------------------------------------------------------------------


def search_in(queryset: QuerySet[Any], text: str, columns: Sequence[str]) -> QuerySet[Any]:
    """Rows in which every typed word occurs in one of the folded columns (marks and case do not count).

    NUL separates words: PostgreSQL takes it in no text.
    """
    for word in fold(text.replace("\0", " ")).split():
        found = Q()
        for column in columns:
            found |= Q(**{f"{column}__contains": word})
        queryset = queryset.filter(found)
    return queryset


def _address(query: QueryDict, **changes: str) -> str:
    kept = query.copy()
    for name in ("sau", "truoc"):
        kept.pop(name, None)
    for name, value in changes.items():
        kept[name] = value
    return f"?{kept.urlencode()}"


def list_page(
    request: HttpRequest,
    queryset: QuerySet[Any],
    *,
    title: str,
    columns: Sequence[Column],
    search: Sequence[str] = (),
    search_label: str = "Tìm theo tên",
    filters: Sequence[Filter] = (),
    actions: Sequence[Action] = (),
    lead: str = "",
    noun: str = "dòng",
    empty: str = "",
    breadcrumb: Sequence[tuple[str, str]] = (),
    template: str = "core/list.html",
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """A list with search, filters and pages of 50 rows; two queries of its own (count and rows).

    `empty` is the sentence of a list that holds nothing at all; a search without hits has its own.
    """
    if request.method not in _READING:
        return HttpResponseNotAllowed(_READING)
    text = request.GET.get("q", "").strip()[:100]
    queryset = search_in(queryset, text, search) if search else queryset
    bar = []
    for item in filters:
        chosen = request.GET.get(item.name, "")
        queryset = item.narrow(queryset, chosen)
        bar.append({"filter": item, "chosen": chosen})
    page = key_page(queryset, after=request.GET.get("sau", ""), before=request.GET.get("truoc", ""))
    narrowed = bool(text) or any(entry["chosen"] for entry in bar)
    shown = {
        "title": title,
        "lead": lead,
        "breadcrumb": breadcrumb,
        "actions": actions,
        "columns": columns,
        "body": table_body(columns, page.rows),
        "page": page,
        "count": f"{integer(page.total)} {noun}",
        "next_url": _address(request.GET, sau=page.next) if page.next else "",
        "previous_url": _address(request.GET, truoc=page.previous) if page.previous else "",
        "searchable": bool(search),
        "search_label": search_label,
        "q": text,
        "filters": bar,
        "narrowed": narrowed,
        "clear_url": request.path,
        "noun": noun,
        "empty": empty or f"Chưa có {noun} nào.",
    }
    return render(request, template, shown | (context or {}))


def detail_page(
    request: HttpRequest,
    subject: Model,
    *,
    title: str,
    facts: Sequence[Fact],
    actions: Sequence[Action] = (),
    acts: Sequence["ActButton"] = (),
    state: SafeString | str = "",
    lead: str = "",
    breadcrumb: Sequence[tuple[str, str]] = (),
    extra_panels: Sequence[panels.Panel] = (),
    history: bool = True,
    history_labels: dict[str, str] | None = None,
    template: str = "core/detail.html",
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """One object: summary list, related panels (own and registered), and who changed what."""
    if request.method not in _READING:
        return HttpResponseNotAllowed(_READING)
    every = [*extra_panels, *panels.panels_for(request, subject)]
    shown = {
        "title": title,
        "state": state,
        "lead": lead,
        "breadcrumb": breadcrumb,
        "actions": actions,
        "acts": acts,
        "subject": subject,
        "is_illustrative": getattr(subject, "is_illustrative", False),
        "facts": [(fact.label, show(fact.value), fact.url) for fact in facts],
        "panels": [_prepared(panel) for panel in every if not panel.aside],
        "aside_panels": [_prepared(panel) for panel in every if panel.aside],
        "timeline": history_of(subject, labels=history_labels) if history else None,
    }
    return render(request, template, shown | (context or {}))


@dataclass(frozen=True)
class ActButton:
    """A button that posts: the act's name, where to, and what happens (the sentence above the button)."""

    label: str
    url: str
    explain: str = ""
    tone: Literal["primary", "plain", "danger"] = "plain"


def _prepared(panel: panels.Panel) -> dict[str, Any]:
    """A panel as its template reads it."""
    rows = list(panel.rows)
    return {
        "title": panel.title,
        "actions": panel.actions,
        "columns": panel.columns,
        "body": table_body(panel.columns, rows) if rows and panel.columns else "",
        "empty": panel.empty or "Chưa có dữ liệu.",
        "template": panel.template,
        "context": panel.context,
    }


def form_page(
    request: HttpRequest,
    *,
    title: str,
    form_class: type[Any],
    save: Callable[..., Any],
    success_url: Any,
    success_message: str,
    submit: str = "Lưu",
    cancel_url: str = "",
    lead: str = "",
    instance: Model | None = None,
    breadcrumb: Sequence[tuple[str, str]] = (),
    form_kwargs: dict[str, Any] | None = None,
    template: str = "core/form.html",
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """A form in the page's frame; `core.forms.editing.edit_page` does the handling."""
    shown = {"title": title, "lead": lead, "submit": submit, "cancel_url": cancel_url, "breadcrumb": breadcrumb}
    return edit_page(
        request,
        form_class=form_class,
        save=save,
        template=template,
        instance=instance,
        context=shown | (context or {}),
        success_url=success_url,
        success_message=success_message,
        form_kwargs=form_kwargs,
    )
