"""The built-in runner: runs jobs from their rows, without Celery or Redis."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core.jobs import registry, runner


class Command(BaseCommand):
    help = "Chạy các tác vụ đang chờ (tạo văn bản …) và việc định kỳ trên một máy, không cần Redis."
    requires_system_checks: list[str] = []  # the web process has checked; the runner starts at once

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--until-idle", action="store_true", help="Chạy hết việc đang chờ rồi dừng.")

    def handle(self, *args: Any, **options: Any) -> None:
        loop = runner.Loop(worker=runner.worker_name())
        if options["until_idle"]:
            done = loop.run_until_idle()
            self.stdout.write(f"Đã chạy {done} tác vụ.")
            return
        loop.listen_to_signals()
        registry.worker_started()
        self.stdout.write("Đang chờ tác vụ. Nhấn Ctrl+C để dừng sau khi xong việc đang làm.")
        self.stdout.flush()
        loop.run()
        self.stdout.write("Đã dừng, không còn việc dở dang.")
