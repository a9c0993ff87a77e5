from django.urls import path

from core.jobs import views

app_name = "jobs"
urlpatterns = [
    path("tac-vu/", views.job_list, name="list"),
    path("tac-vu/<uuid:job_uuid>/", views.job_detail, name="detail"),
    path("tac-vu/<uuid:job_uuid>/tien-do/", views.job_progress, name="progress"),
    path("tac-vu/<uuid:job_uuid>/chay-lai/", views.job_retry, name="retry"),
]
