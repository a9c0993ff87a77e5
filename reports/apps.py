from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        # Registries are filled when all apps are loaded.
        from core import navigation  # noqa: PLC0415
        from reports import rules  # noqa: PLC0415

        navigation.register("reports:overview", "Tổng quan", order=5, visible=rules.can_view_overview)
        navigation.register("reports:todo", "Việc cần làm", order=10, visible=lambda user: user.role != "leader")
