from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "dossiers"

    def ready(self) -> None:
        # Registries are filled when all apps are loaded.
        from core import navigation, panels  # noqa: PLC0415
        from dossiers.screens import dossiers_of_product  # noqa: PLC0415
        from products.models import Product  # noqa: PLC0415

        navigation.register("dossiers:list", "Hồ sơ", order=20)
        panels.register(Product, dossiers_of_product)
