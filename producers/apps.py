from django.apps import AppConfig


class ProducersConfig(AppConfig):
    name = "producers"

    def ready(self) -> None:
        from core import navigation  # noqa: PLC0415 -- registries are filled when all apps are loaded

        navigation.register("producers:list", "Chủ thể", order=40)
