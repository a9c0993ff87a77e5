"""How plans read on screen: states, the rows behind a figure, what is missing and where to enter it, the task list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from core.permissions import require, who_can
from core.screens import tag
from core.vietnamese import numbers
from plans import queries, rules
from plans.addresses import plan_url
from plans.collect import PlanSnapshot
from plans.figures import Figure, RowRef
from plans.missing import Missing
from plans.models import Plan
from plans.workflow import APPROVE, PLAN_WORKFLOW, RETURN, SUBMIT, PlanState

CRUMBS = [("Kế hoạch", "/ke-hoach/")]
HISTORY_LABELS = {"submit": "Trình lãnh đạo", "return": "Trả lại", "approve": "Duyệt", "issue": "Ban hành"}
_TONES = {"draft": "info", "submitted": "warn", "returned": "warn", "approved": "ok", "issued": "ok"}


def state_tag(plan: Plan) -> SafeString:
    """The state as a tag."""
    return tag(PlanState(plan.state).label, _TONES[plan.state])  # type: ignore[arg-type]


def crumbs(plan: Plan, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page of a plan."""
    return [*CRUMBS, (f"Năm {plan.year} – {plan.unit.full_name}", plan_url("detail", plan)), *more]


def plan_or_404(request: HttpRequest, unit: str, year: int, plans: QuerySet[Plan] | None = None) -> Plan:
    """The plan of an address that the person sees and may read."""
    known = Plan.objects.visible_to(request.user) if plans is None else plans
    plan = queries.plan_at(known, unit, year)
    if plan is None:
        raise Http404
    if plans is None:
        require(rules.can_view_plan, request.user, plan)
    return plan


# --- rows behind a figure

_ROW_PAGES = {
    "target": "plans:target-detail",
    "activity": "plans:activity-detail",
    "spending": "plans:spending-detail",
    "citation": "regulations:citation-detail",
    "legal_document": "regulations:document-detail",
}
_PLAN_ROW_PAGES = {"potential_product": "potential-detail", "budget_line": "budget-detail"}
ROW_NAMES = {
    "recognition": "Công nhận", "dossier": "Hồ sơ", "producer": "Chủ thể", "target": "Chỉ tiêu", "activity": "Hoạt động",
    "spending": "Kinh phí đã chi", "citation": "Văn bản viện dẫn", "legal_document": "Văn bản",
    "potential_product": "Sản phẩm tiềm năng", "budget_line": "Dòng dự toán", "unit": "Đơn vị hành chính",
}  # fmt: skip


def row_url(plan: Plan, row: RowRef) -> str:
    """The page of a record behind a figure."""
    if row.kind in _PLAN_ROW_PAGES:
        return plan_url(_PLAN_ROW_PAGES[row.kind], plan, row.pk)
    name = row.url_name or _ROW_PAGES.get(row.kind, "")
    return reverse(name, args=[row.url_pk or row.pk]) if name else ""


# --- what is missing

_PAGES = {
    "letter_head": "communes:letter-head-list",
    "signers": "communes:signer-list",
    "recipients": "communes:recipient-list",
    "offices": "communes:office-list",
    "citations": "regulations:citation-list",
}
_PLAN_PAGES = {"potential_products": "potential-list", "budget": "budget-list"}
_OF_REPORT_YEAR = {
    "dossiers": "dossiers:list", "recognitions": "products:recognition-list",
    "activities": "plans:activity-list", "spending": "plans:spending-list",
}  # fmt: skip


@dataclass(frozen=True)
class MissingLink:
    """One lacking part as a line with a link to the page on which it is entered."""

    sentence: str
    url: str


def place_url(plan: Plan, place: str, key: str = "") -> str:
    """The page on which the records of a place are entered."""
    if place in _OF_REPORT_YEAR:
        return f"{reverse(_OF_REPORT_YEAR[place])}?nam={plan.report_year}"
    if place in _PLAN_PAGES:
        return plan_url(_PLAN_PAGES[place], plan)
    if place == "annexes":
        return plan_url("annex-edit", plan, int(key)) if key.isdecimal() else plan_url("annex-list", plan)
    if place == "sections":
        return plan_url("section-edit", plan, key) if key and not key.isdecimal() else plan_url("section-list", plan)
    return reverse(_PAGES.get(place, "plans:target-list"))


def missing_links(plan: Plan, missing: Sequence[Missing]) -> list[MissingLink]:
    """What a plan lacks, in the order of the document."""
    return [MissingLink(part.sentence, place_url(plan, part.place, part.key)) for part in missing]


# --- the task list


@dataclass(frozen=True)
class Chip:
    """One figure as a link to its rows: “09 sản phẩm công nhận mới”."""

    text: str
    label: str
    url: str


@dataclass(frozen=True)
class Task:
    """One row of the plan's page. `state` is plain text when nothing is left to do, a tag otherwise."""

    number: int
    title: str
    hint: str
    state: str
    url: str
    action: str
    chips: tuple[Chip, ...] = ()
    is_short: bool = False


def chip(plan: Plan, figure: Figure) -> Chip:
    """A figure of the whole unit as a link to the rows behind it."""
    return Chip(figure.text or "0", figure.label, plan_url("figure", plan, figure.name))


def _state(missing: Sequence[Missing], *places: str) -> SafeString | str:
    short = sum(part.place in places for part in missing)
    return tag(f"Còn thiếu {numbers.count(short, pad=False)}", "warn") if short else "Xong"


SITUATION = ("entered_products", "recognised_new", "achieved_percent", "standing_total", "spending_total")


def tasks(plan: Plan, snapshot: PlanSnapshot, figures: Mapping[str, Figure], *, may_edit: bool) -> list[Task]:
    """The plan as a list of things to do, in the order of the document."""
    rows = [_situation(plan, figures), _targets(figures), _products(plan, figures), _budget(plan, figures)]
    rows += [_text(plan, snapshot), _form(plan, snapshot)]
    made = []
    for number, (title, hint, places, url, action, chips) in enumerate(rows, start=1):
        state = _state(snapshot.missing, *places)
        shown = action if may_edit else "Xem"
        made.append(Task(number, title, hint, state, url, shown, chips, is_short=state != "Xong"))
    preview = "Bản kế hoạch và các biểu như sẽ in, tính từ số liệu hiện có"
    made.append(Task(len(made) + 1, "Xem trước", preview, "", plan_url("preview", plan), "Xem"))
    return made


_Row = tuple[str, str, tuple[str, ...], str, str, tuple[Chip, ...]]


def _situation(plan: Plan, figures: Mapping[str, Figure]) -> _Row:
    chips = tuple(chip(plan, figures[name]) for name in SITUATION if figures[name].value is not None)
    places = ("dossiers", "recognitions", "activities", "spending", "citations")
    hint = "Phần mềm tự tính từ hồ sơ, công nhận, hoạt động và kinh phí đã chi"
    return f"Kết quả năm {plan.report_year}", hint, places, plan_url("figure-list", plan), "Xem số liệu", chips


def _targets(figures: Mapping[str, Figure]) -> _Row:
    potential, least = figures["potential_target"], figures["min_recognised"]
    parts = []
    if potential.value is not None:
        parts.append(f"{potential.text} sản phẩm tiềm năng")
    if least.value is not None:
        parts.append(f"ít nhất {least.text} sản phẩm được công nhận")
    year = figures["plan_year"].text
    url = f"{reverse('plans:target-list')}?nam={year}"
    return f"Chỉ tiêu năm {year}", ", ".join(parts) or "Chưa có chỉ tiêu nào", ("targets",), url, "Sửa", ()


def _products(plan: Plan, figures: Mapping[str, Figure]) -> _Row:
    rows, sure = figures["potential_products"], figures["committed_products"]
    hint = f"{rows.text} sản phẩm, {sure.text} sản phẩm dự thi trong năm" if rows.value else "Chưa có sản phẩm nào"
    return "Biểu 2: sản phẩm tiềm năng", hint, ("potential_products",), plan_url("potential-list", plan), "Sửa", ()


def _budget(plan: Plan, figures: Mapping[str, Figure]) -> _Row:
    total = figures["budget_total"]
    lines = numbers.integer(len(total.rows))
    hint = f"{lines} dòng, tổng {total.text}" if total.rows else "Chưa có dòng dự toán nào"
    return "Biểu 3 và 4: kinh phí", hint, ("budget",), plan_url("budget-list", plan), "Sửa", ()


def _text(plan: Plan, snapshot: PlanSnapshot) -> _Row:
    sections = len({part.section for part in snapshot.body})
    hint = f"{sections} mục, chép từ kế hoạch gần nhất; số liệu trong câu tự cập nhật"
    return "Lời văn", hint, ("sections",), plan_url("section-list", plan), "Soạn", ()


def _form(plan: Plan, snapshot: PlanSnapshot) -> _Row:
    signer = f"Người ký: {snapshot.signature.name}" if snapshot.signature.name else "Chưa có người ký"
    hint = f"{signer}; {len(snapshot.annexes)} biểu; {len(snapshot.signature.recipients)} nơi nhận"
    places = ("letter_head", "signers", "recipients", "offices", "annexes")
    return "Thể thức, người ký và các biểu", hint, places, plan_url("annex-list", plan), "Sửa", ()


# --- moves


@dataclass(frozen=True)
class Move:
    """One step of the workflow as a button; `who` says who can when the person cannot."""

    label: str
    url: str
    is_allowed: bool
    who: str
    asks_reason: bool


_MOVES = {
    SUBMIT: ("submit", rules.can_submit_plan), RETURN: ("return", rules.can_return_plan), APPROVE: ("approve", rules.can_approve_plan),
}  # fmt: skip


def moves(user: Any, plan: Plan) -> list[Move]:
    """The steps that lead on from the plan's state, those of others included; the step back comes last."""
    found = [
        Move(step.label, plan_url(_MOVES[step][0], plan), rule(user, plan), who_can(rule), step.needs_reason)
        for step in PLAN_WORKFLOW.moves_from(PlanState(plan.state))
        if step in _MOVES
        for rule in [_MOVES[step][1]]
    ]
    return sorted(found, key=lambda move: move.asks_reason)
