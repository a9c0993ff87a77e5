"""Addresses of evaluation rounds and dossiers."""

from django.urls import path

from dossiers.views import dossiers, rounds

app_name = "dossiers"

urlpatterns = [
    path("ho-so/", dossiers.dossier_list, name="list"),
    path("ho-so/<int:pk>/", dossiers.dossier_detail, name="detail"),
    path("ho-so/<int:pk>/sua/", dossiers.dossier_edit, name="edit"),
    path("ho-so/<int:pk>/ket-qua/", dossiers.dossier_outcome, name="outcome"),
    path("san-pham/<int:product_pk>/ho-so/moi/", dossiers.dossier_create, name="create"),
    path("dot-danh-gia/", rounds.round_list, name="round-list"),
    path("dot-danh-gia/<int:pk>/", rounds.round_detail, name="round-detail"),
    path("dot-danh-gia/<int:pk>/sua/", rounds.round_edit, name="round-edit"),
    path("xa/<int:unit_pk>/dot-danh-gia/moi/", rounds.round_create, name="round-create"),
]
