"""Records of a unit's year: targets, activities, spending. One way for all three: list, detail, create, edit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst

from communes.labels import unit_name
from core.forms.record import RecordForm
from core.permissions import Rule, require
from core.screens import Action, Column, Fact, Filter, Money, choice, detail_page, form_page, list_page, marked, show
from plans import rules, services
from plans.forms import ActivityForm, SpendingForm, TargetForm
from plans.models import Activity, Spending, Target


@dataclass(frozen=True)
class Noun:
    """One kind of record: its words, its rules, its services and what its pages show."""

    name: str
    title: str
    one: str
    lead: str
    model: type[Any]
    form: type[RecordForm]
    may_create: Rule
    may_edit: Rule
    create: Callable[..., Model]
    update: Callable[..., Model]
    columns: Sequence[Column]
    order: Sequence[str]
    facts: Callable[[Any], list[Fact]]
    related: Sequence[str]
    empty: str
    search: Sequence[str] = ()
    filters: Sequence[Filter] = ()

    def url(self, page: str, *args: Any) -> str:
        return reverse(f"plans:{self.name}-{page}", args=args)

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        return [(self.title, self.url("list"))]


def _link(name: str) -> Callable[[Any], str]:
    return lambda row: reverse(f"plans:{name}-detail", args=[row.pk])


def _note(row: Any) -> list[Fact]:
    return [Fact("Nguồn số liệu", row.source_note)] if row.source_note else []


def _unit(row: Any) -> Fact:
    return Fact("Đơn vị", unit_name(row.unit), reverse("communes:unit-detail", args=[row.unit_id]))


def _value(row: Target) -> str:
    least = "ít nhất " if row.comparator == Target.Comparator.AT_LEAST else ""
    return f"{least}{show(Money(row.value))}"


def _attendees(row: Activity) -> str:
    return "" if row.attendees is None else f"{show(Money(row.attendees))} {row.get_attendee_unit_display()}"


_UNIT = Column("Đơn vị", "unit.full_name")

TARGET = Noun(
    name="target",
    title="Chỉ tiêu",
    one="chỉ tiêu",
    lead="Chỉ tiêu của năm kế hoạch in trong kế hoạch; chỉ tiêu của năm trước để tính tỷ lệ đạt.",
    model=Target,
    form=TargetForm,
    may_create=rules.can_create_target,
    may_edit=rules.can_edit_target,
    create=services.create_target,
    update=services.update_target,
    columns=[
        Column("Chỉ tiêu", marked(choice("measure")), link=_link("target")),
        Column("Năm", "year"),
        Column("Số lượng", _value, align="end"),
        Column("Xã, thị trấn", lambda row: row.commune.full_name if row.commune else "Toàn đơn vị"),
        _UNIT,
    ],
    order=("-year", "measure", "pk"),
    facts=lambda row: [
        Fact("Năm", row.year), Fact("Chỉ tiêu", choice("measure")(row)), Fact("Số lượng", _value(row)),
        Fact("Xã, thị trấn", row.commune.full_name if row.commune else "Toàn đơn vị"),
        _unit(row), Fact("Ghi chú", row.note), *_note(row),
    ],
    related=("unit", "commune"),
    empty="Chưa có chỉ tiêu nào. Kế hoạch không ghi tỷ lệ đạt khi chưa có chỉ tiêu của năm báo cáo.",
)  # fmt: skip

ACTIVITY = Noun(
    name="activity",
    title="Hoạt động",
    one="hoạt động",
    lead="Tập huấn, tuyên truyền, xúc tiến thương mại đã làm trong năm; phần kết quả của kế hoạch tính từ đây.",
    model=Activity,
    form=ActivityForm,
    may_create=rules.can_create_activity,
    may_edit=rules.can_edit_activity,
    create=services.create_activity,
    update=services.update_activity,
    columns=[
        Column("Nội dung", marked(lambda row: capfirst(row.topic)), link=_link("activity")),
        Column("Loại", choice("kind")),
        Column("Thời gian", lambda row: row.held_on or f"Năm {row.year}"),
        Column("Đơn vị tổ chức", "organiser"),
        Column("Số người dự", _attendees, align="end"),
    ],
    order=("-year", "sort_order", "pk"),
    facts=lambda row: [
        Fact("Loại", choice("kind")(row)), Fact("Nội dung", row.topic), Fact("Thời gian", row.held_on or f"Năm {row.year}"),
        Fact("Đơn vị tổ chức", row.organiser), Fact("Đơn vị phối hợp", row.partner), Fact("Đối tượng", row.audience),
        Fact("Số lớp", "" if row.classes is None else row.classes), Fact("Số người dự", _attendees(row)),
        _unit(row), *_note(row),
    ],
    related=("unit",),
    empty="Chưa có hoạt động nào. Ghi hoạt động của năm trước để kế hoạch báo cáo.",
    search=("topic_folded",),
    filters=[Filter("loai", "Loại", Activity.Kind.choices, lambda rows, kind: rows.filter(kind=kind))],
)  # fmt: skip

SPENDING = Noun(
    name="spending",
    title="Kinh phí đã chi",
    one="kinh phí đã chi",
    lead="Tiền đã chi cho Chương trình OCOP từng năm, theo tên nguồn mà đơn vị vẫn ghi.",
    model=Spending,
    form=SpendingForm,
    may_create=rules.can_create_spending,
    may_edit=rules.can_edit_spending,
    create=services.create_spending,
    update=services.update_spending,
    columns=[
        Column("Nguồn vốn", marked("source_name"), link=_link("spending")),
        Column("Năm", "year"),
        Column("Số tiền (đồng)", lambda row: Money(row.amount), align="end"),
        Column("Cột nguồn vốn", lambda row: row.get_funding_source_display() if row.funding_source else ""),
        _UNIT,
    ],
    order=("-year", "sort_order", "pk"),
    facts=lambda row: [
        Fact("Năm", row.year), Fact("Số tiền", f"{show(Money(row.amount))} đồng"), Fact("Nguồn vốn", row.source_name),
        Fact("Cột nguồn vốn", row.get_funding_source_display() if row.funding_source else ""),
        Fact("Hoạt động", row.activity or "Không của riêng hoạt động nào"), Fact("Dòng dự toán", row.budget_line or "Không gắn"),
        _unit(row), Fact("Ghi chú", row.note), *_note(row),
    ],
    related=("unit", "activity", "budget_line"),
    empty="Chưa có kinh phí nào. Ghi tiền đã chi của năm trước để kế hoạch báo cáo.",
)  # fmt: skip


def noun_list(request: HttpRequest, noun: Noun) -> HttpResponse:
    """The rows of the person's reach, the newest year first."""
    rows = noun.model.objects.visible_to(request.user).select_related(*noun.related)
    years = [str(year) for year in rows.order_by("-year").values_list("year", flat=True).distinct()]
    add = Action(f"Thêm {noun.one}", noun.url("create"), "plus", primary=True)
    return list_page(
        request,
        rows.order_by(*noun.order),
        title=noun.title,
        lead=noun.lead,
        noun=noun.one,
        columns=noun.columns,
        search=noun.search,
        search_label="Tìm theo nội dung, đơn vị tổ chức",
        filters=[Filter("nam", "Năm", [(year, year) for year in years], _of_year), *noun.filters],
        actions=[add] if noun.may_create(request.user) else [],
        empty=noun.empty,
    )


def _of_year(rows: Any, year: str) -> Any:
    return rows.filter(year=year)


def _row_or_404(request: HttpRequest, noun: Noun, pk: int) -> Any:
    return get_object_or_404(noun.model.objects.visible_to(request.user).select_related(*noun.related), pk=pk)


def noun_detail(request: HttpRequest, pk: int, noun: Noun) -> HttpResponse:
    """One row with its history."""
    row = _row_or_404(request, noun, pk)
    actions = [Action("Sửa", noun.url("edit", pk), "pencil", primary=True)] if noun.may_edit(request.user, row) else []
    return detail_page(
        request, row, title=capfirst(str(row)), breadcrumb=noun.crumbs, actions=actions, facts=noun.facts(row)
    )


def noun_create(request: HttpRequest, noun: Noun) -> HttpResponse:
    """Add a row to the person's own unit."""
    require(noun.may_create, request.user)
    unit = request.user.unit
    return form_page(
        request,
        title=f"Thêm {noun.one}",
        lead=f"Của {unit.full_name}.",
        breadcrumb=noun.crumbs,
        form_class=noun.form,
        form_kwargs={"user": request.user},
        save=lambda data, _version: noun.create({**data, "unit": unit}, by=request.user),
        success_url=lambda row: noun.url("detail", row.pk),
        success_message=f"Đã thêm {noun.one}.",
        cancel_url=noun.url("list"),
    )


def noun_edit(request: HttpRequest, pk: int, noun: Noun) -> HttpResponse:
    """Change a row."""
    row = _row_or_404(request, noun, pk)
    require(noun.may_edit, request.user, row)
    back = noun.url("detail", pk)
    return form_page(
        request,
        title=f"Sửa {noun.one}",
        breadcrumb=[*noun.crumbs, (capfirst(str(row)), back)],
        form_class=noun.form,
        form_kwargs={"user": request.user},
        instance=row,
        save=lambda data, version: noun.update(row, data, by=request.user, version=version),
        success_url=back,
        success_message=f"Đã lưu {noun.one}.",
        cancel_url=back,
    )
