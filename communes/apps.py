from django.apps import AppConfig


class CommunesConfig(AppConfig):
    name = "communes"

    def ready(self) -> None:
        from core import catalogue  # noqa: PLC0415 -- registries are filled when all apps are loaded

        lists = (
            ("communes:unit-list", "Đơn vị hành chính"),
            ("communes:office-list", "Cơ quan phối hợp và nhiệm vụ"),
            ("communes:signer-list", "Người ký"),
            ("communes:letter-head-list", "Thể thức văn bản"),
            ("communes:recipient-list", "Nơi nhận"),
        )
        catalogue.register("Đơn vị và thể thức", lists, order=20)
