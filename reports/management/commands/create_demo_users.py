"""manage.py create_demo_users: the accounts of the demonstration. Refuses outside it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.demo import DemoUnitMissing
from reports.demo import set_up_people


class Command(BaseCommand):
    help = "Tạo các tài khoản thử, mỗi vai trò một tài khoản, không có mật khẩu. Chỉ chạy ở bản thử."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.OCOP_DEMO:
            raise CommandError("Không tạo tài khoản nào: đây không phải bản thử (OCOP_DEMO chưa bật).")
        try:
            users = set_up_people()
        except DemoUnitMissing as error:
            raise CommandError(f"Không tạo tài khoản nào. {error.sentence}") from error
        for user in users:
            self.stdout.write(f"{user.username:<22} {user.full_name} ({user.unit})")
        self.stdout.write(f"Bản thử có {len(users)} tài khoản.")
