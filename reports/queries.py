"""What the home pages show: the leader's figures, and what everybody else has to do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from accounts.models import Role, User
from communes.models import Level, Unit
from communes.rules import can_act
from core import clock
from core.errors import Refused
from core.jobs.models import Job, JobState
from core.vietnamese import numbers
from dossiers.models import Dossier
from plans import figures, rules
from plans.addresses import plan_url, unit_part
from plans.collect import collect_plan, figure_context
from plans.figures import Figure, FigureContext
from plans.figures.records import CommuneRecord
from plans.figures.results import target_of_report
from plans.models import Plan, PotentialProduct, Target
from plans.queries import plans_taking_products
from plans.workflow import EDITABLE_STATES, PlanState
from products.models import Product, Recognition
from products.queries import EXPIRY_MONTHS, expiring
from products.rules import can_create_product

# --- the leader's page


@dataclass(frozen=True)
class Number:
    """A number and the page of the rows behind it."""

    value: int
    text: str
    url: str


@dataclass(frozen=True)
class Bar:
    """A bullet bar: how far the bar and the tick reach, in hundredths of the width, and the same in words."""

    reach: int
    tick: int
    label: str


@dataclass(frozen=True)
class Year:
    """One bar of the years."""

    year: int
    number: Number
    reach: int
    is_now: bool


Words = tuple["str | Number", ...]  # a sentence whose numbers open their rows


@dataclass(frozen=True)
class Tile:
    """One of the four tiles. `small` stands after the number; `strong` begins the sentence."""

    title: Words
    number: Number
    small: Words
    sentence: Words
    strong: Words = ()
    bar: Bar | None = None
    years: tuple[Year, ...] = ()
    more: tuple[str, str] | None = None


@dataclass(frozen=True)
class CommuneRow:
    """One commune of the table: numbers with the step of their colour, 0 to 4."""

    name: str
    url: str
    cells: tuple[tuple[Number, int], ...]


@dataclass(frozen=True)
class Overview:
    """All that the leader's page shows about one plan."""

    plan: Plan
    tiles: tuple[Tile, ...]
    communes: tuple[CommuneRow, ...]
    totals: tuple[Number, ...]
    without: Number
    of_communes: Number
    promises: tuple[tuple[Words, Number], ...]
    decision: Number | None


HEAT = ("standing_total", "recognised_new", "standing_producers")


def plans_to_show(user: User) -> list[Plan]:
    """The plans whose figures a person may open, those of the own unit first, the newest first."""
    plans = Plan.objects.visible_to(user).select_related("unit").order_by("-year", "unit__sort_order", "pk")
    return sorted(plans, key=lambda plan: plan.unit_id != user.unit_id)


def choice_of(plan: Plan) -> str:
    """How the address of the page names a plan: unit and the year whose results it reports."""
    return f"{unit_part(plan)}/{plan.report_year}"


def plans_to_decide(user: User) -> QuerySet[Plan]:
    """The plans that wait for a decision in the person's own unit."""
    waiting = Plan.objects.visible_to(user).filter(unit_id=user.unit_id, state=PlanState.SUBMITTED)
    return waiting.select_related("unit", "submitted_by").order_by("-year")


class _Maker:
    """Makes the page of one plan from its figures."""

    def __init__(self, plan: Plan, context: FigureContext) -> None:
        self.plan, self.context = plan, context
        self.figures: dict[str, Figure] = {}

    def __getitem__(self, name: str) -> Figure:
        if name not in self.figures:
            self.figures[name] = figures.compute(name, self.context)
        return self.figures[name]

    def number(self, name: str) -> Number:
        return _number(self[name], plan_url("figure", self.plan, name))

    def value(self, name: str) -> int:
        return self.number(name).value

    def tiles(self) -> tuple[Tile, ...]:
        return (self._target(), self._success(), self._standing(), self._spending())

    def word(self, name: str, text: str = "") -> Number:
        """A figure as its own text, or as another spelling of it."""
        return replace(self.number(name), text=text or self[name].text)

    def _target(self) -> Tile:
        done, target = self.number("achieved_products"), self["report_target"]
        title, year = self._counted(), self.context.report_year
        if not isinstance(target.value, int) or not target.value:
            more = ("Nhập chỉ tiêu", f"{reverse('plans:target-list')}?nam={year}")
            return Tile(title, done, ("sản phẩm",), (f"Chưa có chỉ tiêu năm {year}.",), more=more)
        scale = max(done.value, target.value)
        bar = Bar(90 * done.value // scale, 90 * target.value // scale, f"Đạt {done.value}, kế hoạch {target.value}")
        small = ("/ ", self.number("report_target"), " kế hoạch")
        strong = ("Đạt ", self.word("achieved_percent"), " kế hoạch")
        return Tile(title, done, small, self._gap(done.value - target.value), strong, bar)

    def _gap(self, gap: int) -> Words:
        if not gap:
            return (", vừa đủ chỉ tiêu",)
        return (", vượt " if gap > 0 else ", còn thiếu ", self.number("target_difference"), " sản phẩm")

    def _counted(self) -> Words:
        """What the target counts, in words."""
        target = target_of_report(self.context)
        if target is not None and target.measure == Target.Measure.RECOGNISED:
            return self._from_stars("report_least_stars", target.least_stars)
        stars = self["recognised_stars"].text
        if not stars.isdecimal():
            return ("Sản phẩm mới được công nhận",)
        return ("Sản phẩm mới đạt ", self.word("recognised_stars", str(int(stars))), " sao")

    def _from_stars(self, name: str, least: int | None) -> Words:
        if not least:
            return ("Sản phẩm được công nhận",)
        return ("Sản phẩm đạt từ ", self.word(name, str(least)), " sao trở lên")

    def _success(self) -> Tile:
        done, entered = self.number("recognised_products"), self.number("entered_products")
        title = ("Đạt chuẩn trên số dự thi",)
        if not entered.value:
            return Tile(title, done, ("sản phẩm",), (f"Năm {self.context.report_year} chưa có sản phẩm dự thi.",))
        share = self["recognised_percent"].value
        reach = int(share) if isinstance(share, Decimal) else 0
        bar = Bar(min(100, reach), 100, f"{done.value} đạt chuẩn trên {entered.value} dự thi")
        sentence = (
            "Đạt ",
            self.word("recognised_percent"),
            ". ",
            *self._kinds(),
            self.number("entered_producers"),
            " chủ thể",
        )
        return Tile(title, done, ("/ ", entered, " dự thi"), sentence, bar=bar)

    def _kinds(self) -> Words:
        """How many entered in which way: “11 dự thi lần đầu, 01 nâng hạng; ”."""
        kinds = (
            ("entered_first", " dự thi lần đầu"),
            ("entered_upgrade", " nâng hạng"),
            ("entered_re_evaluation", " đánh giá lại"),
        )
        shown = [(self.number(name), words) for name, words in kinds if self.value(name)]
        parts: list[str | Number] = []
        for place, (number, words) in enumerate(shown, start=1):
            parts += [number, words + ("; " if place == len(shown) else ", ")]
        return tuple(parts)

    def _standing(self) -> Tile:
        now, before = self.number("standing_total"), self.number("standing_before")
        year, scale = self.context.report_year, max(now.value, before.value, 1)
        change = now.value - before.value
        grown: Words = (
            ("Tăng " if change > 0 else "Giảm ", self.number("standing_change"), " so với") if change else ("Bằng",)
        )
        sentence = (*grown, f" cuối năm {year - 1} (", before, ").")
        if self["standing_stars"].text:
            sentence = (*sentence, " Hạng: ", self.word("standing_stars"))
        years = (
            Year(year - 1, before, 100 * before.value // scale, is_now=False),
            Year(year, now, 100 * now.value // scale, is_now=True),
        )
        title = (f"Tổng sản phẩm OCOP của {self.plan.unit.get_kind_display()}",)
        return Tile(title, now, ("sản phẩm",), sentence, years=years)

    def _spending(self) -> Tile:
        total, year = self.number("spending_total"), self.context.report_year
        title = (f"Kinh phí năm {year}",)
        if not total.value:
            more = ("Ghi kinh phí đã chi", f"{reverse('plans:spending-list')}?nam={year}")
            return Tile(title, Number(0, "0", total.url), ("đồng",), ("Chưa ghi khoản chi nào.",), more=more)
        amount, _space, unit = total.text.partition(" ")
        sources = dict.fromkeys(row.source_name for row in self.context.records.spendings)
        return Tile(
            title, replace(total, text=amount), (unit,), ("Nguồn: ", self.word("spending_total", "; ".join(sources)))
        )

    def communes(self) -> tuple[CommuneRow, ...]:
        rows = [(commune, self._cells(commune)) for commune in self.context.records.communes]
        rows.sort(key=lambda row: (-row[1][0].value, row[0].kind != "xã", row[0].order[1]))
        return tuple(
            CommuneRow(
                _short(commune),
                reverse("communes:unit-detail", args=[commune.pk]),
                tuple((cell, _step(cell.value)) for cell in cells),
            )
            for commune, cells in rows
        )

    def _cells(self, commune: CommuneRecord) -> list[Number]:
        context = self.context.of_commune(commune)
        found = ((name, figures.compute(name, context)) for name in HEAT)
        return [_plain(figure, plan_url("figure-commune", self.plan, name, commune.pk)) for name, figure in found]

    def promises(self) -> Iterable[tuple[Words, Number]]:
        least, annex = self["min_recognised"], self["annex_2"].text
        label: Words = ("Sản phẩm tiềm năng tham gia",)
        if annex:
            label = (*label, " (", self.word("annex_2"), ")")
        yield label, self.number("potential_products")
        target = Target.objects.filter(pk__in=[row.pk for row in least.rows]).first()
        if target is not None:
            least_of = "ít nhất " if target.comparator == Target.Comparator.AT_LEAST else ""
            yield (
                self._from_stars("least_stars", target.least_stars),
                self.word("min_recognised", least_of + least.text),
            )
        yield ("Sản phẩm hết hạn công nhận trong năm",), self.number("expiring_products")
        yield ("Dự toán kinh phí",), self.number("budget_total")


def _number(figure: Figure, url: str) -> Number:
    value = figure.value if isinstance(figure.value, int) else 0
    return Number(value, figure.text or "0", url)


def _plain(figure: Figure, url: str) -> Number:
    number = _number(figure, url)
    return Number(number.value, numbers.count(number.value, pad=False), url)


def _short(commune: CommuneRecord) -> str:
    """ "Tân Hộ Cơ", "TT. Sa Rài": the name as a table shows it."""
    bare = commune.name.removeprefix(f"{commune.kind} ")
    return {"thị trấn": f"TT. {bare}", "phường": f"P. {bare}"}.get(commune.kind, bare)


def _step(value: int) -> int:
    """The colour of a cell: 0, 1, 2, 3–4, from 5."""
    return min(value, 2) if value < 3 else 3 if value < 5 else 4  # noqa: PLR2004 -- the steps of the legend


def overview_of(plan: Plan) -> Overview:
    """The figures of a plan's page. Raises UnitNotInPlanYear."""
    maker = _Maker(plan, figure_context(plan))
    communes = maker.communes()
    decision = maker["recognition_decision"]
    return Overview(
        plan=plan,
        tiles=maker.tiles(),
        communes=communes,
        totals=tuple(maker.number(name) for name in HEAT),
        without=maker.number("communes_without"),
        of_communes=maker.number("communes_total"),
        promises=tuple(maker.promises()),
        decision=maker.word("recognition_decision") if decision.value else None,
    )


# --- what there is to do


@dataclass(frozen=True)
class Counter:
    """How many rows wait, with the list of exactly these rows.

    `zero` is said when there is none, with the next useful act (label, address) if there is one; `note` when there are.
    """

    label: str
    count: int
    url: str
    zero: str
    act: tuple[str, str] | None = None
    note: str = ""


@dataclass(frozen=True)
class NextAct:
    """The most useful thing to do now."""

    title: str
    sentence: str
    url: str
    action: str


def counters(user: User) -> Sequence[Counter]:
    """At most four counters of a role."""
    return _COUNTERS[Role(user.role)](user)


def _pending(user: User) -> Counter:
    count = Dossier.objects.visible_to(user).filter(outcome=Dossier.Outcome.PENDING).count()
    return Counter(
        "Hồ sơ chưa có kết quả",
        count,
        f"{reverse('dossiers:list')}?ket-qua=pending",
        "Không có hồ sơ nào đang chờ kết quả.",
    )


def _failed_jobs(user: User) -> Counter:
    count = Job.objects.visible_to(user).filter(state=JobState.FAILED).count()
    return Counter(
        "Tác vụ chưa làm được", count, f"{reverse('jobs:list')}?trang-thai=failed", "Không có tác vụ nào bị dừng."
    )


def _plans(user: User, state: PlanState, label: str, zero: str) -> Counter:
    count = Plan.objects.visible_to(user).filter(state=state).count()
    return Counter(label, count, f"{reverse('plans:list')}?trang-thai={state.value}", zero)


def _is_of_commune(user: User) -> bool:
    return user.unit is not None and user.unit.level == Level.COMMUNE


def _officer(user: User) -> list[Counter]:
    if _is_of_commune(user):
        return _commune_officer(user)
    return [
        _pending(user),
        _plans(user, PlanState.DRAFT, "Kế hoạch đang soạn", "Không có kế hoạch nào đang soạn."),
        _plans(user, PlanState.RETURNED, "Kế hoạch bị trả lại", "Không có kế hoạch nào bị trả lại."),
        _failed_jobs(user),
    ]


def _commune_officer(user: User) -> list[Counter]:
    plan = open_plan_above(user)
    register = [_undecided(user, plan)] if plan is not None else []
    return [_pending(user), *register, _expiring(user), _without_stars(user)]


def _undecided(user: User, plan: Plan) -> Counter:
    """Products put forward of which the commune has not said that they enter this year."""
    own = PotentialProduct.objects.visible_to(user).filter(plan=plan)
    count = own.filter(is_committed=False).count()
    zero = (
        "Mọi sản phẩm tiềm năng của xã đã đánh dấu dự thi."
        if own.exists() else "Xã chưa đăng ký sản phẩm tiềm năng nào cho kế hoạch."
    )  # fmt: skip
    return Counter(
        f"Sản phẩm tiềm năng chưa đánh dấu dự thi năm {plan.year}",
        count,
        f"{plan_url('potential-list', plan)}?du-thi=chua",
        zero,
        act=("Thêm sản phẩm tiềm năng", plan_url("potential-create", plan)),
    )


def _expiring(user: User) -> Counter:
    """Recognitions that run out within a year, and how many of them sooner."""
    today, own = clock.today(), Recognition.objects.visible_to(user)
    *sooner, longest = EXPIRY_MONTHS
    count = expiring(own, today, months=longest).count()
    parts = [f"{months} tháng tới: {expiring(own, today, months=months).count()}" for months in reversed(sooner)]
    address = reverse("products:recognition-list")
    return Counter(
        f"Công nhận hết hạn trong {longest} tháng tới",
        count,
        f"{address}?het-han={longest}",
        f"Không có công nhận nào hết hạn trong {longest} tháng tới.",
        act=("Xem các lần công nhận", address),
        note=f"Trong đó {'; '.join(parts)}.",
    )


def _without_stars(user: User) -> Counter:
    standing = Recognition.objects.filter(product=OuterRef("pk")).standing_on(clock.today())
    products = Product.objects.visible_to(user)
    has_some = products.exists()
    may_add = not has_some and can_create_product(user)
    return Counter(
        "Sản phẩm chưa có hạng sao",
        products.filter(~Exists(standing)).count(),
        f"{reverse('products:list')}?sao=0",
        "Mọi sản phẩm đang có hạng sao." if has_some else "Chưa nhập sản phẩm nào.",
        act=("Thêm sản phẩm", reverse("products:choose-producer"))
        if may_add
        else ("Xem sản phẩm", reverse("products:list")),
    )


def _leader(user: User) -> list[Counter]:
    return [
        _plans(user, PlanState.SUBMITTED, "Kế hoạch chờ quyết định", "Không có kế hoạch nào chờ quyết định."),
        _pending(user),
    ]


def _admin(user: User) -> list[Counter]:
    accounts = User.objects.visible_to(user).count()
    units = Unit.objects.visible_to(user).count()
    return [
        Counter("Tài khoản", accounts, reverse("accounts:list"), "Chưa có tài khoản nào."),
        Counter("Đơn vị hành chính", units, reverse("communes:unit-list"), "Chưa có đơn vị nào."),
        _failed_jobs(user),
    ]


def _council(user: User) -> list[Counter]:
    return [_pending(user)]


def _producer(user: User) -> list[Counter]:
    return [_pending(user), _expiring(user), _without_stars(user)]


_COUNTERS = {
    Role.OFFICER: _officer, Role.LEADER: _leader, Role.ADMIN: _admin, Role.COUNCIL: _council, Role.PRODUCER: _producer,
}  # fmt: skip


def open_plan_above(user: User) -> Plan | None:
    """The newest plan that a commune's officer may put products into."""
    plans = plans_taking_products(user).filter(state__in=EDITABLE_STATES).select_related("unit").order_by("-year")
    return next((plan for plan in plans if rules.can_add_potential_product(user, plan)), None)


def next_act(user: User) -> NextAct | None:
    """What to do next; None where nothing waits for the person."""
    if user.role != Role.OFFICER or not can_act(user):
        return None
    return _register_products(user) if _is_of_commune(user) else _work_on_plan(user)


def _register_products(user: User) -> NextAct | None:
    plan = open_plan_above(user)
    if plan is None:
        return None
    title = f"Đăng ký sản phẩm tiềm năng năm {plan.year}"
    sentence = f"Kế hoạch của {plan.unit.full_name} đang soạn. Thêm sản phẩm của xã dự kiến dự thi trong năm."
    return NextAct(title, sentence, plan_url("potential-list", plan), "Mở danh sách")


def _work_on_plan(user: User) -> NextAct | None:
    year = clock.today().year
    plan = (
        Plan.objects.visible_to(user)
        .filter(unit_id=user.unit_id, year__gte=year)
        .select_related("unit")
        .order_by("year")
        .first()
    )
    if plan is None:
        return NextAct(
            f"Lập kế hoạch năm {year}", f"Chưa có kế hoạch năm {year} của {user.unit}. Lời văn chép từ kế hoạch gần nhất.",
            reverse("plans:create"), "Lập kế hoạch năm",
        )  # fmt: skip
    return NextAct(f"Kế hoạch OCOP năm {plan.year}", _standing_of(plan), plan_url("detail", plan), "Mở kế hoạch")


def _standing_of(plan: Plan) -> str:
    if plan.state not in EDITABLE_STATES:
        return f"{PlanState(plan.state).label}. Mở kế hoạch để tải văn bản."
    try:
        missing = len(collect_plan(plan).missing)
    except Refused as refusal:
        return refusal.sentence
    state = "Lãnh đạo trả lại để sửa." if plan.state == PlanState.RETURNED else "Đang soạn."
    return (
        f"{state} Còn thiếu {missing} việc trước khi trình."
        if missing
        else f"{state} Đủ các phần, tạo văn bản rồi trình lãnh đạo."
    )
