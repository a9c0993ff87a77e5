from django.urls import path

from core.files import views

app_name = "files"
urlpatterns = [path("tep/<uuid:file_uuid>/<str:name>", views.download, name="download")]
