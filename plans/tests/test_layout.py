"""From a snapshot to blocks: signs of lists, capitals, the end mark, which annexes are printed."""

import pytest

from core.documents.blocks import Heading, Paragraph, ParagraphKind
from plans.collect import collect_plan
from plans.layout import annex_blocks, plan_document
from plans.tests.factories import PlanFactory, PlanSectionFactory
from plans.tests.world import plan_with_rows, printing


def document_of(plan):
    return plan_document(collect_plan(plan))


def test_lines_become_blocks_with_their_signs(district):
    plan = PlanFactory(unit=district)
    PlanSectionFactory(plan=plan, heading="Tình hình", numbering="roman", text="Đoạn.\n- Gạch.\n+ Cộng.\nCuối.")

    assert document_of(plan).body == (
        Heading(1, "I. TÌNH HÌNH"),
        Paragraph("Đoạn."),
        Paragraph("- Gạch.", ParagraphKind.ITEM),
        Paragraph("+ Cộng.", ParagraphKind.SUB_ITEM),
        Paragraph("Cuối./."),
    )


@pytest.mark.parametrize(
    ("values", "end"),
    [
        ({"text": "hết rồi;"}, "hết rồi./."),
        ({"text": "hết./."}, "hết./."),
        ({"text": ""}, "1. KẾT QUẢ./."),
        ({"text": "liền sau.", "runs_in": True}, "liền sau./."),
    ],
)
def test_the_last_words_close_the_text(district, values, end):
    plan = PlanFactory(unit=district)
    PlanSectionFactory(plan=plan, heading="Kết quả:", **values)
    last = document_of(plan).body[-1]

    assert (getattr(last, "run_in", "") or last.text) == end


def test_a_section_without_heading_may_run_in_as_a_paragraph(district):
    plan = PlanFactory(unit=district)
    PlanSectionFactory(plan=plan, heading="", numbering="none", text="Mở đầu.", runs_in=True)

    assert document_of(plan).body == (Paragraph("Mở đầu./."),)


def test_an_empty_plan_is_still_a_document(district):
    printing(district)
    document = document_of(PlanFactory(unit=district))

    assert document.body == ()
    assert document.letterhead.document_type == "KẾ HOẠCH"
    assert document.letterhead.subject == "Thực hiện Chương trình mỗi xã một sản phẩm năm 2022"
    assert document.signature.name == "Huỳnh Văn Nhã"
    assert document.signature.recipients[-1] == "Lưu: VT."


def test_the_plan_prints_cited_annexes_and_every_annex_becomes_a_workbook(district):
    plan = plan_with_rows(district)

    assert [annex.key for annex in document_of(plan).annexes] == ["bieu-2", "bieu-3", "bieu-4"]
    assert [annex.key for annex in annex_blocks(collect_plan(plan))] == ["bieu-1", "bieu-2", "bieu-3", "bieu-4"]

    plan.annexes.filter(number=1).update(in_pdf=True)
    assert [annex.key for annex in document_of(plan).annexes] == ["bieu-1", "bieu-2", "bieu-3", "bieu-4"]

    plan.annexes.filter(number=3).update(in_pdf=False)
    assert [annex.key for annex in document_of(plan).annexes] == ["bieu-1", "bieu-2", "bieu-4"]


def test_properties_of_the_document_come_from_the_snapshot(district):
    snapshot = collect_plan(plan_with_rows(district))
    document = plan_document(snapshot)

    assert (document.identity, document.dated) == (snapshot.identity, "2022-01-01")
