"""Addresses of producers."""

from django.urls import path

from producers import views

app_name = "producers"

urlpatterns = [
    path("chu-the/", views.producer_list, name="list"),
    path("chu-the/moi/", views.producer_create, name="create"),
    path("chu-the/<int:pk>/", views.producer_detail, name="detail"),
    path("chu-the/<int:pk>/sua/", views.producer_edit, name="edit"),
]
