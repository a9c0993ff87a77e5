from django.apps import AppConfig


class ProductsConfig(AppConfig):
    name = "products"

    def ready(self) -> None:
        # Registries are filled when all apps are loaded.
        from core import navigation, panels  # noqa: PLC0415
        from producers.models import Producer  # noqa: PLC0415
        from products.screens import products_of_producer  # noqa: PLC0415

        navigation.register("products:list", "Sản phẩm", order=30)
        panels.register(Producer, products_of_producer)
