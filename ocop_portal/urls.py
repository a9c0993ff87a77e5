"""All addresses. Vietnamese without marks in the path, English in the names."""

from django.urls import include, path

handler400 = "core.views.bad_request"
handler403 = "core.views.permission_denied"
handler404 = "core.views.page_not_found"
handler500 = "core.views.server_error"

urlpatterns = [
    path("", include("reports.urls")),
    path("", include("accounts.urls")),
    path("", include("communes.urls")),
    path("", include("regulations.urls")),
    path("", include("producers.urls")),
    path("", include("products.urls")),
    path("", include("dossiers.urls")),
    path("", include("plans.urls")),
    path("", include("core.jobs.urls")),
    path("", include("core.files.urls")),
]
