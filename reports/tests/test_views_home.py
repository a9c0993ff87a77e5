"""Home by role: the leader's figures, and what everybody else has to do."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from dossiers.models import Dossier
from plans import services
from plans.addresses import plan_url
from plans.models import Target
from plans.tests.factories import PotentialProductFactory, SpendingFactory
from plans.tests.pages import client_of, text
from plans.tests.world import plan_with_rows
from producers.tests.factories import ProducerFactory
from products.models import Recognition
from products.tests.factories import ProductFactory, RecognitionFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "page"),
    [
        ("leader", "reports:overview"), ("officer", "reports:todo"), ("commune_officer", "reports:todo"),
        ("producer_user", "reports:todo"), ("council_member", "reports:todo"), ("admin", "reports:todo"),
    ],
)  # fmt: skip
def test_home_of_each_role(request: Any, role: str, page: str) -> None:
    answer = client_of(request.getfixturevalue(role)).get("/", follow=True)

    assert answer.redirect_chain == [(reverse(page), 302)]
    assert answer.status_code == 200


def _tiles(page: str) -> list[str]:
    return [
        re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", tile)).strip()
        for tile in re.findall(r'<p class="v">(.*?)</p>', page)
    ]


def test_tiles_say_target_success_total_and_money(district: Any, leader: Any) -> None:
    plan_with_rows(district, rows=3)
    Dossier.objects.filter(pk=Dossier.objects.first().pk).update(outcome="not_recognised", recognition=None)

    page = text(client_of(leader).get(reverse("reports:overview")))

    assert _tiles(page)[:3] == ["03 / 04 kế hoạch", "03 / 03 dự thi", "03 sản phẩm"]
    bare = re.sub(r"<[^>]+>", "", page)
    assert "Đạt 75% kế hoạch, còn thiếu 01 sản phẩm" in bare
    assert "Tăng 03 so với cuối năm 2020 (0)." in bare


def test_tiles_without_target_entries_or_money(district: Any, leader: Any) -> None:
    plan_with_rows(district)
    Target.objects.all().delete()
    Dossier.objects.all().delete()
    Recognition.objects.all().delete()
    district.spendings.all().delete()

    page = text(client_of(leader).get(reverse("reports:overview")))

    assert "Chưa có chỉ tiêu năm 2021." in page
    assert "Năm 2021 chưa có sản phẩm dự thi." in page
    assert "Chưa ghi khoản chi nào." in page
    assert "%" not in "".join(_tiles(page))


def test_every_number_opens_its_rows(district: Any, leader: Any) -> None:
    plan = plan_with_rows(district, rows=2)
    client = client_of(leader)

    page = text(client.get(reverse("reports:overview")))

    links = re.findall(rf'<a href="({plan_url("figure-list", plan)}[^"]+)">(\d+)</a>', page)
    assert len(links) > 10
    counts = {"standing_total", "recognised_new", "standing_producers", "achieved_products"}
    for url, number in links:
        rows = client.get(url).context["rows"]
        if url.split("/")[5] in counts:
            assert len(rows) == int(number), url


def test_commune_table_lists_all_communes_the_best_first(district: Any, leader: Any) -> None:
    plan_with_rows(district, rows=2)

    page = text(client_of(leader).get(reverse("reports:overview")))

    table = page.split("<tbody>")[2].split("</tbody>")[0]
    cells = re.findall(r'class="ht-\d"><a href="[^"]+">(\d+)</a>', table)
    assert table.count("<tr>") == district.children.count()
    assert cells[:3] == ["2", "2", "1"]
    assert set(cells[3:]) <= {"0"}


def test_submitted_plan_waits_for_the_leader(district: Any, officer: Any, leader: Any) -> None:
    plan = plan_with_rows(district)
    services.submit_plan(plan, by=officer)

    page = text(client_of(leader).get(reverse("reports:overview")))

    assert "Duyệt Kế hoạch OCOP năm 2022" in page
    assert f'href="{plan_url("detail", plan)}"' in page


def test_overview_of_a_unit_without_plan_says_what_to_do(leader: Any) -> None:
    page = text(client_of(leader).get(reverse("reports:overview")))

    assert "Chưa có kế hoạch nào nên chưa có số liệu tổng hợp." in page


def test_year_is_chosen(district: Any, leader: Any) -> None:
    plan_with_rows(district)
    services.create_plan(unit=district, year=2023, by=None)
    client = client_of(leader)

    newest = text(client.get(reverse("reports:overview")))
    older = text(client.get(reverse("reports:overview"), {"chon": "869/2021"}))

    assert "Tình hình Chương trình OCOP năm 2022" in newest
    assert "Tình hình Chương trình OCOP năm 2021" in older


@pytest.mark.parametrize("role", ["officer", "commune_officer", "producer_user", "council_member", "admin", "leader"])
def test_each_counter_is_the_number_of_rows_behind_it(request: Any, district: Any, role: str) -> None:
    plan_with_rows(district, rows=3)
    Dossier.objects.update(outcome="pending", recognition=None)
    client = client_of(request.getfixturevalue(role))

    counters = client.get(reverse("reports:todo")).context["counters"]

    assert 0 < len(counters) <= 4
    for counter in counters:
        assert client.get(counter.url).context["page"].total == counter.count, counter.label


def test_officer_without_plan_is_led_to_one(officer: Any) -> None:
    page = text(client_of(officer).get(reverse("reports:todo")))

    assert f'href="{reverse("plans:create")}"' in page


def test_commune_is_led_to_its_potential_products(district: Any, commune_officer: Any) -> None:
    plan = plan_with_rows(district)

    page = text(client_of(commune_officer).get(reverse("reports:todo")))

    assert f'href="{plan_url("potential-list", plan)}"' in page


def test_officer_of_an_ended_unit_reads_only(district: Any, officer: Any, settings: Any) -> None:
    plan = plan_with_rows(district)
    district.valid_to = settings.OCOP_TODAY.replace(year=2021)
    type(district).objects.filter(pk=district.pk).update(valid_to=district.valid_to)
    client = client_of(officer)

    page = text(client.get(reverse("reports:todo")))

    assert "đã kết thúc hoạt động" in page
    assert "Lập kế hoạch năm" not in page
    assert client.get(reverse("plans:create")).status_code == 403
    assert plan.pk


@pytest.mark.parametrize("name", ["reports:overview", "reports:todo"])
def test_home_asks_as_often_for_three_rows_as_for_one(
    district: Any, officer: Any, name: str, django_assert_max_num_queries: Any
) -> None:
    plan = plan_with_rows(district)
    client = client_of(officer)
    with django_assert_max_num_queries(50) as one:
        client.get(reverse(name))
    for commune in district.children.order_by("sort_order")[:2]:
        product = ProductFactory(producer=ProducerFactory(commune=commune))
        RecognitionFactory(product=product)
        SpendingFactory(unit=district)
        PotentialProductFactory(plan=plan, commune=commune)
    with django_assert_max_num_queries(len(one)) as three:
        client.get(reverse(name))

    assert len(three) == len(one)


def test_what_runs_out_is_told_in_time(district: Any, commune_officer: Any, settings: Any) -> None:
    product = ProductFactory(producer=ProducerFactory(commune=commune_officer.unit))
    day = settings.OCOP_TODAY
    soon = RecognitionFactory(
        product=product, decided_on=day.replace(year=day.year - 2), expires_on=day + timedelta(80)
    )
    RecognitionFactory(product=product, decided_on=day.replace(year=day.year - 3), expires_on=day + timedelta(10))
    client = client_of(commune_officer)

    counters = client.get(reverse("reports:todo")).context["counters"]

    counter = next(one for one in counters if "hết hạn" in one.label)
    assert (counter.count, counter.note) == (1, "Trong đó 6 tháng tới: 1; 3 tháng tới: 1.")
    assert [row.pk for row in client.get(counter.url).context["page"].rows] == [soon.pk]


def test_nothing_to_do_is_said_with_the_next_useful_act(district: Any, commune_officer: Any) -> None:
    plan = plan_with_rows(district)
    plan.potential_products.all().delete()

    page = text(client_of(commune_officer).get(reverse("reports:todo")))

    assert "Xã chưa đăng ký sản phẩm tiềm năng nào cho kế hoạch." in page
    assert f'<a class="act" href="{plan_url("potential-create", plan)}">Thêm sản phẩm tiềm năng</a>' in page


def test_potential_products_left_undecided_are_work(district: Any, commune_officer: Any) -> None:
    plan = plan_with_rows(district)
    PotentialProductFactory(plan=plan, commune=commune_officer.unit, is_committed=False, name="Sen sấy")
    client = client_of(commune_officer)

    counters = client.get(reverse("reports:todo")).context["counters"]

    counter = next(one for one in counters if "chưa đánh dấu" in one.label)
    assert "Sen sấy" in text(client.get(counter.url))
