from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "core.audit"
    verbose_name = "nhật ký"

    def ready(self) -> None:
        from core.audit import services  # noqa: PLC0415 -- models are ready only now
        from core.jobs import registry  # noqa: PLC0415

        registry.register_tick("seal-audit-log", 60, services.seal_pending)
