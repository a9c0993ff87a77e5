"""`generate_plan UNIT_CODE YEAR --output DIR`: the plan and its annexes as files."""

import contextlib
import hashlib
import os
import shutil
import sys
import uuid
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from communes.queries import unit_for
from core.errors import Refused
from core.vietnamese import numbers
from plans.collect import PlanSnapshot, collect_plan
from plans.generate import PlanFile, generate_files, step_count
from plans.models import Plan
from plans.text import upper_first


class Command(BaseCommand):
    """Writes all files or none: they are made in a folder beside the target and moved there when all are whole."""

    requires_system_checks = ()  # it serves no page: the addresses need not be loaded
    help = "Tạo kế hoạch và các biểu (PDF, DOCX, XLSX) của một đơn vị và một năm vào một thư mục."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "unit_code", metavar="UNIT_CODE", help="mã đơn vị, ví dụ 869, hoặc MÃ@NGÀY như 29944@2025-07-01"
        )
        parser.add_argument("year", metavar="YEAR", type=int, help="năm kế hoạch")
        parser.add_argument("--output", required=True, metavar="DIR", help="thư mục ghi các tệp")

    def handle(self, *_args: Any, unit_code: str, year: int, output: str, **_options: Any) -> None:
        try:
            snapshot, files = self._generate(unit_code, year)
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        folder = Path(output)
        try:
            write_all(folder, files)
        except OSError as error:
            raise CommandError(
                f"Không ghi được vào {folder}: {error.strerror or error}. Chọn thư mục khác hoặc dọn chỗ trống."
            ) from error
        self._report(folder, snapshot, files)

    def _generate(self, unit_code: str, year: int) -> tuple[PlanSnapshot, tuple[PlanFile, ...]]:
        unit = unit_for(unit_code, year)
        plan = Plan.objects.filter(unit=unit, year=year).select_related("unit", "signer").first()
        if plan is None:
            raise CommandError(
                f"{upper_first(unit.full_name)} chưa có kế hoạch năm {year}. Lập kế hoạch trong phần mềm hoặc nạp tệp dữ liệu có kế hoạch này."
            )
        snapshot = collect_plan(plan)
        with tqdm(total=step_count(snapshot), file=sys.stderr, unit="bước", disable=None) as bar:

            def step(name: str, number: int, _total: int) -> None:
                bar.set_description(name)
                bar.update(number - 1 - bar.n)

            files = generate_files(snapshot, step=step)
            bar.update(bar.total - bar.n)
        return snapshot, files

    def _report(self, folder: Path, snapshot: PlanSnapshot, files: Iterable[PlanFile]) -> None:
        for file in files:
            self.stdout.write(f"{hashlib.sha256(file.data).hexdigest()}  {file.name}")
        for missing in snapshot.missing:
            self.stdout.write(f"Còn thiếu: {missing.sentence}")
        written = list(files)
        size = numbers.integer(sum(len(file.data) for file in written) // 1024)
        self.stdout.write(
            f"Đã ghi {len(written)} tệp ({size} KB) vào {folder}: kế hoạch năm {snapshot.year} của {snapshot.unit_name}, "
            f"{len(snapshot.annexes)} biểu, {len(snapshot.missing)} phần còn thiếu."
        )


def write_all(folder: Path, files: Iterable[PlanFile]) -> None:
    """Write all files or none: on a failure the folder, and those above it, are as they were.

    The files are written beside their place first. A new folder then gets its name at once; into a folder that is there
    they move one by one, and what they replaced is put back when one cannot.
    """
    written = list(files)
    is_there = folder.is_dir()
    made = [one for one in folder.parents if not one.exists()]
    draft = (folder if is_there else folder.parent) / f".ke-hoach-{uuid.uuid4().hex}"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft.mkdir()
        for file in written:
            _write(draft / file.name, file.data)
        if is_there:
            _move_in(draft, folder, [file.name for file in written])
        else:
            draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        for one in made:
            with contextlib.suppress(OSError):  # never made, or in use by now
                one.rmdir()
        raise
    shutil.rmtree(draft, ignore_errors=True)


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as target:
        target.write(data)
        target.flush()
        os.fsync(target.fileno())


def _move_in(draft: Path, folder: Path, names: Iterable[str]) -> None:
    """Move the files into the folder; on a failure put back what was there."""
    before = draft / "before"
    before.mkdir()
    moved: list[str] = []
    try:
        for name in names:
            if (folder / name).exists():
                shutil.copy2(folder / name, before / name)
            moved.append(name)
            (draft / name).replace(folder / name)
    except BaseException:
        for name in moved:
            if (before / name).exists():
                (before / name).replace(folder / name)
            elif not (draft / name).exists():  # it had moved
                (folder / name).unlink()
        raise
