"""What a unit prints: signers, letterheads, recipients. One way for all three: list, detail, create, edit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from communes import rules, services
from communes.forms import LetterHeadForm, RecipientForm, SignerForm
from communes.labels import unit_name
from communes.models import LetterHead, Recipient, Signer, Unit
from core.forms.record import RecordForm
from core.permissions import require
from core.screens import Action, Column, Fact, detail_page, form_page, list_page


@dataclass(frozen=True)
class Noun:
    """One kind of record of a unit: its words, its rule, its services and what its pages show."""

    name: str
    title: str
    one: str
    model: type[Any]
    form: type[RecordForm]
    rule: Callable[..., bool]
    create: Callable[..., Model]
    update: Callable[..., Model]
    columns: Sequence[Column]
    order: Sequence[str]
    facts: Callable[[Any], list[Fact]]
    empty: str
    search: Sequence[str] = ()

    def url(self, page: str, *args: Any) -> str:
        return reverse(f"communes:{self.name}-{page}", args=args)

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        return [(self.title, self.url("list"))]


def _period(row: Any) -> list[Fact]:
    return [Fact("Từ ngày", row.valid_from or "Không ghi"), Fact("Đến hết ngày", row.valid_to or "Đang dùng")]


def _unit_fact(row: Any) -> Fact:
    return Fact("Đơn vị", unit_name(row.unit), reverse("communes:unit-detail", args=[row.unit_id]))


_UNIT = Column("Đơn vị", "unit.full_name")
_SINCE = Column("Từ ngày", "valid_from")
_UNTIL = Column("Đến hết ngày", "valid_to")

SIGNER = Noun(
    name="signer",
    title="Người ký",
    one="người ký",
    model=Signer,
    form=SignerForm,
    rule=rules.can_edit_signer,
    create=services.create_signer,
    update=services.update_signer,
    columns=[
        Column("Họ và tên", "name", link=lambda row: reverse("communes:signer-detail", args=[row.pk])),
        Column("Chức vụ", "position"), _UNIT, _SINCE, _UNTIL,
    ],
    order=("unit_id", "sort_order", "pk"),
    facts=lambda row: [
        Fact("Họ và tên", row.name), Fact("Chức vụ", row.position), Fact("Quyền hạn khi ký", row.authority_lines),
        _unit_fact(row), *_period(row), Fact("Thứ tự ưu tiên", row.sort_order),
    ],
    empty="Chưa có người ký. Kế hoạch cần một người ký để in.",
    search=("name_folded",),
)  # fmt: skip

LETTER_HEAD = Noun(
    name="letter-head",
    title="Thể thức văn bản",
    one="thể thức",
    model=LetterHead,
    form=LetterHeadForm,
    rule=rules.can_edit_letter_head,
    create=services.create_letter_head,
    update=services.update_letter_head,
    columns=[
        Column("Cơ quan ban hành", "issuer_name", link=lambda row: reverse("communes:letter-head-detail", args=[row.pk])),
        _UNIT, Column("Địa danh", "place"), Column("Ký hiệu", "plan_symbol"), _SINCE,
    ],
    order=("unit_id", "pk"),
    facts=lambda row: [
        Fact("Cơ quan chủ quản", row.parent_body or "Không in"),
        Fact("Cơ quan ban hành", row.issuer_lines), Fact("Tên cơ quan trong câu", row.issuer_name),
        Fact("Địa danh", row.place), Fact("Ký hiệu kế hoạch", row.plan_symbol),
        Fact("Số đếm dưới 10 có số 0 đứng trước", row.pad_counts),
        Fact("Hạng sao có số 0 đứng trước", row.pad_stars), _unit_fact(row), *_period(row),
    ],
    empty="Chưa có thể thức. Kế hoạch cần tên cơ quan ban hành và địa danh để in.",
)  # fmt: skip

RECIPIENT = Noun(
    name="recipient",
    title="Nơi nhận",
    one="nơi nhận",
    model=Recipient,
    form=RecipientForm,
    rule=rules.can_edit_recipient,
    create=services.create_recipient,
    update=services.update_recipient,
    columns=[
        Column("Nơi nhận", "text", link=lambda row: reverse("communes:recipient-detail", args=[row.pk])),
        _UNIT, Column("Thứ tự", "sort_order", "end"), Column("Dòng Lưu", "is_archive"),
    ],
    order=("unit_id", "is_archive", "sort_order", "pk"),
    facts=lambda row: [
        Fact("Nơi nhận", row.text), Fact("Dòng Lưu", row.is_archive), Fact("Thứ tự", row.sort_order),
        _unit_fact(row), *_period(row),
    ],
    empty="Chưa có nơi nhận. Kế hoạch in danh sách này ở cuối, bên trái.",
)  # fmt: skip


def noun_list(request: HttpRequest, noun: Noun) -> HttpResponse:
    """The rows of the person's reach."""
    rows = noun.model.objects.visible_to(request.user).select_related("unit").order_by(*noun.order)
    own = request.user.unit
    actions = [Action(f"Thêm {noun.one}", noun.url("create", own.pk), "plus")] if noun.rule(request.user, own) else []
    return list_page(
        request, rows, title=noun.title, noun=noun.one, columns=noun.columns, search=noun.search, actions=actions,
        empty=noun.empty,
    )  # fmt: skip


def noun_detail(request: HttpRequest, pk: int, noun: Noun) -> HttpResponse:
    """One row with its history."""
    row = get_object_or_404(noun.model.objects.visible_to(request.user).select_related("unit"), pk=pk)
    may = noun.rule(request.user, row.unit)
    actions = [Action("Sửa", noun.url("edit", pk), "pencil", primary=True)] if may else []
    return detail_page(request, row, title=str(row), breadcrumb=noun.crumbs, actions=actions, facts=noun.facts(row))


def noun_create(request: HttpRequest, unit_pk: int, noun: Noun) -> HttpResponse:
    """Add a row to a unit."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=unit_pk)
    require(noun.rule, request.user, unit)
    return form_page(
        request,
        title=f"Thêm {noun.one} của {unit.full_name}",
        breadcrumb=noun.crumbs,
        form_class=noun.form,
        form_kwargs={"user": request.user},
        save=lambda data, _version: noun.create({**data, "unit": unit}, by=request.user),
        success_url=lambda row: noun.url("detail", row.pk),
        success_message=f"Đã thêm {noun.one}.",
        cancel_url=reverse("communes:unit-detail", args=[unit_pk]),
    )


def noun_edit(request: HttpRequest, pk: int, noun: Noun) -> HttpResponse:
    """Change a row."""
    row = get_object_or_404(noun.model.objects.visible_to(request.user).select_related("unit"), pk=pk)
    require(noun.rule, request.user, row.unit)
    back = noun.url("detail", pk)
    return form_page(
        request,
        title=f"Sửa {noun.one}",
        breadcrumb=[*noun.crumbs, (str(row), back)],
        form_class=noun.form,
        form_kwargs={"user": request.user},
        instance=row,
        save=lambda data, version: noun.update(row, data, by=request.user, version=version),
        success_url=back,
        success_message=f"Đã lưu {noun.one}.",
        cancel_url=back,
    )
