from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "core.files"

    def ready(self) -> None:
        from core.files import services  # noqa: PLC0415 -- models are ready only now
        from core.jobs import registry  # noqa: PLC0415

        registry.register_tick("sweep-orphan-files", 3600, services.sweep_orphans)
