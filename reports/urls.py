"""Addresses of home and dashboards."""

from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("", views.home, name="home"),
    path("tong-quan/", views.overview, name="overview"),
    path("viec-can-lam/", views.todo, name="todo"),
]
