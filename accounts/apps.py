from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from core import navigation  # noqa: PLC0415 -- registries are filled when all apps are loaded

        readers = {"admin", "officer", "leader"}
        navigation.register("accounts:catalogue", "Danh mục", order=80, visible=lambda user: user.role in readers)
        navigation.register("accounts:list", "Tài khoản", order=90, visible=lambda user: user.role == "admin")
