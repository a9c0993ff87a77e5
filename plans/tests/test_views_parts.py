"""The parts of a plan on screen: sections, annexes, potential products, budget, records of the year."""

import re
from typing import Any

import pytest
from django.urls import reverse

from plans.addresses import plan_url
from plans.models import Activity, BudgetLine, PotentialProduct, Spending, Target
from plans.tests.factories import PotentialProductFactory
from plans.tests.pages import client_of, send, text
from plans.tests.world import plan_with_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(district: Any) -> Any:
    return plan_with_rows(district)


def _section(plan: Any, **changes: Any) -> dict[str, Any]:
    section = plan.sections.get(key="goal")
    fields = ("heading", "numbering", "kind", "text")
    return {name: getattr(section, name) for name in fields} | changes


def test_section_is_saved(plan: Any, officer: Any) -> None:
    page = send(
        officer, plan_url("section-edit", plan, "goal"), **_section(plan, text="Phát triển {min_recognised} sản phẩm.")
    )

    assert page.redirect_chain == [(plan_url("section-list", plan), 302)]
    assert plan.sections.get(key="goal").text == "Phát triển {min_recognised} sản phẩm."


def test_unknown_figure_is_refused_with_its_line_and_the_text_is_kept(plan: Any, officer: Any) -> None:
    page = text(send(officer, plan_url("section-edit", plan, "goal"), **_section(plan, text="Một.\nHai {khong_co}.")))

    assert "Dòng 2: chưa có số liệu" in page
    assert "Hai {khong_co}." in page
    assert "{khong_co}" not in plan.sections.get(key="goal").text


def test_unknown_figure_of_a_frame_is_refused_beside_the_frame(plan: Any, officer: Any) -> None:
    section = plan.sections.get(key="results-evaluation")
    data = {name: getattr(section, name) for name in ("heading", "numbering", "kind", "text")}

    page = text(send(officer, plan_url("section-edit", plan, section.key), commune_frame="{khong_co}", **data))

    assert 'href="#id_commune_frame"' in page


def test_section_keeps_the_options_it_does_not_show(plan: Any, officer: Any) -> None:
    section = plan.sections.get(key="training")
    plan.sections.filter(pk=section.pk).update(options={**section.options, "other": 1})
    data = {name: getattr(section, name) for name in ("heading", "numbering", "kind", "text")}

    send(officer, plan_url("section-edit", plan, "training"), activity_kind="promotion", **data)

    assert plan.sections.get(key="training").options == {"other": 1, "activities": {"kind": "promotion"}}


def test_section_is_added_moved_and_deleted(plan: Any, officer: Any) -> None:
    page = plan_url("section-list", plan)
    values = {"key": "phu-luc", "heading": "Phụ lục:", "numbering": "roman", "kind": "narrative", "text": "Một."}
    send(officer, plan_url("section-create", plan), **values)
    send(officer, plan_url("section-move", plan, "phu-luc"), page=page, huong="len")
    top = list(plan.sections.filter(parent=None).order_by("sort_order").values_list("key", flat=True))
    send(officer, plan_url("section-delete", plan, "phu-luc"))

    assert top[-2] == "phu-luc"
    assert not plan.sections.filter(key="phu-luc").exists()


def _annex(plan: Any, officer: Any) -> dict[str, Any]:
    """The inputs of the annex form as a browser would send them unchanged."""
    form = client_of(officer).get(plan_url("annex-edit", plan, 2)).context["form"]
    data = {}
    for field in form:
        value = field.value()
        if value is True:
            data[field.html_name] = "on"
        elif value not in (None, False):
            data[field.html_name] = field.field.prepare_value(value)
    return data


def test_annex_sent_unchanged_changes_nothing(plan: Any, officer: Any) -> None:
    before = plan.annexes.get(number=2)

    send(officer, plan_url("annex-edit", plan, 2), **_annex(plan, officer))

    after = plan.annexes.get(number=2)
    assert (after.columns, after.group_by, after.version) == (before.columns, before.group_by, before.version)


def test_annex_columns_are_renamed_reordered_and_hidden(plan: Any, officer: Any) -> None:
    data = _annex(plan, officer) | {"label-product": "Sản phẩm", "order-producer": "0"}
    del data["visible-note"]

    send(officer, plan_url("annex-edit", plan, 2), **data)

    columns = {column["key"]: column for column in plan.annexes.get(number=2).columns}
    assert next(iter(columns)) == "producer"
    assert columns["product"]["label"] == "Sản phẩm"
    assert columns["note"]["visible"] is False


def test_annex_page_shows_no_json(plan: Any, officer: Any) -> None:
    page = text(client_of(officer).get(plan_url("annex-edit", plan, 3)))

    assert "{&#x27;" not in page
    assert "[{" not in page


def test_visible_column_without_label_is_refused(plan: Any, officer: Any) -> None:
    page = text(send(officer, plan_url("annex-edit", plan, 2), **(_annex(plan, officer) | {"label-product": ""})))

    assert "Nhập nhãn của cột Tên sản phẩm hoặc bỏ dấu Hiện." in page


BUDGET = {"content_group": "Tập huấn", "content": "Lớp tập huấn", "sort_order": "0"}


def test_budget_line_takes_its_sources(plan: Any, officer: Any) -> None:
    data = BUDGET | {"quantity": "2", "unit_price": "15.000.000", "amount_nsh": "20 triệu", "amount_nsx": "10.000.000"}

    page = text(send(officer, plan_url("budget-create", plan), **data))

    line = BudgetLine.objects.get(content="Lớp tập huấn")
    assert {row.source: row.amount for row in line.amounts.all()} == {"nsh": 20_000_000, "nsx": 10_000_000}
    assert "30.000.000 đồng" in page


def test_budget_line_whose_sum_differs_is_refused_with_both_values(plan: Any, officer: Any) -> None:
    data = BUDGET | {"quantity": "2", "unit_price": "15.000.000", "amount_nsh": "20.000.000"}

    page = text(send(officer, plan_url("budget-create", plan), **data))

    assert "Số lượng × đơn giá là 30.000.000 đồng nhưng các nguồn cộng lại là 20.000.000 đồng." in page
    assert 'value="20.000.000"' in page
    assert not BudgetLine.objects.filter(content="Lớp tập huấn").exists()


def test_budget_line_is_edited_and_deleted(plan: Any, officer: Any) -> None:
    line = plan.budget_lines.get()

    send(officer, plan_url("budget-edit", plan, line.pk), **(BUDGET | {"amount_nst": "5.000.000"}))
    assert list(line.amounts.values_list("source", "amount")) == [("nst", 5_000_000)]
    send(officer, plan_url("budget-delete", plan, line.pk))
    assert not plan.budget_lines.exists()


def test_budget_edit_form_shows_the_amounts_with_dots(plan: Any, officer: Any) -> None:
    page = text(client_of(officer).get(plan_url("budget-edit", plan, plan.budget_lines.get().pk)))

    assert 'value="10.000.000"' in page


def test_commune_registers_its_own_products(plan: Any, commune_officer: Any, other_commune_officer: Any) -> None:
    PotentialProductFactory(plan=plan, commune=other_commune_officer.unit, name="Sen sấy")
    values = {"commune": commune_officer.unit_id, "name": "Khô rắn", "case": "first", "sort_order": "0"}

    page = text(send(commune_officer, plan_url("potential-create", plan), **values))
    foreign = text(
        send(
            commune_officer, plan_url("potential-create", plan), **(values | {"commune": other_commune_officer.unit_id})
        )
    )

    assert "Khô rắn" in page
    assert "Sen sấy" not in page
    assert 'aria-invalid="true"' in foreign
    assert PotentialProduct.objects.filter(name="Khô rắn").count() == 1


def test_potential_product_is_edited_and_deleted(plan: Any, officer: Any) -> None:
    row = plan.potential_products.get()
    values = {"commune": row.commune_id, "name": "Khô trâu", "case": "first", "expected_stars": "3", "sort_order": "0"}

    send(officer, plan_url("potential-edit", plan, row.pk), **values)
    row.refresh_from_db()
    assert (row.name, row.expected_stars) == ("Khô trâu", 3)
    send(officer, plan_url("potential-delete", plan, row.pk))
    assert not plan.potential_products.exists()


@pytest.mark.parametrize(
    ("noun", "model", "values"),
    [
        ("target", Target, {"year": "2023", "measure": "new", "comparator": "exact", "value": "5"}),
        (
            "activity",
            Activity,
            {"year": "2021", "kind": "training", "topic": "Lớp tập huấn", "attendee_unit": "people"},
        ),
        ("spending", Spending, {"year": "2020", "amount": "35 triệu", "source_name": "Vốn lồng ghép"}),
    ],
)
def test_record_of_the_year_is_added_and_edited(officer: Any, noun: str, model: Any, values: dict[str, str]) -> None:
    created = send(officer, reverse(f"plans:{noun}-create"), **values)
    row = model.objects.get()
    edited = send(officer, reverse(f"plans:{noun}-edit", args=[row.pk]), **(values | {"year": "2019"}))

    row.refresh_from_db()
    assert row.unit == officer.unit
    assert row.year == 2019
    assert created.redirect_chain == edited.redirect_chain == [(reverse(f"plans:{noun}-detail", args=[row.pk]), 302)]
    assert f'href="{reverse(f"plans:{noun}-detail", args=[row.pk])}"' in text(
        client_of(officer).get(reverse(f"plans:{noun}-list"))
    )


def test_money_is_shown_with_dots_and_right(officer: Any, district: Any) -> None:
    plan_with_rows(district)

    page = text(client_of(officer).get(reverse("plans:spending-list")))

    assert re.search(r'<td class="num" data-label="Số tiền \(đồng\)">35\.000\.000</td>', page)


## Two people on one row


def _rows(page: Any) -> list[tuple[str, str, str, bool]]:
    return [(row.label, row.current, row.typed, row.is_theirs_only) for row in page.context["rows"]]


def _keep_mine(user: Any, url: str, page: Any) -> None:
    send(user, url, **(dict(page.context["resent"]) | {"version": page.context["version"]}))


def test_amounts_of_two_editors_are_shown_side_by_side(plan: Any, officer: Any) -> None:
    line = plan.budget_lines.get()
    url = plan_url("budget-edit", plan, line.pk)
    amounts = {f"amount_{row.source}": str(row.amount) for row in line.amounts.all()}
    data = {"content_group": line.content_group, "content": line.content, "sort_order": "0"} | amounts
    send(officer, url, **(data | {"amount_nsx": "7.000.000"}))

    page = send(officer, url, **(data | {"amount_nsh": "1.000.000"}))
    _keep_mine(officer, url, page)

    assert ("Ngân sách xã", "7.000.000", "(để trống)", True) in _rows(page)
    assert {"nsh": 1_000_000, "nsx": 7_000_000}.items() <= dict(line.amounts.values_list("source", "amount")).items()


def test_frames_of_two_editors_are_shown_side_by_side(plan: Any, officer: Any) -> None:
    url = plan_url("section-edit", plan, "results-evaluation")
    section = plan.sections.get(key="results-evaluation")
    data = {name: getattr(section, name) for name in ("heading", "numbering", "kind", "text")}
    send(officer, url, **data, commune_frame="+ Khung của người kia", activity_kind="training")

    page = send(officer, url, **data, commune_frame="+ Khung của tôi")
    _keep_mine(officer, url, page)

    assert ("Mẫu câu của một xã (không bắt buộc)", "+ Khung của người kia", "+ Khung của tôi", False) in _rows(page)
    options = plan.sections.get(key="results-evaluation").options
    assert options["commune_frame"] == "+ Khung của tôi"
    assert options["activities"]["kind"] == "training"


def test_columns_of_an_annex_of_two_editors_are_shown_side_by_side(plan: Any, officer: Any) -> None:
    url, data = plan_url("annex-edit", plan, 2), _annex(plan, officer)
    send(officer, url, **(data | {"label-product": "Tên theo người kia", "label-note": "Lưu ý"}))

    page = send(officer, url, **(data | {"label-product": "Tên theo tôi"}))
    _keep_mine(officer, url, page)

    labels = {column["key"]: column["label"] for column in plan.annexes.get(number=2).columns}
    assert [row[1:] for row in _rows(page)] == [
        ("Tên theo người kia", "Tên theo tôi", False),
        ("Lưu ý", data["label-note"], True),
    ]
    assert (labels["product"], labels["note"]) == ("Tên theo tôi", "Lưu ý")
