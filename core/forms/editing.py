"""The one way a form is handled: typed text is never lost, nothing is written twice, no one overwrites another.

`edit_page` shows and takes a form, `act` takes a button that posts. Both redeem the form's one-use token in the
transaction of the write.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from core.audit.services import VersionConflict
from core.errors import Refused
from core.forms import conflict, held, tokens
from core.forms.tokens import TOKEN_FIELD, VERSION_FIELD, TokenSpent

Save = Callable[[dict[str, Any], int | None], Any]
Url = str | Callable[[Any], str]

HELD_NOTE = "Nội dung nhập trước khi phiên làm việc hết hạn đã được điền lại. Kiểm tra rồi bấm lưu."


@dataclass(frozen=True)
class ErrorLink:
    """One line of the error summary: the words beside the field, and the id of the field to jump to."""

    message: str
    field_id: str


@dataclass(frozen=True)
class _Page:
    """One request to a form page."""

    request: HttpRequest
    form_class: type[forms.BaseForm]
    save: Save
    template: str
    instance: Any
    context: Mapping[str, Any]
    success_url: Url
    success_message: Url
    form_kwargs: Mapping[str, Any] = field(default_factory=dict)

    def form(self, **kwargs: Any) -> forms.BaseForm:
        """The form; a model form starts from the instance."""
        if self.instance is not None and issubclass(self.form_class, forms.BaseModelForm):
            kwargs["instance"] = self.instance
        return self.form_class(**{**self.form_kwargs, **kwargs})

    def blank(self, row: Any) -> forms.BaseForm:
        """The unbound form of a row as it was read, to tell what its fields stand for."""
        return replace(self, instance=row).form()

    def version(self) -> int | None:
        """The version the typed text is based on; a missing or spoilt one counts as older than any."""
        if not hasattr(self.instance, "version"):
            return None
        typed = self.request.POST.get(VERSION_FIELD, "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0  # noqa: PLR2004 -- digits of a column


def edit_page(
    request: HttpRequest,
    *,
    form_class: type[forms.BaseForm],
    save: Save,
    template: str,
    instance: Any = None,
    context: Mapping[str, Any] | None = None,
    success_url: Url,
    success_message: Url,
    form_kwargs: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show a form (GET) or take it (POST): `save(cleaned_data, version)` writes and returns the row.

    `success_url` and `success_message` are texts or functions of that row. The template gets `form`, `errors`
    (ErrorLink), `has_errors`, `version`, `form_token` and `held_note`; it includes `components/_form.html`.
    """
    page = _Page(
        request, form_class, save, template, instance, context or {}, success_url, success_message, form_kwargs or {}
    )
    return _take(page) if request.method == "POST" else _show_first(page)


def act(request: HttpRequest, do: Callable[[], Any], *, success_url: Url, success_message: Url) -> HttpResponseRedirect:
    """Take a button that posts: `do()` writes and returns the row. A refusal leads back to the page with its sentence."""
    try:
        result = _write(request, do, success_url)
    except TokenSpent as spent:
        return HttpResponseRedirect(spent.result_url)
    except (Refused, ValidationError) as refusal:
        for sentence in refusal.messages if isinstance(refusal, ValidationError) else [refusal.sentence]:
            messages.error(request, sentence)
        return HttpResponseRedirect(
            page_behind(request, otherwise=success_url if isinstance(success_url, str) else "/")
        )
    messages.success(request, _of(success_message, result.row))
    return HttpResponseRedirect(result.address)


def page_behind(request: HttpRequest, *, otherwise: str) -> str:
    """The page of this site on which the posted form stood: from its token, else from the Referer."""
    token = tokens.read(request.POST.get(TOKEN_FIELD, ""))
    if token is not None and token.page != request.get_full_path():
        return token.page
    referer = request.headers.get("Referer", "")
    is_own = url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure())
    is_other_page = referer != request.build_absolute_uri()
    return referer if is_own and is_other_page else otherwise


@dataclass(frozen=True)
class _Result:
    row: Any
    address: str


def _write(request: HttpRequest, do: Callable[[], Any], success_url: Url) -> _Result:
    """Redeem the token and write, both or neither."""
    tokens.refuse_spent(request)
    tokens.forget_old()
    with transaction.atomic():
        used = tokens.redeem(request)
        row = do()
        address = _of(success_url, row)
        tokens.finish(used, address)
    return _Result(row, address)


def _take(page: _Page) -> HttpResponse:
    """Take a posted form."""
    try:
        tokens.refuse_spent(page.request)
        form = page.form(data=page.request.POST, files=page.request.FILES)
        if form.is_valid():
            return _save(page, form)
        # A double click may have been refused because its first half was saved meanwhile.
        tokens.refuse_spent(page.request)
    except TokenSpent as spent:
        return HttpResponseRedirect(spent.result_url)
    return _show(page, form, version=page.version())


def _save(page: _Page, form: forms.BaseForm) -> HttpResponse:
    version = page.version()
    try:
        result = _write(page.request, lambda: page.save(form.cleaned_data, version), page.success_url)
    except VersionConflict as clash:
        return _show_conflict(page, form, clash)
    except ValidationError as error:
        tokens.refuse_spent(page.request)
        _add_errors(form, error)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
    else:
        messages.success(page.request, _of(page.success_message, result.row))
        return HttpResponseRedirect(result.address)
    return _show(page, form, version=version)


def _show_first(page: _Page) -> HttpResponse:
    """The form as it stands, or with what was typed before the login ran out."""
    typed = held.take(page.request) if page.request.user.is_authenticated else None
    if typed is None:
        return _show(page, page.form(), version=getattr(page.instance, "version", None))
    version = typed.pop(VERSION_FIELD, [""])[-1]
    form = page.form(data=typed)
    form._errors = ErrorDict()  # noqa: SLF001 -- shown as typed; judged when it is sent again
    return _show(page, form, version=version, held_note=HELD_NOTE)


def _show(page: _Page, form: forms.BaseForm, *, version: Any, held_note: str = "") -> HttpResponse:
    errors = error_links(form) if form.is_bound else []
    shown = {
        "submit": "Lưu",
        "cancel_url": "",
        **page.context,
        "form": form,
        "errors": errors,
        "has_errors": bool(errors),
        "version": "" if version is None else str(version),
        "form_token": tokens.issue(page.request),
        "held_note": held_note,
    }
    return render(page.request, page.template, shown)


def _show_conflict(page: _Page, form: forms.BaseForm, clash: VersionConflict) -> HttpResponse:
    """Both texts, field by field; keeping one's own sends it again on the new version."""
    shown = {
        "title": page.context.get("title", "Hai bản khác nhau"),
        "breadcrumb": page.context.get("breadcrumb"),
        "sentence": clash.sentence,
        "rows": conflict.differences(form, clash, page.blank),
        "resent": conflict.fields_to_resend(page.request.POST, form, clash, page.blank),
        "version": str(clash.current.version),  # type: ignore[attr-defined]
        "form_token": tokens.issue(page.request),
        "page_url": page.request.get_full_path(),
    }
    return render(page.request, "core/conflict.html", shown)


def error_links(form: forms.BaseForm) -> list[ErrorLink]:
    """The errors of a form in the order of its fields, those of no field first."""
    links = [ErrorLink(str(message), "") for message in form.non_field_errors()]
    for name in form.fields:
        bound = form[name]
        links.extend(ErrorLink(str(message), bound.id_for_label or bound.auto_id) for message in bound.errors)
    return links


def _add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """A service's errors on the fields they name; those of fields the form does not show go to the top."""
    by_field = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
    for name, problems in by_field.items():
        known = name if name in form.fields else None
        for sentence in ValidationError(problems).messages:
            form.add_error(known, sentence)


def _of(text: Url, row: Any) -> str:
    return text(row) if callable(text) else text
