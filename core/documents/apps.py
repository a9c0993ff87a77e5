from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "core.documents"

    def ready(self) -> None:
        from core.documents.pdf import start_server  # noqa: PLC0415
        from core.documents.queries import can_read_file  # noqa: PLC0415 -- models are ready only now
        from core.documents.services import OWNER  # noqa: PLC0415
        from core.files.registry import register_owner  # noqa: PLC0415
        from core.jobs.registry import register_worker_start  # noqa: PLC0415

        register_owner(OWNER, can_read_file)
        register_worker_start("render server", start_server)
