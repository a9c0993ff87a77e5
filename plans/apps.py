from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "kế hoạch"

    def ready(self) -> None:
        from core import catalogue, navigation  # noqa: PLC0415
        from plans import figures, jobs  # noqa: F401, PLC0415 -- figures register themselves; models are ready only now
        from plans.rules import READERS  # noqa: PLC0415

        jobs.register()
        navigation.register("plans:list", "Kế hoạch", order=50, visible=lambda user: user.role in READERS)
        lists = (
            ("plans:target-list", "Chỉ tiêu"),
            ("plans:activity-list", "Hoạt động"),
            ("plans:spending-list", "Kinh phí đã chi"),
        )
        catalogue.register("Số liệu hằng năm", lists, order=10)
