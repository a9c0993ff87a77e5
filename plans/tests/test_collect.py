"""Collecting a plan: equal rows give equal snapshots, no clock, a fixed number of queries, and what is missing."""

import json
from dataclasses import replace
from datetime import date

import pytest

from communes.tests.factories import LetterHeadFactory, SignerFactory, UnitFactory
from core import clock
from plans import services
from plans.blocks import SectionRefused
from plans.collect import UnitNotInPlanYear, collect_plan, figures_of, working_date
from plans.models import Plan, PlanSection
from plans.tests.factories import PlanFactory, PlanSectionFactory, PotentialProductFactory, TargetFactory
from plans.tests.world import plan_with_rows, printing, results
from products.models import Recognition


@pytest.fixture
def plan(district):
    return plan_with_rows(district)


def texts(snapshot) -> list[str]:
    return [" ".join(filter(None, [part.text, part.run_in])) for part in snapshot.body]


def sentences(snapshot) -> str:
    return " ".join(missing.sentence for missing in snapshot.missing)


def test_two_collects_of_the_same_rows_are_equal(plan):
    first, second = collect_plan(plan), collect_plan(Plan.objects.get(pk=plan.pk))

    assert first == second
    assert first.identity == second.identity
    assert json.dumps(first.canonical()) == json.dumps(second.canonical())


def test_collecting_never_asks_what_day_it_is(plan, settings, monkeypatch):
    before = collect_plan(plan)
    settings.OCOP_TODAY = date(2031, 5, 5)
    monkeypatch.setattr(clock, "today", lambda: pytest.fail("the clock was read"))

    assert collect_plan(plan) == before


def test_identity_changes_with_what_is_printed_and_not_with_what_is_missing(plan):
    before = collect_plan(plan)
    assert replace(before, missing=()).identity == before.identity

    services.update_section(plan.sections.get(key="goal"), {"text": "Nâng cao thu nhập."}, by=None)

    assert collect_plan(plan).identity != before.identity


def test_numbers_of_headings_follow_the_tree(plan):
    headings = [part.text for part in collect_plan(plan).body if part.kind == "heading"]

    assert headings[0] == "I. TÌNH HÌNH TRIỂN KHAI THỰC HIỆN:"
    assert "II. KẾT QUẢ THỰC HIỆN NĂM 2021:" in headings
    assert "4. Kinh phí thực hiện:" in headings
    assert headings[-1] == "6.1. Phòng Y tế:"


@pytest.mark.parametrize(
    ("numbering", "label"),
    [("roman", "I. A"), ("arabic", "1. A"), ("letter", "a) A"), ("none", "A"), ("dotted", "1. A")],
)
def test_a_heading_is_numbered_as_its_section_says(district, numbering, label):
    plan = PlanFactory(unit=district)
    PlanSectionFactory(plan=plan, heading="A", numbering=numbering)

    assert collect_plan(plan).body[0].text == label


def test_a_section_that_runs_in_continues_its_heading(plan):
    [part] = [part for part in collect_plan(plan).body if part.section == "funding"]

    assert (part.text, part.run_in) == ("4. Kinh phí thực hiện:", "(Kèm theo biểu 3 và biểu 4).")


def test_numbers_of_the_text_come_from_records(plan):
    body = " ".join(texts(collect_plan(plan)))

    assert "có 01 sản phẩm của 01 chủ thể dự thi" in body
    assert "đạt 25% kế hoạch" in body
    assert "Quyết định số 1991/QĐ-UBND-HC, ngày 31 tháng 12 năm 2021" in body
    assert "nâng hạng" not in " ".join(
        part.text for part in collect_plan(plan).body if part.section == "results-evaluation"
    )


def test_working_date_is_the_plan_s_own_else_the_first_day_of_the_unit_in_the_year(district):
    young = UnitFactory(valid_from=date(2022, 7, 1))

    assert working_date(PlanFactory(unit=district, working_date=date(2022, 1, 10))) == date(2022, 1, 10)
    assert working_date(PlanFactory(unit=district, year=2023)) == date(2023, 1, 1)
    assert working_date(PlanFactory(unit=young)) == date(2022, 7, 1)


def test_a_unit_that_does_not_exist_that_year_is_refused_with_the_reason(district):
    with pytest.raises(UnitNotInPlanYear, match="Năm 2026 không có huyện Tân Hồng: .* đến hết ngày 30/06/2025"):
        collect_plan(PlanFactory(unit=district, year=2026))


def test_signer_and_letterhead_are_those_of_the_working_date(district):
    SignerFactory(unit=district, name="Người Cũ", valid_to=date(2022, 3, 31))
    SignerFactory(unit=district, name="Người Mới", valid_from=date(2022, 4, 1))
    LetterHeadFactory(unit=district, place="Sa Rài", valid_to=date(2022, 3, 31))
    LetterHeadFactory(unit=district, place="Tân Hồng", valid_from=date(2022, 4, 1))
    plan = PlanFactory(unit=district, working_date=date(2022, 4, 5))

    snapshot = collect_plan(plan)

    assert snapshot.signature.name == "Người Mới"
    assert snapshot.letterhead.place_date_line == "Tân Hồng, ngày …… tháng …… năm 2022"
    assert snapshot.letterhead.number_line == "Số: ……/KH-UBND"


def test_number_and_date_are_printed_once_known(district):
    printing(district)
    plan = PlanFactory(unit=district, number="5", issued_on=date(2022, 1, 12))

    letterhead = collect_plan(plan).letterhead

    assert letterhead.number_line == "Số: 05/KH-UBND"
    assert letterhead.place_date_line == "Tân Hồng, ngày 12 tháng 01 năm 2022"
    assert letterhead.annex_reference == (
        "(Kèm theo Kế hoạch số 05/KH-UBND ngày 12 tháng 01 năm 2022 của Ủy ban nhân dân huyện Tân Hồng)"
    )


def test_a_text_that_cannot_be_read_names_its_section_and_line(district):
    plan = PlanFactory(unit=district)
    PlanSectionFactory(plan=plan, heading="Mục tiêu", text="tốt\n{bonus}")

    with pytest.raises(SectionRefused, match="Mục “Mục tiêu”: Dòng 2: chưa có số liệu “{bonus}”"):
        collect_plan(plan)


def test_queries_do_not_grow_with_the_rows(district, django_assert_num_queries):
    plan = plan_with_rows(district, rows=1)
    with django_assert_num_queries(20):
        collect_plan(Plan.objects.select_related("unit", "signer").get(pk=plan.pk))


def test_queries_are_the_same_for_three_rows(district, django_assert_num_queries):
    plan = plan_with_rows(district, rows=3)
    with django_assert_num_queries(20):
        collect_plan(Plan.objects.select_related("unit", "signer").get(pk=plan.pk))


def test_rows_of_another_district_are_never_counted(district, plan):
    before = figures_of(plan)["entered_products"].value
    other = UnitFactory(district=True, name="Hồng Ngự")
    UnitFactory(parent=other)
    results(other, decision=Recognition.objects.get().decision)

    assert figures_of(plan)["entered_products"].value == before == 1


def test_only_annexes_that_the_text_names_are_cited(plan):
    assert collect_plan(plan).cited_annexes == (2, 3, 4)

    plan.annexes.filter(number=1).update(in_pdf=True)
    snapshot = collect_plan(plan)

    assert snapshot.cited_annexes == (1, 2, 3, 4)
    assert "(kèm theo biểu 1)" in " ".join(texts(snapshot))


## What is missing


def test_an_empty_plan_says_everything_it_lacks_and_where_to_enter_it(district):
    plan = services.create_plan(unit=district, year=2022, by=None)
    missing = {part.place for part in collect_plan(plan).missing}

    assert missing == {
        "letter_head",
        "signers",
        "recipients",
        "sections",
        "offices",
        "targets",
        "potential_products",
        "budget",
    }


def test_a_complete_plan_lacks_only_its_empty_narratives(plan):
    snapshot = collect_plan(plan)

    assert {part.place for part in snapshot.missing} == {"sections"}
    assert "Mục “Mục tiêu chung:” chưa có nội dung" in sentences(snapshot)


def test_text_and_list_that_disagree_are_reported(plan):
    TargetFactory(unit=plan.unit, year=2022, measure="potential", value=14)
    plan.potential_products.update(is_committed=False)

    said = sentences(collect_plan(plan))

    assert "Chỉ tiêu là 14 sản phẩm tiềm năng nhưng biểu 2 có 01 dòng" in said
    assert "ít nhất 01 sản phẩm được công nhận nhưng biểu 2 mới đánh dấu 0 sản phẩm" in said


def test_an_annex_that_no_sentence_names_is_reported(plan):
    plan.annexes.filter(number=1).update(in_pdf=True)
    PlanSection.objects.filter(plan=plan, key="results-evaluation").update(text="Không có gì.")
    plan.annexes.filter(number=2).update(in_pdf=False)

    said = sentences(collect_plan(plan))

    assert "Biểu 1 được bật in kèm kế hoạch nhưng lời văn chưa nhắc đến" in said
    assert "Lời văn nhắc Biểu 2 nhưng biểu đang tắt" in said


def test_a_printed_figure_without_records_is_reported_once(district):
    plan = PlanFactory(unit=district)
    PlanSectionFactory(plan=plan, text="Đạt {achieved_percent}, {achieved_percent}, chi {spending_by_source}.")

    said = [part.sentence for part in collect_plan(plan).missing if part.key.startswith("muc")]

    assert said == [
        "Lời văn cần “Tỷ lệ đạt kế hoạch” nhưng chưa có số liệu. Nhập ở trang Chỉ tiêu.",
        "Lời văn cần “Kinh phí đã chi theo nguồn” nhưng chưa có số liệu. Nhập ở trang Kinh phí đã chi.",
    ]


def test_legal_basis_and_commune_blocks_say_when_they_have_nothing_to_print(district):
    plan = PlanFactory(unit=district)
    results(district)
    PlanSectionFactory(plan=plan, text="::legal_basis\n::results_by_commune")

    places = [part.place for part in collect_plan(plan).missing]

    assert "citations" in places
    assert "sections" in places


def test_legal_basis_block_prints_one_document_per_line(plan):
    services.update_section(plan.sections.get(key="steering"), {"text": "::legal_basis"}, by=None)

    lines = [part for part in collect_plan(plan).body if part.kind == "legal_basis"]

    assert [part.text[:8] for part in lines] == ["Căn cứ Q"]
    assert lines[0].text.endswith(".")


def test_potential_products_of_a_plan_do_not_leak_into_another(plan, district):
    other = PlanFactory(unit=district, year=2023)
    PotentialProductFactory(plan=other, commune=district.children.first())

    assert figures_of(plan)["potential_products"].value == 1
