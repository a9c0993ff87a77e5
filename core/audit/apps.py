from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "core.audit"
    verbose_name = "nhật ký"
