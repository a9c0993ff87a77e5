"""The plan's own pages: list, create, task list, way to the leader, figures, preview."""

import re
from typing import Any

import pytest
from django.urls import reverse

from core.jobs.models import Job
from core.vietnamese import numbers
from plans import figures, services
from plans.addresses import plan_url
from plans.collect import figure_context
from plans.models import Plan
from plans.tests.factories import (
    BudgetAmountFactory,
    BudgetLineFactory,
    PlanFactory,
    PotentialProductFactory,
    SpendingFactory,
)
from plans.tests.pages import client_of, send, text
from plans.tests.world import plan_with_rows

pytestmark = pytest.mark.django_db


def test_address_names_the_unit_by_code(district: Any) -> None:
    plan = PlanFactory(unit=district)

    assert plan_url("detail", plan) == "/ke-hoach/869/2022/"


def test_address_names_the_first_day_in_a_year_of_change(district: Any) -> None:
    plan = PlanFactory(unit=district, year=district.valid_from.year)

    assert plan_url("detail", plan) == f"/ke-hoach/869@{district.valid_from:%Y-%m-%d}/{plan.year}/"


def test_list_shows_plans_with_their_state(district: Any, officer: Any) -> None:
    plan = PlanFactory(unit=district)

    page = text(client_of(officer).get(reverse("plans:list")))

    assert f'href="{plan_url("detail", plan)}"' in page
    assert "Đang soạn" in page
    assert "Lập kế hoạch năm" in page


def test_creating_copies_the_last_plan(district: Any, officer: Any) -> None:
    plan_with_rows(district)

    page = send(officer, reverse("plans:create"), year="2023")

    plan = Plan.objects.get(year=2023)
    assert page.redirect_chain == [(plan_url("detail", plan), 302)]
    assert plan.sections.count() == Plan.objects.get(year=2022).sections.count() > 0


def test_creating_twice_is_refused_with_the_reason(district: Any, officer: Any) -> None:
    PlanFactory(unit=district, year=2022)

    page = text(send(officer, reverse("plans:create"), year="2022"))

    assert "Đơn vị đã có kế hoạch năm này. Mở kế hoạch đó để soạn tiếp." in page
    assert 'value="2022"' in page
    assert Plan.objects.count() == 1


def test_creating_before_the_unit_is_refused_with_the_reason(district: Any, officer: Any) -> None:
    page = text(send(officer, reverse("plans:create"), year="1950"))

    assert "Năm 1950 không có huyện Tân Hồng" in page
    assert Plan.objects.count() == 0


def test_detail_is_a_list_of_tasks_with_one_primary_button(district: Any, officer: Any) -> None:
    plan = plan_with_rows(district)

    page = text(client_of(officer).get(plan_url("detail", plan)))

    titles = re.findall(r"<h3>(\d\. [^<]+)</h3>", page)
    assert titles == [
        "1. Kết quả năm 2021", "2. Chỉ tiêu năm 2022", "3. Biểu 2: sản phẩm tiềm năng", "4. Biểu 3 và 4: kinh phí",
        "5. Lời văn", "6. Thể thức, người ký và các biểu", "7. Xem trước",
    ]  # fmt: skip
    assert page.count("btn-primary") == 1
    assert "Tạo văn bản" in page


def test_detail_links_what_is_missing_to_where_it_is_entered(district: Any, officer: Any) -> None:
    plan = services.create_plan(unit=district, year=2022, by=None)

    page = text(client_of(officer).get(plan_url("detail", plan)))

    links = dict(re.findall(r'<li><a href="([^"]+)">([^<]+)</a></li>', page))
    assert links[plan_url("potential-list", plan)].startswith("Chưa có sản phẩm tiềm năng")
    assert links[reverse("communes:signer-list")].startswith("Chưa có người ký")
    assert links[plan_url("budget-list", plan)].startswith("Chưa có dòng dự toán")
    assert "Còn thiếu" in page


def test_detail_tells_the_leader_who_submits(district: Any, leader: Any) -> None:
    plan = plan_with_rows(district)

    page = text(client_of(leader).get(plan_url("detail", plan)))

    assert re.search(r"<button[^>]*disabled[^>]*>Trình lãnh đạo</button>", page)
    assert "Cán bộ OCOP của đơn vị lập kế hoạch trình kế hoạch đang soạn hoặc bị trả lại." in page


def test_plan_goes_to_the_leader_and_back(district: Any, officer: Any, leader: Any) -> None:
    plan = plan_with_rows(district)
    detail = plan_url("detail", plan)

    submitted = text(send(officer, plan_url("submit", plan), page=detail))
    without = text(send(leader, plan_url("return", plan), reason=""))
    returned = text(send(leader, plan_url("return", plan), reason="Thiếu tập huấn"))
    send(officer, plan_url("submit", plan), page=detail)
    approved = text(send(leader, plan_url("approve", plan), page=detail))

    assert "Đã trình lãnh đạo." in submitted
    assert "Nhập lý do trả lại" in without
    assert "Lý do: Thiếu tập huấn" in returned
    assert "Đã duyệt kế hoạch." in approved
    plan.refresh_from_db()
    assert plan.state == "approved"


def test_submitted_plan_is_not_edited(district: Any, officer: Any) -> None:
    plan = plan_with_rows(district)
    services.submit_plan(plan, by=officer)

    assert client_of(officer).get(plan_url("edit", plan)).status_code == 403


def test_generating_twice_is_one_job(district: Any, officer: Any) -> None:
    plan = plan_with_rows(district)
    detail = plan_url("detail", plan)

    first = send(officer, plan_url("generate", plan), page=detail)
    second = send(officer, plan_url("generate", plan), page=detail)

    job = Job.objects.get()
    assert first.redirect_chain == second.redirect_chain == [(job.get_absolute_url(), 302)]
    assert "Đang tạo văn bản." in text(client_of(officer).get(detail))


def test_plan_heading_is_saved(district: Any, officer: Any) -> None:
    plan = plan_with_rows(district)
    url = plan_url("edit", plan)

    send(officer, url, title="Kế hoạch năm {plan_year}", document_type="Kế hoạch", number="12", issued_on="05/03/2022")
    refused = text(send(officer, url, version=2, title="{khong_co}", document_type="Kế hoạch"))

    plan.refresh_from_db()
    assert (plan.number, f"{plan.issued_on:%d/%m/%Y}") == ("12", "05/03/2022")
    assert "{khong_co}" in refused
    assert "Lỗi: " in refused


def test_plan_of_another_unit_is_not_there(district: Any, commune_officer: Any) -> None:
    plan = plan_with_rows(district)

    assert client_of(commune_officer).get(plan_url("detail", plan)).status_code == 404


def test_plan_whose_text_cannot_be_read_still_opens(district: Any, officer: Any) -> None:
    plan = plan_with_rows(district)
    plan.sections.filter(key="goal").update(text="{khong_co}")

    for name in ("detail", "preview", "section-list"):
        assert client_of(officer).get(plan_url(name, plan)).status_code == 200
    assert "Chưa tính được kế hoạch." in text(client_of(officer).get(plan_url("detail", plan)))


def test_preview_shows_the_plan_and_every_annex(district: Any, officer: Any) -> None:
    plan = plan_with_rows(district)

    page = text(client_of(officer).get(plan_url("preview", plan)))

    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in page
    assert page.count('class="paper paper-wide"') == 4
    assert plan_url("section-edit", plan, "results-evaluation") in page


def test_every_figure_opens_and_shows_its_rows(district: Any, officer: Any) -> None:
    plan = plan_with_rows(district, rows=3)
    client, context = client_of(officer), figure_context(plan)

    for name in figures.names(per_commune=False):
        figure = figures.compute(name, context)
        page = text(client.get(plan_url("figure", plan, name)))
        assert page.count('<tr><th scope="row">') == len(figure.rows), name
        assert f"{numbers.count(len(figure.rows), pad=False)} dòng phía sau số này" in page


def test_a_count_is_the_number_of_its_rows(district: Any) -> None:
    plan = plan_with_rows(district, rows=3)
    contexts = [figure_context(plan)]
    contexts += [contexts[0].of_commune(commune) for commune in contexts[0].records.communes]

    counts = [figures.compute(name, context) for context in contexts for name in figures.names()]

    found = [figure for figure in counts if figure.how.startswith("Số ") and isinstance(figure.value, int)]
    assert len(found) > 20
    assert [figure.name for figure in found if figure.value != len(figure.rows)] == []


def test_rows_behind_a_figure_are_links_that_open(district: Any, officer: Any) -> None:
    plan = plan_with_rows(district)
    client = client_of(officer)

    for name in (
        "recognised_new",
        "entered_products",
        "potential_products",
        "budget_total",
        "spending_total",
        "report_target",
    ):
        page = text(client.get(plan_url("figure", plan, name)))
        links = re.findall(r'<th scope="row"><a href="([^"]+)">', page)
        assert links, name
        assert [client.get(link).status_code for link in links] == [200] * len(links)


def test_figure_of_one_commune(district: Any, officer: Any) -> None:
    plan = plan_with_rows(district, rows=2)
    first, last = district.children.order_by("sort_order").first(), district.children.order_by("sort_order").last()
    client = client_of(officer)

    assert "2 dòng phía sau" in text(client.get(plan_url("figure-commune", plan, "standing_total", first.pk)))
    assert "0 dòng phía sau" in text(client.get(plan_url("figure-commune", plan, "standing_total", last.pk)))
    assert client.get(plan_url("figure", plan, "khong_co")).status_code == 404


@pytest.mark.parametrize("name", ["detail", "preview", "figure-list", "section-list", "budget-list", "potential-list"])
def test_pages_ask_as_often_for_three_rows_as_for_one(
    district: Any, officer: Any, name: str, django_assert_max_num_queries: Any
) -> None:
    plan = plan_with_rows(district, rows=1)
    client = client_of(officer)
    with django_assert_max_num_queries(50) as one:
        client.get(plan_url(name, plan))
    for _more in range(2):
        commune = district.children.order_by("sort_order").first()
        SpendingFactory(unit=district)
        PotentialProductFactory(plan=plan, commune=commune)
        BudgetAmountFactory(line=BudgetLineFactory(plan=plan, commune=commune))
    with django_assert_max_num_queries(len(one)) as three:
        client.get(plan_url(name, plan))

    assert len(three) == len(one)


def test_history_of_an_act_says_who_when_and_why_once(district: Any, officer: Any, leader: Any) -> None:
    plan = plan_with_rows(district)
    services.submit_plan(plan, by=officer)
    services.return_plan(plan, by=leader, reason="Bổ sung chỉ tiêu.")

    page = text(client_of(officer).get(plan_url("detail", plan)))

    assert "Trả lại" in page
    assert "Bổ sung chỉ tiêu." in page
    assert "trình lúc: trống" not in page
    assert "+00:00" not in page
    assert "đã đổi" not in page.split("Lịch sử thay đổi")[1]


def test_leader_finds_approval_before_the_step_back(district: Any, officer: Any, leader: Any) -> None:
    plan = plan_with_rows(district)
    services.submit_plan(plan, by=officer)

    moves = client_of(leader).get(plan_url("detail", plan)).context["moves"]

    assert [move.label for move in moves] == ["Duyệt", "Trả lại"]
