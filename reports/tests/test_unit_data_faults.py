"""A file with faults: nothing is loaded, and each fault says line and remedy."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from communes.models import Unit, UnitReach
from core.audit.models import AuditEntry
from plans.models import BudgetAmount, BudgetLine, Plan, PlanSection
from producers.models import Producer
from products.models import Product, Recognition
from regulations.reference import load_regulations
from reports.unit_data.document import MAX_BYTES, FileFaults
from reports.unit_data.loader import load

pytestmark = pytest.mark.django_db

HEAD = """format: ocop-unit-data/1
unit: huyen
units:
  - {id: huyen, code: "001", kind: district, name: Suối Mơ, level: district, valid_from: 2000-01-01}
  - {id: xa, code: "00101", kind: commune, name: Đồi Thông, level: commune, parent: huyen, valid_from: 2000-01-01}
"""

PRODUCER = """producers:
  - {id: may, name: hợp tác xã Mây, kind: cooperative, commune: xa}
"""

PRODUCT = (
    PRODUCER
    + """products:
  - id: mat-ong
    name: Mật ong
    producer: may
"""
)


def faults_of(text: str) -> list[str]:
    with pytest.raises(FileFaults) as refusal:
        load(text, file_name="thu.yaml")
    return [str(fault) for fault in refusal.value.faults]


def test_a_minimal_file_loads():
    result = load(HEAD + PRODUCT, file_name="thu.yaml")

    assert (result.added, result.changed, result.same) == (4, 0, 0)
    assert Product.objects.get().commune.full_name == "xã Đồi Thông"
    assert UnitReach.objects.filter(viewer__code="001").count() == 2


def test_codes_keep_their_zeros_and_numbers_their_dots():
    load(HEAD + "spending:\n  - {year: 2021, amount: 35.000.000, source_name: Nguồn}\n", file_name="thu.yaml")

    assert Unit.objects.filter(code="00101").exists()


def test_changed_values_are_changed_and_left_out_keys_stay():
    load(HEAD + PRODUCER.replace("commune: xa", "commune: xa, phone: '0900'"), file_name="thu.yaml")

    result = load(HEAD + PRODUCER.replace("kind: cooperative", "kind: household"), file_name="thu.yaml")

    assert (result.added, result.changed, result.same) == (0, 1, 2)
    producer = Producer.objects.get()
    assert (producer.kind, producer.phone) == ("household", "0900")


def test_null_empties_a_column():
    load(HEAD + PRODUCER.replace("commune: xa", "commune: xa, phone: '0900'"), file_name="thu.yaml")

    load(HEAD + PRODUCER.replace("commune: xa", "commune: xa, phone: null"), file_name="thu.yaml")

    assert Producer.objects.get().phone == ""


def test_a_row_is_found_again_over_marks_and_case():
    load(HEAD + PRODUCER, file_name="thu.yaml")

    result = load(HEAD + PRODUCER.replace("hợp tác xã Mây", "Hợp tác xã Mây"), file_name="thu.yaml")

    assert (result.added, result.changed) == (0, 1)
    assert Producer.objects.get().name == "Hợp tác xã Mây"


def test_rows_that_the_file_does_not_name_stay():
    load(HEAD + PRODUCER, file_name="thu.yaml")

    load(HEAD, file_name="thu.yaml")

    assert Producer.objects.count() == 1


def test_all_faults_are_named_with_line_and_remedy_and_nothing_is_written():
    text = (
        HEAD
        + """producers:
  - {id: a, nam: hợp tác xã Mây, kind: cooperative, commune: xa}
  - {id: b, name: hộ Nắng, kind: coperative, commune: xa}
  - {id: c, name: hộ Gió, kind: household, commune: xaa}
products:
  - {name: Mật ong, producer: a}
  - {name: Chè, producer: d}
spending:
  - {year: 2021, amount: 35 triệu, source_name: Nguồn}
  - {year: hai mươi, amount: 1, source_name: Nguồn}
prodcers: []
"""
    )

    faults = faults_of(text)

    assert faults[0] == "dòng 7: Chủ thể không có khóa “nam”. Có phải “name”?"
    assert faults[1] == "dòng 7: Chủ thể thiếu khóa “name” (tên chủ thể). Thêm khóa này."
    assert faults[2].startswith("dòng 8: kind: Không có lựa chọn “coperative”. Có phải “cooperative”? Chọn một trong:")
    assert faults[3] == "dòng 9: commune: Không có đơn vị “xaa”. Có phải “xa”?"
    assert (
        faults[4]
        == "dòng 12: producer: Không có chủ thể “d” trong tệp (phía trên dòng này) hay trong dữ liệu. Thêm chủ thể đó trước."
    )
    assert faults[5].startswith("dòng 14: amount: “35 triệu” không phải số tiền.")
    assert faults[6].startswith("dòng 15: year: “hai mươi” không phải một năm")
    assert faults[7] == "dòng 16: Tệp không có khóa “prodcers”. Có phải “producers”?"
    assert len(faults) == 8
    assert not Unit.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "Tệp phải bắt đầu bằng các khóa"),
        ("- a\n", 1, "Tệp phải bắt đầu bằng các khóa"),
        ("units: []\n", 1, "format: ocop-unit-data/1"),
        ("format: other\nunits: []\n", 1, "format: ocop-unit-data/1"),
        ("format: ocop-unit-data/1\nunits: {a: 1}\n", 2, "phải là một danh sách"),
        ("format: ocop-unit-data/1\nunits:\n  - chữ\n", 3, "phải gồm các dòng “khóa: giá trị”"),
        ("format: ocop-unit-data/1\nunits: []\nunits: []\n", 3, "ghi hai lần"),
        ("format: ocop-unit-data/1\nunits: &a []\nsigners: *a\n", 2, "không dùng dấu & và *"),
        ("format: ocop-unit-data/1\nunits: [\n", 3, "Không đọc được YAML"),
        ("format: ocop-unit-data/1\n\tunits: []\n", 2, "Không đọc được YAML"),
        ("format: \x07\n", 1, "ký tự ẩn không đọc được"),
        ("format: ocop-unit-data/1\nabout: " + "[" * 50 + "]" * 50 + "\n", 2, "lồng nhau quá 40 cấp"),
        ("#" * (MAX_BYTES + 1), 1, "lớn hơn 5 MB"),
    ],
)
def test_files_that_are_no_such_file(text, line, words):
    faults = faults_of(text)

    assert faults[0].startswith(f"dòng {line}: ")
    assert words in faults[0]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("producers:\n  - {name: A B, kind: household, commune: xa, women_led: maybe}\n", "không phải true hay false"),
        ("producers:\n  - {name: [a], kind: household, commune: xa}\n", "Cần một đoạn chữ"),
        ("signers:\n  - {name: A B, position: C, authority_lines: {a: b}}\n", "Cần một danh sách các dòng chữ"),
        (
            "signers:\n  - {name: A B, position: C, authority_lines: [X], valid_from: 31/02/2022}\n",
            "không phải một ngày có thật",
        ),
        ("targets:\n  - {year: 2022, measure: potential, value: -1}\n", "không phải số nguyên từ 0"),
        ("rounds:\n  - {year: 2022, regime: qd9}\n", "Các chế độ đã có: qd1048_781"),
        (PRODUCT + "    group: qd148-8\n", "Ghi như qd148/9"),
        (PRODUCER + "  - {id: may, name: hộ Gió, kind: household, commune: xa}\n", "id “may” đã dùng"),
        (PRODUCER + "  - {name: Hop tac xa May, kind: household, commune: xa}\n", "Chủ thể này đã ghi ở dòng 7"),
        ("successions:\n  - {predecessor: xa, successor: xa}\n", ""),
    ],
)
def test_values_that_do_not_fit(rows, words):
    load_regulations()

    faults = faults_of(HEAD + rows)

    assert len(faults) == 1
    assert words in faults[0]


def test_a_unit_under_a_lower_one_is_refused():
    faults = faults_of(
        HEAD + '  - {code: "2", kind: province, name: X, level: province, parent: xa, valid_from: 2000-01-01}\n'
    )

    assert faults == ["dòng 6: xã Đồi Thông không phải cấp trên của một đơn vị cấp tỉnh. Chọn đơn vị cấp trên khác."]


def test_a_code_used_twice_must_be_said_with_its_day():
    reused = '  - {code: "00101", kind: commune, name: Đồi Mới, level: commune, valid_from: 2025-07-01}\n'

    faults = faults_of(HEAD + reused + PRODUCER.replace("commune: xa", 'commune: "00101"'))

    assert "Ghi rõ 00101@2000-01-01 (xã Đồi Thông) hoặc 00101@2025-07-01 (xã Đồi Mới)." in faults[0]
    load(HEAD + reused + PRODUCER.replace("commune: xa", "commune: 00101@2025-07-01"), file_name="thu.yaml")
    assert Producer.objects.get().commune.name == "Đồi Mới"


def test_rows_of_an_earlier_file_are_found_by_code_and_name():
    load(HEAD + PRODUCER, file_name="mot.yaml")

    load(
        'format: ocop-unit-data/1\nunit: "001"\nproducts:\n  - {name: Chè, producer: Hop tac xa May}\n'
        "targets:\n  - {year: 2022, measure: potential, value: 3}\n",
        file_name="hai.yaml",
    )

    assert Product.objects.get().producer == Producer.objects.get()


def test_a_name_that_two_rows_have_needs_an_id():
    other = '  - {id: xa2, code: "00102", kind: commune, name: Suối Trong, level: commune, valid_from: 2000-01-01}\n'
    load(
        HEAD + other + PRODUCER + "  - {name: hợp tác xã Mây, kind: cooperative, commune: xa2}\n", file_name="mot.yaml"
    )

    faults = faults_of("format: ocop-unit-data/1\nproducts:\n  - {name: Chè, producer: hợp tác xã Mây}\n")

    assert "có thể là 2 dòng khác nhau" in faults[0]


RECOGNISED = """legal_documents:
  - {key: qd1, type: Quyết định, number: 1/QĐ, issued_on: 2024-05-31, issuer: UBND huyện, title: công nhận}
"""


def test_level_and_end_of_a_recognition_follow_from_the_regime():
    load_regulations()

    load(
        HEAD + RECOGNISED + PRODUCT + "    recognitions: [{decision: qd1, stars: 3, case: first}]\n",
        file_name="thu.yaml",
    )

    recognition = Recognition.objects.get()
    assert (recognition.level, recognition.year, str(recognition.expires_on)) == ("district", 2024, "2027-05-31")


def test_level_and_end_of_a_recognition_as_the_file_says():
    rows = "    recognitions: [{decision: qd1, stars: 3, case: first, level: province, expires_on: 31/12/2025}]\n"

    load(HEAD + RECOGNISED + PRODUCT + rows, file_name="thu.yaml")

    assert Recognition.objects.get().level == "province"


@pytest.mark.parametrize(
    ("recognition", "words"),
    [
        ("{decision: qd1, stars: 1, case: first}", "1 sao không có quyết định công nhận"),
        ("{decision: qd1, stars: 3, case: first, decided_on: 2018-01-01}", "không có chế độ đánh giá nào"),
        (
            "{decision: qd1, stars: 9, case: first, level: province, expires_on: 2030-01-01}",
            "Hạng sao là số từ 1 đến 5.",
        ),
    ],
)
def test_a_recognition_that_cannot_be(recognition, words):
    load_regulations()

    faults = faults_of(HEAD + RECOGNISED + PRODUCT + f"    recognitions:\n      - {recognition}\n")

    assert len(faults) == 1
    assert faults[0].startswith("dòng 15: ")
    assert words in faults[0]


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("{product: mat-ong, case: first, outcome: recognised}", "phải có khóa “decision”"),
        ("{product: mat-ong, case: first, outcome: recognised, decision: qd1}", "chưa có lần công nhận"),
        ("{product: mat-ong, case: first, outcome: not_recognised, decision: qd1}", "Chỉ ghi “decision” khi"),
    ],
)
def test_an_entry_whose_outcome_does_not_fit(entry, words):
    load_regulations()
    rounds = f"rounds:\n  - year: 2024\n    regime: qd148\n    entries:\n      - {entry}\n"

    faults = faults_of(HEAD + RECOGNISED + PRODUCT + rounds)

    assert len(faults) == 1
    assert words in faults[0]


PLAN = """plans:
  - year: 2022
    title: Thực hiện Chương trình
    sections:
      - key: results
        heading: KẾT QUẢ
        numbering: roman
        sections:
          - {key: money, heading: Kinh phí, text: Lời văn, options: {a: [1, 2]}}
          - {key: other, heading: Khác}
    budget_lines:
      - content_group: Đào tạo
        content: Tập huấn
        quantity: 2,5
        unit_price: 1.000.000
        amounts:
          - {source: nsh, amount: 1.500.000}
          - {source: nst, amount: 1.000.000}
"""


def test_sections_keep_their_tree_and_order():
    load(HEAD + PLAN, file_name="thu.yaml")

    parent = PlanSection.objects.get(key="results")
    assert list(parent.children.values_list("key", "sort_order")) == [("money", 1), ("other", 2)]
    assert parent.children.get(key="money").options == {"a": [1, 2]}
    assert BudgetAmount.objects.count() == 2
    assert load(HEAD + PLAN, file_name="thu.yaml").changed == 0


def test_quantity_times_price_must_be_the_sum_of_the_sources():
    faults = faults_of(HEAD + PLAN.replace("amount: 1.000.000", "amount: 900.000"))

    assert len(faults) == 1
    assert faults[0].startswith(
        "dòng 17: Số lượng × đơn giá là 2.500.000 đồng nhưng các nguồn cộng lại là 2.400.000 đồng. Sửa"
    )


def test_a_line_without_price_is_the_sum_of_its_sources():
    load(HEAD + PLAN.replace("        unit_price: 1.000.000\n", ""), file_name="thu.yaml")

    assert BudgetLine.objects.get().unit_price is None


def test_a_plan_that_was_submitted_is_not_changed_but_may_be_loaded_unchanged(leader):
    load(HEAD + PLAN, file_name="thu.yaml")
    Plan.objects.update(state="submitted", submitted_by=leader, submitted_at="2022-01-10T00:00:00Z")

    same = load(HEAD + PLAN, file_name="thu.yaml")
    faults = faults_of(HEAD + PLAN.replace("heading: Khác", "heading: Mới"))

    assert same.changed == same.added == 0
    assert "đã trình nên tệp không sửa được" in faults[0]


def test_a_potential_product_needs_a_commune():
    rows = "plans:\n  - {year: 2022, title: T, potential_products: [{name: Chè}]}\n"

    assert "phải có xã" in faults_of(HEAD + rows)[0]


def test_command_reports_counts_and_sums_up(tmp_path):
    path, out = tmp_path / "don-vi.yaml", StringIO()
    path.write_text(HEAD + PRODUCER, encoding="utf-8")

    call_command("load_unit_data", str(path), stdout=out)

    lines = out.getvalue().splitlines()
    assert " ".join(lines[0].split()) == "đơn vị hành chính thêm 2 sửa 0 giữ nguyên 0"
    assert lines[-1] == "Đã nạp don-vi.yaml: thêm 3, sửa 0, giữ nguyên 0."


def test_command_names_file_and_line_of_each_fault(tmp_path):
    path, err = tmp_path / "don-vi.yaml", StringIO()
    path.write_text(HEAD + PRODUCER.replace("name:", "ten:"), encoding="utf-8")

    with pytest.raises(CommandError, match=r"Không nạp gì: don-vi\.yaml có 2 lỗi\."):
        call_command("load_unit_data", str(path), stderr=err)

    assert [line.partition(":")[0] for line in err.getvalue().splitlines()] == ["don-vi.yaml, dòng 7"] * 2


def test_command_without_a_readable_file(tmp_path):
    with pytest.raises(CommandError, match="Không có tệp"):
        call_command("load_unit_data", str(tmp_path / "khong-co.yaml"))
    (tmp_path / "cu.yaml").write_bytes("tiếng Việt".encode("utf-16"))
    with pytest.raises(CommandError, match="Không đọc được tệp"):
        call_command("load_unit_data", str(tmp_path / "cu.yaml"))


PLAN_OPTIONS = "plans:\n  - {year: 2022, title: Kế hoạch, sections: [{key: a, text: x, options: %s}]}\n"


@pytest.mark.parametrize(
    "options",
    ["{a: !rieng 1}", "{a: 2022-01-01}", "{a: 2022-13-45}", "{a: .nan}", "{a: .inf}", "{[1]: 2}", "{a: !!set {x, y}}",
     '{a: !!binary "zzz"}', '{a: !!python/object/apply:os.system ["id"]}', "{a: " + "9" * 5000 + "}"],
)  # fmt: skip
def test_options_are_only_what_can_be_kept(options):
    assert faults_of(HEAD + PLAN_OPTIONS % options) == [
        (
            "dòng 7: options: Chỗ này chỉ gồm danh sách, khóa, chữ và số. "
            "Đặt ngày và chữ có dấu ! ở đầu trong dấu ngoặc kép."
        )
    ]


@pytest.mark.parametrize("text", ['"A\\0B"', '"A\\x1bB"', '"A\\uD800B"'])
def test_hidden_characters_are_refused_where_they_stand(text):
    assert faults_of(HEAD + PRODUCER.replace("hợp tác xã Mây", text)) == [
        "dòng 7: name: Có ký tự ẩn không lưu được. Xóa đi rồi gõ lại."
    ]
    assert faults_of(HEAD + PLAN_OPTIONS % f"{{a: {text}}}") == [
        "dòng 7: options: Có ký tự ẩn không lưu được. Xóa đi rồi gõ lại."
    ]


def test_a_character_that_yaml_cannot_read_is_named_by_its_line():
    assert faults_of(HEAD + "# \0\n") == ["dòng 6: Dòng này có ký tự ẩn không đọc được. Xóa rồi gõ lại dòng này."]


@pytest.mark.parametrize("year", ["9" * 5000, "99999", "1", "١٩٩٩"])
def test_a_year_has_four_digits(year):
    (fault,) = faults_of(HEAD + f"plans:\n  - {{year: {year}, title: Kế hoạch}}\n")

    assert fault.startswith("dòng 7: year: ")
    assert "Ghi bốn chữ số, như 2022." in fault


def test_a_day_lies_in_a_year_that_documents_can_have():
    (fault,) = faults_of(HEAD.replace("valid_from: 2000-01-01}\n  -", "valid_from: 9999-12-31}\n  -"))[:1]

    assert fault == "dòng 4: valid_from: Năm của ngày 31/12/9999 phải từ 1900 đến 2100. Kiểm tra lại bốn chữ số."


def test_emptied_days_of_a_recognition_follow_from_the_decision():
    load_regulations()
    law = (
        "legal_documents:\n"
        "  - {key: k1, type: Quyết định, number: '1', issued_on: 2021-01-01, issuer: UBND, title: Công nhận}\n"
    )
    given = "    recognitions:\n      - {decision: k1, stars: 3, case: first, decided_on: null, year: null}\n"

    load(HEAD + law + PRODUCT + given, file_name="thu.yaml")

    recognition = Recognition.objects.get()
    assert (str(recognition.decided_on), recognition.year) == ("2021-01-01", 2021)


def test_succession_in_a_circle_is_refused():
    other = '  - {id: moi, code: "002", kind: district, name: Khác, level: district, valid_from: 2000-01-01}\n'
    circle = "successions:\n  - {predecessor: huyen, successor: moi}\n  - {predecessor: moi, successor: huyen}\n"

    (fault,) = faults_of(HEAD + other + circle)

    assert fault.startswith("dòng 9: ")
    assert "chiều ngược lại" in fault


def test_tax_number_is_one_number_however_it_is_written():
    taxed = "producers:\n  - {name: A, kind: household, commune: xa, tax_number: '1400 000 001'}\n"
    load(HEAD + taxed, file_name="thu.yaml")

    assert load(HEAD + taxed.replace("1400 000 001", "1400000001"), file_name="thu.yaml").changed == 0
    (fault,) = faults_of(HEAD + taxed + "  - {name: B, kind: household, commune: xa, tax_number: '1400.000.001'}\n")
    assert fault.startswith("dòng 8: Mã số thuế này đã có ở một chủ thể khác.")
