from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "core.documents"

    def ready(self) -> None:
        from core.documents.queries import can_read_file  # noqa: PLC0415 -- models are ready only now
        from core.documents.services import OWNER  # noqa: PLC0415
        from core.files import registry  # noqa: PLC0415

        registry.register_owner(OWNER, can_read_file)
