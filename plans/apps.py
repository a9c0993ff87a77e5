from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "kế hoạch"

    def ready(self) -> None:
        from plans import figures, jobs  # noqa: F401, PLC0415 -- figures register themselves; models are ready only now

        jobs.register()
