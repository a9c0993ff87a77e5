"""manage.py load_unit_data FILE.yaml: load a whole unit from a file (docs/unit-data.md)."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.unit_data.document import MAX_BYTES, TOO_LARGE, FileFaults
from reports.unit_data.loader import Result, load


class Command(BaseCommand):
    help = "Nạp dữ liệu của một đơn vị từ tệp YAML: nạp hết hoặc không nạp gì."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="đường dẫn tệp .yaml")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        try:
            result = load(self._text_of(path), file_name=path.name)
        except FileFaults as error:
            for fault in error.faults:
                self.stderr.write(f"{path.name}, {fault}")
            raise CommandError(f"Không nạp gì: {path.name} có {len(error.faults)} lỗi. Sửa rồi nạp lại.") from error
        self._report(path, result)

    @staticmethod
    def _text_of(path: Path) -> str:
        try:
            if path.stat().st_size > MAX_BYTES:
                raise CommandError(f"{path}: {TOO_LARGE} (0 dòng được nạp)")
            return path.read_text(encoding="utf-8-sig")
        except FileNotFoundError as error:
            raise CommandError(f"Không có tệp {path}. Kiểm tra lại đường dẫn (0 dòng được nạp).") from error
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(
                f"Không đọc được tệp {path}. Lưu tệp dạng UTF-8 và cho phép đọc (0 dòng được nạp)."
            ) from error

    def _report(self, path: Path, result: Result) -> None:
        for tally in result.tallies.values():
            self.stdout.write(
                f"{tally.label:<28} thêm {tally.added:>4}   sửa {tally.changed:>4}   giữ nguyên {tally.same:>4}"
            )
        self.stdout.write(f"Đã nạp {path.name}: thêm {result.added}, sửa {result.changed}, giữ nguyên {result.same}.")
