"""manage.py load_regulations: load the law that comes with the portal."""

from typing import Any

from django.core.management.base import BaseCommand

from regulations.reference import load_regulations


class Command(BaseCommand):
    help = "Nạp chế độ đánh giá và nhóm sản phẩm đi kèm phần mềm. Chạy lại không đổi gì."

    def handle(self, *args: Any, **options: Any) -> None:
        counts = load_regulations()
        self.stdout.write(
            f"Đã nạp dữ liệu pháp lý: thêm {counts.added}, sửa {counts.changed}, giữ nguyên {counts.same}."
        )
