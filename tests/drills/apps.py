from django.apps import AppConfig


class DrillConfig(AppConfig):
    name = "tests.drills"
    label = "drills"

    def ready(self) -> None:
        from core.jobs import registry
        from tests.drills import handlers

        registry.register(handlers.KIND, handlers.make_document, label="Tạo văn bản diễn tập")
