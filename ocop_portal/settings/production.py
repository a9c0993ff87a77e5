"""Production: everything from the environment; refuses to start on a sample key or with DEBUG on."""

from django.core.exceptions import ImproperlyConfigured

from ocop_portal.settings import base
from ocop_portal.settings.base import *  # noqa: F403 -- settings are names of a module, Django reads them so

_SAMPLE_KEYS = ("dev-only", "test-only", "django-insecure", "change-me", "changeme", "secret")

SECRET_KEY = base.env.str("SECRET_KEY", default="")
if len(SECRET_KEY) < 50 or SECRET_KEY.lower().startswith(_SAMPLE_KEYS):  # noqa: PLR2004 -- Django's own check asks 50
    raise ImproperlyConfigured(
        "Đặt biến SECRET_KEY bằng một khóa ngẫu nhiên từ 50 ký tự trở lên. "
        "Tạo khóa: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
    )
if base.env.bool("DEBUG", default=False):
    raise ImproperlyConfigured("Bỏ biến DEBUG: máy chủ thật không chạy ở chế độ DEBUG.")
if base.OCOP_DEMO:
    raise ImproperlyConfigured("Bỏ biến OCOP_DEMO: máy chủ thật không mở tài khoản thử.")

SECURE_SSL_REDIRECT = base.env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = base.env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
