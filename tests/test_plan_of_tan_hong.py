"""The demonstration's plan from its file of records to its documents: nothing in it is typed that can be counted."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from django.conf import settings
from django.db import transaction

from communes.models import Unit
from communes.queries import unit_for
from core.documents.tests.reading import (
    docx_text,
    fonts_of,
    letters,
    pdf_text,
    printed,
    sheet_text,
    to_pdf_by_libreoffice,
)
from dossiers.models import Dossier
from plans import services
from plans.collect import collect_plan
from plans.generate import generate_files
from plans.layout import annex_blocks, plan_document
from plans.models import Activity, BudgetLine, Plan, PlanSection, PotentialProduct, Spending, Target
from products.models import Product, Recognition
from regulations.models import LegalDocument
from regulations.reference import load_regulations
from reports.unit_data.document import FileFaults
from reports.unit_data.loader import load

pytestmark = pytest.mark.django_db  # also where a test only reads the files of a module's fixture

ROOT = Path(settings.BASE_DIR)
DEMO = ROOT / "demo" / "tan-hong-2022.yaml"
ELSEWHERE = ROOT / "tests" / "data" / "thanh-pho-minh-hoa-2023.yaml"


def load_file(path: Path) -> None:
    load_regulations()
    load(path.read_text(encoding="utf-8"), file_name=path.name)


@pytest.fixture(scope="module")
def demonstration(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demonstration's rows, loaded once; what a test changes is rolled back after it, and all of it at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_file(DEMO)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def plan(demonstration: None, db: None) -> Plan:
    return Plan.objects.select_related("unit", "signer").get()


Files = dict[str, bytes]  # by role


@pytest.fixture(scope="module")
def files(demonstration: None, django_db_blocker: Any) -> Files:
    """The files of the demonstration's plan, made once."""
    with django_db_blocker.unblock():
        return {file.role: file.data for file in generate_files(collect_plan(Plan.objects.get()))}


@pytest.fixture(scope="module")
def other_files(demonstration: None, django_db_blocker: Any) -> Files:
    """The files made after every record behind a number of the results and the targets was changed."""
    with django_db_blocker.unblock(), transaction.atomic():
        change_every_record()
        made = {file.role: file.data for file in generate_files(collect_plan(Plan.objects.get()))}
        transaction.set_rollback(True)
    return made


def unbroken_text(pdf: bytes) -> str:
    """The text of a PDF without the numbers of its pages."""
    return re.sub(r"(?:\d+\s*)?\f", "", pdf_text(pdf))


def unrecognise(product: str) -> None:
    Dossier.objects.filter(product__name=product, round__year=2021).update(outcome="not_recognised", recognition=None)
    Recognition.objects.filter(product__name=product, year=2021).delete()


def recognise(product: str, *, stars: int, case: str = "first") -> Recognition:
    model = Recognition.objects.get(product__name="Khô trâu")
    item = Product.objects.get(name=product)
    made = Recognition.objects.create(
        product=item, commune=item.commune, stars=stars, case=case, level=model.level, year=2021, decision=model.decision,
        decided_on=model.decided_on, expires_on=model.expires_on,
    )  # fmt: skip
    Dossier.objects.filter(product=item, round__year=2021).update(outcome="recognised", recognition=made)
    return made


def change_every_record() -> None:
    Plan.objects.get().annexes.filter(number=1).update(in_pdf=True)
    unrecognise("Khô bò")
    unrecognise("Rượu Tháp Đồng")
    recognise("Khô cá sặc", stars=3)
    sa_rai = Unit.objects.get(name="Sa Rài")
    Recognition.objects.filter(product__name="Mắm cá chốt").update(stars=4, commune=sa_rai)
    Dossier.objects.filter(product__name__in=["Mắm cá chốt", "Khô cá lóc"]).delete()
    Dossier.objects.filter(product__name="Lạp xưởng bò").update(case="upgrade")
    LegalDocument.objects.filter(key="qd1991").update(number="777/QĐ-UBND-HC", issued_on=date(2022, 1, 5))
    Target.objects.filter(year=2021).update(value=5)
    Target.objects.filter(year=2022, measure="potential").update(value=13)
    Target.objects.filter(year=2022, measure="recognised").update(value=3)
    Spending.objects.update(amount=40_500_000)
    PotentialProduct.objects.order_by("-sort_order", "-pk")[0].delete()
    for old, new in ((60, 61), (170, 171), (120, 121)):
        Activity.objects.filter(attendees=old).update(attendees=new)


def section(plan: Plan, key: str) -> str:
    parts = [part for part in collect_plan(plan).body if part.section == key]
    return "\n".join(" ".join(filter(None, [part.text, part.run_in])) for part in parts)


def results(plan: Plan) -> str:
    return section(plan, "results-evaluation")


## The sentences of the published plan


def test_the_results_part_reads_as_published(plan):
    assert results(plan).split("\n") == [
        "4. Kết quả đánh giá xếp hạng:",
        (
            "Trong năm 2021, có 12 sản phẩm của 6 chủ thể dự thi đánh giá, xếp hạng sản phẩm OCOP năm 2021; trong đó, có 11 sản "
            "phẩm dự thi lần đầu, 01 sản phẩm dự thi nâng hạng sao OCOP (Trà Bồ công anh). Kết quả phúc tra công nhận sản phẩm đạt "
            "tiêu chuẩn OCOP năm 2021 của Tỉnh tại Quyết định số 1991/QĐ-UBND-HC, ngày 31 tháng 12 năm 2021, Huyện có thêm 09 sản "
            "phẩm OCOP đạt tiêu chuẩn 03 sao, đạt 225% kế hoạch. Nâng tổng sản phẩm OCOP đạt tiêu chuẩn 03 sao của Huyện lên 11 sản "
            "phẩm, gồm:"
        ),
        (
            "Xã Tân Hộ Cơ: Có thêm 05 sản phẩm OCOP đạt tiêu chuẩn 03 sao gồm: Khô cá chốt rim me, khô nhái rim sả ớt, khô cá lóc, "
            "khô cá lóc cửng của cơ sở sản xuất khô Ba Khía và rượu Tháp Đồng của công ty TNHH Tháp Đồng. Nâng tổng số sản phẩm OCOP "
            "đạt tiêu chuẩn 03 sao của xã lên 06 sản phẩm gồm cơ sở sản xuất khô Ba Khía 05 sản phẩm (khô cá lóc rim me, khô cá chốt "
            "rim me, khô nhái rim sả ớt, khô cá lóc, khô cá lóc cửng); công ty TNHH Tháp Đồng 01 sản phẩm (rượu Tháp Đồng)."
        ),
        "Xã Tân Thành B: Có thêm 02 sản phẩm OCOP đạt tiêu chuẩn 03 sao gồm: Khô trâu và khô bò của hộ kinh doanh Như Quỳnh.",
        (
            "Xã Tân Phước: Có thêm 01 sản phẩm OCOP đạt tiêu chuẩn 03 sao gồm: Gạo Nghĩa Nhân của cơ sở sản xuất, kinh doanh Nghĩa "
            "Nhân. Nâng tổng số sản phẩm OCOP đạt tiêu chuẩn 03 sao của xã lên 02 sản phẩm gồm trà Bồ công anh (đạt năm 2020) của "
            "Chi nhánh công ty TNHH Phát triển P&K và gạo Nghĩa Nhân của cơ sở sản xuất, kinh doanh Nghĩa Nhân."
        ),
        "Xã Tân Công Chí: Có thêm 01 sản phẩm OCOP đạt tiêu chuẩn 03 sao gồm: Mắm cá chốt của cơ sở sản xuất Tân Hồng.",
    ]


def test_the_other_numbers_of_the_plan_come_from_records(plan):
    assert section(plan, "training").endswith("có 60 người dự.")
    assert "với tổng số 170 người dự" in section(plan, "results-promotion")
    assert "có 120 lượt người dự" in section(plan, "results-training")
    assert section(plan, "results-spending") == (
        "5. Kinh phí thực hiện: Từ Chương trình MTQG xây dựng nông thôn mới: 35 triệu đồng."
    )
    assert "các sản phẩm OCOP năm 2020 và năm 2021 của Huyện" in section(plan, "targets")
    assert "có 14 sản phẩm tiềm năng" in section(plan, "targets")
    assert "ít nhất 04 sản phẩm" in section(plan, "targets")


def test_nothing_is_missing_in_the_demonstration(plan):
    assert collect_plan(plan).missing == ()


def test_no_number_or_name_of_the_results_is_typed_in_any_section(plan):
    names = {re.escape(row.product.name) for row in Recognition.objects.select_related("product")}
    typed = []
    for part in PlanSection.objects.filter(plan=plan):
        source = " ".join([part.heading, part.text, *map(str, (part.options or {}).values())])
        source = re.sub(r"\{[^}]*\}", "", source).replace("COVID-19", "").replace("đạt từ 3 sao trở lên", "")
        typed += re.findall(r"\d+", source) + re.findall("|".join(names), source, re.IGNORECASE)

    assert typed == []


## Change a record, and the plan changes everywhere it should


OTHER_SENTENCES = (
    "có 10 sản phẩm của 5 chủ thể dự thi đánh giá, xếp hạng sản phẩm OCOP năm 2021",
    "có 08 sản phẩm dự thi lần đầu, 02 sản phẩm dự thi nâng hạng sao OCOP (Trà Bồ công anh, Lạp xưởng bò)",
    "tại Quyết định số 777/QĐ-UBND-HC, ngày 05 tháng 01 năm 2022, Huyện",
    "Huyện có thêm 08 sản phẩm OCOP đạt tiêu chuẩn 03 sao (07 sản phẩm) và 04 sao (01 sản phẩm), đạt 160% kế hoạch",
    "03 sao (09 sản phẩm) và 04 sao (01 sản phẩm) của Huyện lên 10 sản phẩm (kèm theo biểu 1), gồm:",
    "Xã Tân Hộ Cơ: Có thêm 05 sản phẩm",
    "khô cá lóc cửng và khô cá sặc của cơ sở sản xuất khô Ba Khía. Nâng tổng số",
    "của xã lên 06 sản phẩm gồm cơ sở sản xuất khô Ba Khía 06 sản phẩm",
    "Xã Tân Thành B: Có thêm 01 sản phẩm OCOP đạt tiêu chuẩn 03 sao gồm: Khô trâu của hộ kinh doanh Như Quỳnh.",
    "Xã Tân Phước: Có thêm 01 sản phẩm",
    "Thị trấn Sa Rài: Có thêm 01 sản phẩm OCOP đạt tiêu chuẩn 04 sao gồm: Mắm cá chốt của cơ sở sản xuất Tân Hồng.",
    "Từ Chương trình MTQG xây dựng nông thôn mới: 40,5 triệu đồng.",
    "có 13 sản phẩm tiềm năng tham gia",
    "có ít nhất 03 sản phẩm dự thi",
    "có 61 người dự",
    "với tổng số 171 người dự",
    "có 121 lượt người dự",
)
OLD_WORDS = (
    "12 sản phẩm của", "11 sản phẩm", "09 sản phẩm OCOP", "225%", "1991/QĐ-UBND-HC", "35 triệu", "14 sản phẩm", "04 sản phẩm dự",
    "Tân Công Chí: Có", "khô bò", "rượu Tháp Đồng của", "60 người", "170 người", "120 lượt",
)  # fmt: skip


@pytest.mark.parametrize("role", ["pdf", "docx"])
def test_every_number_of_the_plan_follows_its_record_into_the_file(files, other_files, role):
    read = {"pdf": unbroken_text, "docx": docx_text}[role]
    before, after = letters(read(files[role])), letters(read(other_files[role]).partition("Biểu 1")[0])

    assert [sentence for sentence in OTHER_SENTENCES if letters(sentence) not in after] == []
    assert [sentence for sentence in OTHER_SENTENCES if letters(sentence) in before] == [
        "Xã Tân Hộ Cơ: Có thêm 05 sản phẩm", "Xã Tân Phước: Có thêm 01 sản phẩm",
    ]  # fmt: skip
    assert [words for words in OLD_WORDS if letters(words) not in before] == []
    assert [words for words in OLD_WORDS if letters(words) in after] == []


def test_every_change_of_a_recognition_reaches_the_printed_annex_and_its_workbook(files, other_files):
    before, after = sheet_text(files["bieu-1"]), sheet_text(other_files["bieu-1"])
    workbook, in_docx = letters(after), letters(docx_text(other_files["docx"]).partition("Biểu 1")[2])
    in_pdf = letters(pdf_text(other_files["pdf"]).partition("Biểu 1")[2])

    for text in (workbook, in_docx, in_pdf):
        assert letters("TỔNG CỘNG: 10 sản phẩm") in text
        assert letters("Khô cá sặc") in text
        assert letters("Thị trấn Sa Rài: 01 sản phẩm") in text
        assert letters("777/QĐ-UBND-HC") in text
    assert letters("TỔNG CỘNG: 11 sản phẩm") in letters(before)
    assert [words for words in ("Khô bò", "Rượu Tháp Đồng", "Tân Công Chí") if words in after] == []
    assert [words for words in ("Khô bò", "Rượu Tháp Đồng", "Tân Công Chí") if words not in before] == []
    assert "TỔNG CỘNG: 14 sản phẩm" in sheet_text(files["bieu-2"])
    assert "TỔNG CỘNG: 13 sản phẩm" in sheet_text(other_files["bieu-2"])


@pytest.mark.parametrize(
    ("change", "key", "words"),
    [
        (lambda: Dossier.objects.filter(product__name="Khô cá sặc").delete(), "results-evaluation", "có 11 sản phẩm của 6 chủ"),
        (lambda: Dossier.objects.filter(product__name="Mắm cá chốt").delete(), "results-evaluation", "có 11 sản phẩm của 5 chủ"),
        (
            lambda: Dossier.objects.filter(product__name="Khô cá sặc").update(case="upgrade"), "results-evaluation",
            "có 10 sản phẩm dự thi lần đầu, 02 sản phẩm dự thi nâng hạng sao OCOP (Trà Bồ công anh, Khô cá sặc)",
        ),
        (lambda: unrecognise("Khô bò"), "results-evaluation", "có thêm 08 sản phẩm OCOP đạt tiêu chuẩn 03 sao, đạt 200% kế"),
        (lambda: unrecognise("Khô bò"), "results-evaluation", "của Huyện lên 10 sản phẩm, gồm:"),
        (
            lambda: Recognition.objects.filter(product__name="Khô bò").update(
                withdrawn_on=date(2021, 12, 31), withdrawal_reason="x"
            ),
            "results-evaluation",
            "đạt 200% kế hoạch. Nâng tổng sản phẩm OCOP đạt tiêu chuẩn 03 sao của Huyện lên 10",
        ),
        (lambda: recognise("Lạp xưởng bò", stars=3), "results-evaluation", "khô bò và lạp xưởng bò của hộ kinh doanh Như Quỳnh"),
        (lambda: recognise("Trà Bồ công anh", stars=4, case="upgrade"), "results-evaluation", "01 sản phẩm được nâng hạng sao, đạt 250%"),
        (lambda: Target.objects.filter(year=2021).update(value=3), "results-evaluation", "đạt 300% kế hoạch"),
        (lambda: Recognition.objects.filter(year=2020).update(year=2019), "targets", "năm 2019 và năm 2021"),
        (lambda: Spending.objects.update(amount=1_250_000_000), "results-spending", "nông thôn mới: 1,25 tỷ đồng."),
        (lambda: PotentialProduct.objects.filter(pk=PotentialProduct.objects.first().pk).delete(), "targets", "có 13 sản phẩm tiềm năng"),
        (lambda: Target.objects.filter(year=2022, measure="recognised").update(value=5), "targets", "ít nhất 05 sản phẩm"),
        (lambda: Activity.objects.filter(kind="training").update(classes=2), "training", "tổ chức 02 lớp tập huấn"),
    ],
)  # fmt: skip
def test_each_number_follows_its_own_record(plan, change, key, words):
    assert words not in section(plan, key)

    change()

    assert words in section(plan, key)


def test_a_fourth_star_is_said_in_every_sentence_that_says_stars(plan):
    Recognition.objects.filter(product__name="Mắm cá chốt").update(stars=4)

    assert (
        "Huyện có thêm 09 sản phẩm OCOP đạt tiêu chuẩn 03 sao (08 sản phẩm) và 04 sao (01 sản phẩm), đạt 225%"
        in results(plan)
    )
    assert "Xã Tân Công Chí: Có thêm 01 sản phẩm OCOP đạt tiêu chuẩn 04 sao gồm: Mắm cá chốt" in results(plan)


def test_an_upgraded_product_is_counted_once_and_told(plan):
    tea = Recognition.objects.get(product__name="Trà Bồ công anh")
    decision = Recognition.objects.get(product__name="Khô bò").decision
    upgraded = Recognition.objects.create(
        product=tea.product, commune=tea.commune, stars=4, case="upgrade", level=tea.level, year=2021, decision=decision,
        decided_on=decision.issued_on, expires_on=date(2024, 12, 31),
    )  # fmt: skip
    Dossier.objects.filter(case="upgrade").update(outcome="recognised", recognition=upgraded)

    assert (
        "có thêm 09 sản phẩm OCOP đạt tiêu chuẩn 03 sao, 01 sản phẩm được nâng hạng sao, đạt 250% kế hoạch"
        in results(plan)
    )
    assert "lên 11 sản phẩm, gồm" in results(plan)
    assert "gồm trà Bồ công anh của Chi nhánh" in results(plan)


## Nothing to report


def test_without_a_target_there_is_no_percentage(plan):
    Target.objects.filter(year=2021).delete()

    assert "%" not in results(plan)
    assert "đạt tiêu chuẩn 03 sao. Nâng tổng" in results(plan)


def test_without_an_upgrade_the_sentence_ends_before_it(plan):
    Dossier.objects.filter(case="upgrade").delete()

    assert "có 11 sản phẩm dự thi lần đầu. Kết quả" in results(plan)
    assert "nâng hạng" not in results(plan)


def test_without_first_entries_the_sentence_still_reads(plan):
    Dossier.objects.filter(case="first", round__year=2021).update(case="re_evaluation")

    assert (
        "năm 2021; trong đó, có 01 sản phẩm dự thi nâng hạng sao OCOP (Trà Bồ công anh), 11 sản phẩm dự thi đánh giá lại."
        in results(plan)
    )

    Dossier.objects.filter(case="upgrade").delete()
    assert "năm 2021; trong đó, có 11 sản phẩm dự thi đánh giá lại. Kết quả" in results(plan)


def test_without_anything_new_what_was_upgraded_or_recognised_again_is_still_told(plan):
    Recognition.objects.filter(year=2021).update(case="re_evaluation")
    Recognition.objects.filter(product__name="Khô bò").update(case="upgrade", stars=4)

    assert (
        "Huyện chưa có thêm sản phẩm OCOP mới, có 01 sản phẩm được nâng hạng sao, có 08 sản phẩm được công nhận lại, đạt 225% "
        "kế hoạch. Nâng tổng" in results(plan)
    )


def test_a_total_that_did_not_grow_is_not_raised(plan):
    Dossier.objects.update(outcome="not_recognised", recognition=None)
    Recognition.objects.filter(year=2021).exclude(product__name="Gạo Nghĩa Nhân").delete()
    Recognition.objects.filter(product__name="Khô cá lóc rim me").update(expires_on=date(2021, 12, 30))

    assert "đạt 25% kế hoạch. Huyện có 02 sản phẩm OCOP đạt tiêu chuẩn 03 sao, gồm:" in results(plan)
    assert "Xã Tân Phước: Có thêm 01 sản phẩm" in results(plan)
    assert "của xã lên 02 sản phẩm" in results(plan)
    assert "Xã Tân Hộ Cơ" not in results(plan)


def test_none_recognised_of_those_entered_says_the_target_was_missed_without_a_percentage(plan):
    Dossier.objects.update(outcome="not_recognised", recognition=None)
    Recognition.objects.filter(year=2021).delete()

    assert (
        "(Trà Bồ công anh). Huyện chưa có thêm sản phẩm OCOP được công nhận, chưa đạt chỉ tiêu 04 sản phẩm. Huyện có 02"
        in results(plan)
    )


def test_a_recognition_without_an_entry_is_told_as_missing(plan):
    Dossier.objects.filter(product__name="Khô bò").delete()

    [missing] = collect_plan(plan).missing
    assert missing.sentence.startswith(
        "Có 01 sản phẩm được công nhận năm 2021 nhưng không có hồ sơ dự thi năm đó (Khô bò)."
    )
    assert missing.place == "dossiers"


def test_without_activities_no_meeting_is_claimed(plan):
    Activity.objects.all().delete()

    said = "\n".join(section(plan, key) for key in ("training", "results-promotion", "results-training"))
    assert said.count("Trong năm 2021, Huyện chưa tổ chức") == 3
    assert not re.search(r"\d+ (lớp|lượt|người)|đã phối hợp|Phối hợp", said)


def test_a_class_of_which_little_is_known_is_still_told(plan):
    Activity.objects.filter(kind="training").update(partner="", audience="", classes=None, attendees=None)

    assert section(plan, "training").endswith("UBND Huyện đã tổ chức tập huấn về thực hiện Chương trình OCOP.")


def test_without_a_budget_no_empty_annex_is_cited(plan):
    BudgetLine.objects.all().delete()
    snapshot = collect_plan(plan)

    assert section(plan, "funding") == "4. Kinh phí thực hiện: Chưa lập dự toán kinh phí năm 2022."
    assert snapshot.cited_annexes == (2,)
    assert [missing.place for missing in snapshot.missing] == ["budget"]


def test_without_any_entry_and_recognition_the_plan_says_so(plan):
    Dossier.objects.filter(round__year=2021).delete()
    Recognition.objects.filter(year=2021).delete()

    assert results(plan).split("\n")[1:] == [
        (
            "Trong năm 2021, chưa có sản phẩm nào dự thi đánh giá, xếp hạng sản phẩm OCOP. Huyện chưa có thêm sản phẩm OCOP được "
            "công nhận, chưa đạt chỉ tiêu 04 sản phẩm. Huyện có 02 sản phẩm OCOP đạt tiêu chuẩn 03 sao, gồm:"
        ),
        "Xã Tân Hộ Cơ: Có 01 sản phẩm OCOP đạt tiêu chuẩn 03 sao gồm khô cá lóc rim me (đạt năm 2020) của cơ sở sản xuất khô Ba Khía.",
        (
            "Xã Tân Phước: Có 01 sản phẩm OCOP đạt tiêu chuẩn 03 sao gồm trà Bồ công anh (đạt năm 2020) của Chi nhánh công ty TNHH "
            "Phát triển P&K."
        ),
    ]


def test_without_any_product_at_all_nothing_follows(plan):
    Dossier.objects.all().delete()
    Recognition.objects.all().delete()

    assert results(plan).endswith("Huyện chưa có thêm sản phẩm OCOP được công nhận, chưa đạt chỉ tiêu 04 sản phẩm.")
    assert "các sản phẩm OCOP của Huyện theo hướng" in section(plan, "targets")


def test_without_spending_targets_or_potential_products_no_number_is_left(plan):
    Spending.objects.all().delete()
    Target.objects.filter(year=2022).delete()
    PotentialProduct.objects.all().delete()

    assert section(plan, "results-spending") == "5. Kinh phí thực hiện: Trong năm 2021 chưa chi kinh phí."
    assert "Vận động, khuyến khích các chủ thể có sản phẩm tiềm năng tham gia" in section(plan, "targets")
    assert {missing.place for missing in collect_plan(plan).missing} == {"targets", "potential_products"}


## The annexes


def test_budget_by_content_and_by_commune_have_equal_totals_per_source(plan):
    _first, _second, by_content, by_commune = annex_blocks(collect_plan(plan))

    def total(annex: Any) -> dict[str, Decimal]:
        row = annex.table.rows[0]
        cells = zip(annex.table.columns, row.cells, strict=True)
        return {column.key: Decimal(cell.value) for column, cell in cells if cell.value is not None}

    assert total(by_content) == total(by_commune)
    assert total(by_content)["total"] == sum(amount for key, amount in total(by_content).items() if key != "total")


def test_annexes_leave_out_columns_without_value_and_mark_what_is_illustrative(plan):
    recognised, potential, by_content, by_commune = annex_blocks(collect_plan(plan))

    assert "note" not in {column.key for column in potential.table.columns}
    assert by_commune.table.rows[1].cells[1].text == "Cấp huyện"
    for annex in (potential, by_content, by_commune):
        body = [row for row in annex.table.rows if row.kind.value == "body"]
        assert all("(minh họa)" in " ".join(cell.text for cell in row.cells) for row in body)
        assert annex.notes
    assert len([row for row in recognised.table.rows if row.kind.value == "body"]) == 11


## Other units


def test_a_unit_of_another_province_with_other_headings_loads_and_generates(demonstration, db):
    load_file(ELSEWHERE)
    plan = Plan.objects.select_related("unit").get(unit__name="Minh Họa")
    snapshot = collect_plan(plan)
    document = plan_document(snapshot)

    assert document.letterhead.subject == "Phát triển sản phẩm OCOP trên địa bàn thành phố Minh Họa năm 2023"
    assert [block.text for block in document.body] == [
        (
            "Căn cứ Quyết định số 919/QĐ-TTg ngày 01 tháng 8 năm 2022 của Thủ tướng Chính phủ phê duyệt Chương trình mỗi xã một "
            "sản phẩm giai đoạn 2021 - 2025."
        ),
        "I. MỤC ĐÍCH, YÊU CẦU",
        "a) Mục đích",
        "Phát triển sản phẩm Minh Họa.",
        "b) Yêu cầu",
        "- Đúng tiến độ.",
        "II. KẾT QUẢ NĂM 2022",
        (
            "Thành phố có 2 sản phẩm, đạt 3 sao (1 sản phẩm) và 4 sao (1 sản phẩm); công nhận tại Quyết định số 100/QĐ-UBND, ngày 30 "
            "tháng 6 năm 2022 và Quyết định số 200/QĐ-UBND, ngày 15 tháng 12 năm 2022."
        ),
        "- Phường Ánh Dương có 2 sản phẩm: hợp tác xã Biển Xanh 2 sản phẩm (muối ớt, nước mắm).",
        "III. NỘI DUNG",
        "Danh sách tại phụ lục I./.",
    ]
    assert [annex.label for annex in document.annexes] == ["Phụ lục I"]
    assert letters("Phụ lục I") in letters(pdf_text(generate_files(snapshot)[0].data))


@pytest.fixture
def merged(plan: Plan, settings: Any) -> None:
    """January 2026: every recognition still holds, one was given in 2025 before the communes were merged."""
    settings.OCOP_TODAY = date(2026, 1, 10)
    Recognition.objects.update(expires_on=date(2030, 1, 1))
    Recognition.objects.filter(product__name="Khô bò").update(year=2025, decided_on=date(2025, 5, 1))


def created(code: str, year: int) -> Plan:
    return services.create_plan(unit=unit_for(code, year), year=year, by=None)


def test_a_commune_of_today_plans_over_the_records_of_the_communes_it_succeeded(merged):
    own = created("29929@2025-07-01", 2026)
    snapshot = collect_plan(own)

    assert snapshot.working_date == "2026-01-01"
    assert section(own, "results-evaluation").split("\n")[
        1:
    ] == [  # six of Tân Hộ Cơ, two of Tân Thành B; no commune apart
        (
            "Trong năm 2025, chưa có sản phẩm nào dự thi đánh giá, xếp hạng sản phẩm OCOP. Theo Quyết định số "
            "1991/QĐ-UBND-HC, ngày 31 tháng 12 năm 2021, xã Tân Hộ Cơ có thêm 01 sản phẩm OCOP đạt 03 sao gồm: Khô bò của hộ kinh "
            "doanh Như Quỳnh. Nâng tổng số sản phẩm OCOP đạt 03 sao lên 08 sản phẩm, gồm cơ sở sản xuất khô Ba Khía 05 sản phẩm "
            "(khô cá lóc rim me, khô cá chốt rim me, khô nhái rim sả ớt, khô cá lóc, khô cá lóc cửng); công ty TNHH Tháp Đồng 01 "
            "sản phẩm (rượu Tháp Đồng); hộ kinh doanh Như Quỳnh 02 sản phẩm (khô trâu, khô bò)."
        )
    ]
    assert [row.groups["commune"] for row in snapshot.annexes[0].rows] == ["xã Tân Hộ Cơ"] * 8
    assert {annex.common_label for annex in snapshot.annexes} == {"Cấp xã"}


def test_a_commune_without_new_products_names_those_it_has(plan, settings):
    settings.OCOP_TODAY = date(2025, 8, 1)
    Recognition.objects.update(expires_on=date(2030, 1, 1))

    own = created("29929@2025-07-01", 2025)

    assert collect_plan(own).working_date == "2025-07-01"
    assert (
        "Xã Tân Hộ Cơ chưa có thêm sản phẩm OCOP được công nhận. Xã Tân Hộ Cơ có 08 sản phẩm OCOP đạt 03 sao, gồm cơ sở"
        in section(own, "results-evaluation")
    )


def test_a_province_of_today_counts_each_product_once_under_the_commune_of_today(merged):
    own = created("82", 2026)
    lines = section(own, "results-evaluation").split("\n")[1:]

    assert (
        "tỉnh Đồng Tháp có thêm 01 sản phẩm OCOP đạt 03 sao. Nâng tổng số sản phẩm OCOP đạt 03 sao lên 11 sản"
        in lines[0]
    )
    assert [line.split(":")[0] for line in lines[1:]] == ["Xã Tân Hộ Cơ", "Xã An Phước", "Xã Tân Hồng"]
    assert "của xã lên 08 sản phẩm" in lines[1]
    assert "Có 02 sản phẩm" in lines[2]
    assert "Có 01 sản phẩm" in lines[3]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("{unit_name}.", "{ten_don_vi}.", "chưa có số liệu “{ten_don_vi}”"),
        ("key: commune, label", "key: price, label", "không có cột “price”"),
    ],
)
def test_a_file_whose_text_or_layout_cannot_be_printed_is_refused_whole(demonstration, db, old, new, words):
    plans = Plan.objects.count()

    with pytest.raises(FileFaults) as refusal:
        load(ELSEWHERE.read_text(encoding="utf-8").replace(old, new, 1), file_name="x.yaml")

    assert words in " ".join(map(str, refusal.value.faults))
    assert Plan.objects.count() == plans


## The three formats


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def test_the_plan_in_three_formats_says_the_same_in_tinos_alone(plan, files):
    document = plan_document(collect_plan(plan))
    everything = letters("".join(printed(document)))

    in_docx, in_pdf = letters(docx_text(files["docx"])), letters(pdf_text(files["pdf"]))

    assert in_docx == everything
    assert [piece for piece in printed(document) if letters(piece) not in in_pdf and len(piece) < 40] == []
    assert set(fonts_of(files["pdf"])) <= {"Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-Bold-Italic"}
    for annex in document.annexes:
        told = letters(sheet_text(files[annex.key]))
        assert [cell.text for row in annex.table.rows for cell in row.cells if letters(cell.text) not in told] == []


def test_the_plan_renders_twice_to_equal_bytes(plan, files):
    assert {file.role: file.data for file in generate_files(collect_plan(plan))} == files


@pytest.mark.slow
def test_libreoffice_prints_the_plan_s_docx_with_the_same_words_and_numbers(files, tmp_path):
    by_office = words(pdf_text(to_pdf_by_libreoffice(files["docx"], tmp_path)))

    assert by_office.keys() == words(pdf_text(files["pdf"])).keys()


def test_a_landscape_page_of_the_budget_holds_twelve_one_line_rows_and_potential_products_two_pages(plan):
    BudgetLine.objects.update(content="Khoản chi", measure_unit="lần")
    annexes, current = {}, ""
    with pdfplumber.open(io.BytesIO(generate_files(collect_plan(plan))[0].data)) as opened:
        for page in opened.pages:
            if page.width > page.height:
                text = page.extract_text()
                label = re.search(r"^Biểu \d$", text, re.MULTILINE)
                current = label[0] if label else current
                annexes.setdefault(current, []).append(text)

    lines = re.findall(r"^(?:\d+ Khoản chi|[IVX]+ [^\n]*\d|TỔNG CỘNG)", annexes["Biểu 3"][0], re.MULTILINE)
    assert len(lines) >= 12
    assert len(annexes["Biểu 2"]) == 2
