from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "core.jobs"

    def ready(self) -> None:
        from core.jobs import registry, services  # noqa: PLC0415 -- models are ready only now

        registry.register_tick("sweep-jobs", 15, services.sweep)
