"""`manage.py verify_audit`: is the log whole?"""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from core.audit import queries
from core.vietnamese.numbers import integer


class Command(BaseCommand):
    help = "Kiểm tra từng dòng nhật ký và chuỗi niêm; kết thúc với mã 1 khi có chỗ sai."

    def handle(self, *args: Any, **options: Any) -> None:
        found = queries.verify()
        for fault in found.faults:
            self.stdout.write(fault.sentence)
        self.stdout.write(f"Đầu chuỗi niêm: {found.head}")
        self.stdout.write(
            f"{integer(found.rows)} dòng, {integer(found.sealed)} đã niêm, "
            f"{integer(found.unsealed)} chờ niêm, {integer(len(found.faults))} sai."
        )
        if not found.is_whole:
            sys.exit(1)
