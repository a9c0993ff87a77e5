from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "core.jobs"

    def ready(self) -> None:
        from core.audit.services import seal_pending  # noqa: PLC0415 -- models are ready only now
        from core.jobs import registry, services  # noqa: PLC0415

        registry.register_tick("sweep-jobs", 15, services.sweep)
        registry.register_tick("seal-audit-log", 60, seal_pending)
