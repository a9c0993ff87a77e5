"""The job and the command: the same files, published once, refused in Vietnamese."""

import hashlib
import io
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from communes.tests.factories import UnitFactory
from core.documents.models import GeneratedDocument
from core.documents.queries import latest
from core.files.registry import can_read
from core.jobs.models import Job, JobState
from core.jobs.runner import run_next
from plans import services
from plans.collect import collect_plan
from plans.generate import PlanFile, generate_files, step_count
from plans.jobs import DOCUMENT_KIND, PlanGone
from plans.management.commands.generate_plan import write_all
from plans.models import Plan
from plans.tests.factories import BudgetAmountFactory, BudgetLineFactory, PlanFactory, PlanSectionFactory
from plans.tests.world import plan_with_rows

NAMES = ["ke-hoach.pdf", "ke-hoach.docx", "bieu-1.xlsx", "bieu-2.xlsx", "bieu-3.xlsx", "bieu-4.xlsx"]


@pytest.fixture
def plan(district):
    return plan_with_rows(district)


## Files


def test_two_renders_of_one_snapshot_are_equal_bytes_and_steps_are_told(plan):
    told = []
    snapshot = collect_plan(plan)
    first = generate_files(snapshot, step=lambda *step: told.append(step))

    assert [file.name for file in first] == NAMES
    assert first == generate_files(collect_plan(Plan.objects.get(pk=plan.pk)))
    assert told[-1] == ("Dàn trang PDF", 7, 8)
    assert [number for _name, number, _total in told] == [2, 3, 4, 5, 6, 7]
    assert step_count(snapshot) == 8
    assert first[0].content_type == "application/pdf"


## The job


@pytest.mark.django_db(transaction=True)
def test_the_job_publishes_the_plan_s_files_once(plan, officer, district):
    job = services.request_generation(plan, by=officer)
    assert services.request_generation(plan, by=officer) == job

    assert run_next("máy-1")

    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.DONE, "")
    document = latest(DOCUMENT_KIND, plan.pk)
    assert job.result["document"] == document.pk
    assert document.snapshot_hash == collect_plan(plan).identity
    assert [file.role for file in document.files.all()] == ["pdf", "docx", "bieu-1", "bieu-2", "bieu-3", "bieu-4"]
    assert services.request_generation(plan, by=officer).pk == job.pk
    assert GeneratedDocument.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_changed_plan_is_another_job_and_another_document(plan, officer):
    first = services.request_generation(plan, by=officer)
    services.update_section(plan.sections.get(key="goal"), {"text": "Mới."}, by=officer)
    second = services.request_generation(plan, by=officer)

    assert first != second
    while run_next("máy-1"):
        pass

    assert Job.objects.filter(state=JobState.DONE).count() == 2
    assert GeneratedDocument.objects.count() == 1  # both jobs met the same, newest rows


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_deleted_plan_says_so(district, officer):
    plan = PlanFactory(unit=district)
    job = services.request_generation(plan, by=None)
    Plan.objects.all().delete()

    run_next("máy-1")

    job.refresh_from_db()
    assert (job.state, job.error_code) == (JobState.FAILED, PlanGone.__name__)
    assert job.error.startswith("Kế hoạch này đã bị xóa")


@pytest.mark.django_db(transaction=True)
def test_who_may_not_generate_gets_nothing(plan, officer, council_member):
    job = services.request_generation(plan, by=council_member)

    run_next("máy-1")

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert not GeneratedDocument.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_files_are_read_by_those_who_see_the_plan(
    plan, officer, leader, province_officer, commune_officer, producer_user
):
    services.request_generation(plan, by=officer)
    run_next("máy-1")
    stored = latest(DOCUMENT_KIND, plan.pk).file("pdf").stored_file

    readers = [
        can_read(person, stored) for person in (officer, leader, province_officer, commune_officer, producer_user)
    ]

    assert readers == [True, True, True, False, False]


def test_a_plan_whose_text_cannot_be_read_asks_for_no_job(district, officer):
    plan = PlanFactory(unit=district)
    PlanSectionFactory(plan=plan, text="{bonus}")

    with pytest.raises(Exception, match="Mục “Kết quả:”: Dòng 1"):
        services.request_generation(plan, by=officer)

    assert not Job.objects.exists()


## The command


def test_the_command_writes_the_files_and_prints_their_hashes(plan, tmp_path, capsys):
    call_command("generate_plan", "869", "2022", "--output", str(tmp_path / "out"))
    out = capsys.readouterr().out.splitlines()

    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(NAMES)
    for name, line in zip(NAMES, out, strict=False):
        assert line == f"{hashlib.sha256((tmp_path / 'out' / name).read_bytes()).hexdigest()}  {name}"
    assert "Còn thiếu: Mục “Mục tiêu chung:” chưa có nội dung. Soạn ở trang Nội dung kế hoạch." in out
    assert out[-1].startswith("Đã ghi 6 tệp (")
    assert "kế hoạch năm 2022 của huyện Tân Hồng, 4 biểu" in out[-1]


@pytest.mark.parametrize(
    ("code", "year", "words"),
    [
        ("000", "2022", "Chưa có đơn vị nào mang mã 000"),
        ("869", "2026", "Năm 2026 không có đơn vị mang mã 869"),
        ("869", "2023", "^Huyện Tân Hồng chưa có kế hoạch năm 2023"),
        ("869@hôm nay", "2022", "sau dấu @ phải là một ngày"),
    ],
)
def test_the_command_refuses_with_the_reason_and_writes_nothing(district, tmp_path, code, year, words):
    with pytest.raises(CommandError, match=words):
        call_command("generate_plan", code, year, "--output", str(tmp_path / "out"))

    assert not (tmp_path / "out").exists()


def test_a_code_of_two_units_in_a_year_is_asked_for_with_both_names(district, tmp_path):
    UnitFactory(district=True, code="869", name="Tân Hồng Mới", valid_from=date(2025, 7, 1))

    with pytest.raises(CommandError, match="869@2000-01-01 .huyện Tân Hồng. hoặc 869@2025-07-01 .huyện Tân Hồng Mới."):
        call_command("generate_plan", "869", "2025", "--output", str(tmp_path))


def test_a_folder_that_cannot_be_written_is_told(plan, tmp_path):
    (tmp_path / "out").write_text("a file in the way")

    with pytest.raises(CommandError, match="Không ghi được vào"):
        call_command("generate_plan", "869", "2022", "--output", str(tmp_path / "out"))


FILES = (
    PlanFile("ke-hoach.pdf", "pdf", b"pdf"),
    PlanFile("ke-hoach.docx", "docx", b"docx"),
    PlanFile("b.xlsx", "b", b"xlsx"),
)


def content(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("folder", ["out", "deep/er/out", "."])
def test_files_that_cannot_all_be_written_leave_everything_as_it_was(tmp_path, monkeypatch, folder):
    (tmp_path / "ke-hoach.pdf").write_bytes(b"before")
    monkeypatch.setattr("os.fsync", lambda _fd: (_ for _ in ()).throw(OSError(28, "No space left on device")))

    with pytest.raises(OSError, match="No space"):
        write_all(tmp_path / folder, FILES)

    assert content(tmp_path) == {"ke-hoach.pdf": b"before"}


@pytest.mark.parametrize("fault", [OSError, KeyboardInterrupt])
@pytest.mark.parametrize("fails_at", ["ke-hoach.pdf", "ke-hoach.docx", "b.xlsx"])
def test_a_move_that_fails_in_the_middle_puts_back_what_was_there(tmp_path, monkeypatch, fails_at, fault):
    (tmp_path / "ke-hoach.pdf").write_bytes(b"before")
    (tmp_path / "own.txt").write_bytes(b"of the user")
    replace = Path.replace

    def stumble(path, target):
        if path.name == fails_at and path.parent.name != "before":
            raise fault
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", stumble)
    with pytest.raises(fault):
        write_all(tmp_path, FILES)

    assert content(tmp_path) == {"ke-hoach.pdf": b"before", "own.txt": b"of the user"}


@pytest.mark.parametrize("folder", ["out", "deep/er/out"])
def test_all_files_appear_and_a_second_run_replaces_them(tmp_path, folder):
    write_all(tmp_path / folder, [PlanFile("ke-hoach.pdf", "pdf", b"older")])
    (tmp_path / folder / "own.txt").write_bytes(b"of the user")

    write_all(tmp_path / folder, FILES)

    assert content(tmp_path / folder) == {file.name: file.data for file in FILES} | {"own.txt": b"of the user"}


def test_a_landscape_page_of_the_budget_holds_twelve_rows_of_one_line(district):
    import pdfplumber

    plan = plan_with_rows(district)
    for number in range(20):
        line = BudgetLineFactory(
            plan=plan, content=f"Nội dung {number}", measure_unit="lớp", quantity=2, unit_price=5_000_000
        )
        BudgetAmountFactory(line=line, amount=4_000_000)
        for source in ("nstw", "nst", "nsx", "lg", "du", "khac"):
            BudgetAmountFactory(line=line, source=source, amount=1_000_000)
    [pdf] = [file.data for file in generate_files(collect_plan(plan)) if file.role == "pdf"]

    with pdfplumber.open(io.BytesIO(pdf)) as document:
        page = next(page for page in document.pages if "Biểu 3" in (page.extract_text() or "")[:10])
        printed = page.extract_text().count("Nội dung ") - 1  # the head says it too

    assert printed >= 12
