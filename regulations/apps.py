from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    name = "regulations"

    def ready(self) -> None:
        from core import catalogue  # noqa: PLC0415 -- registries are filled when all apps are loaded

        lists = (
            ("regulations:document-list", "Văn bản"),
            ("regulations:citation-list", "Căn cứ của kế hoạch"),
            ("regulations:regime-list", "Chế độ đánh giá"),
            ("regulations:group-list", "Nhóm sản phẩm"),
        )
        catalogue.register("Văn bản và quy định", lists, order=30)
