"""Addresses of units and of what they print."""

from django.urls import path
from django.urls.resolvers import URLPattern

from communes.views import offices, printing, units
from communes.views.printing import LETTER_HEAD, RECIPIENT, SIGNER, Noun

app_name = "communes"


def _noun_paths(prefix: str, noun: Noun) -> list[URLPattern]:
    given = {"noun": noun}
    return [
        path(f"{prefix}/", printing.noun_list, given, name=f"{noun.name}-list"),
        path(f"{prefix}/<int:pk>/", printing.noun_detail, given, name=f"{noun.name}-detail"),
        path(f"{prefix}/<int:pk>/sua/", printing.noun_edit, given, name=f"{noun.name}-edit"),
        path(f"xa/<int:unit_pk>/{prefix}/moi/", printing.noun_create, given, name=f"{noun.name}-create"),
    ]


urlpatterns = [
    path("xa/", units.unit_list, name="unit-list"),
    path("xa/moi/", units.unit_create, name="unit-create"),
    path("xa/<int:pk>/", units.unit_detail, name="unit-detail"),
    path("xa/<int:pk>/sua/", units.unit_edit, name="unit-edit"),
    path("xa/<int:pk>/don-vi-moi/", units.unit_succession, name="unit-succession"),
    path("co-quan/", offices.office_list, name="office-list"),
    path("co-quan/<int:pk>/", offices.office_detail, name="office-detail"),
    path("co-quan/<int:pk>/sua/", offices.office_edit, name="office-edit"),
    path("xa/<int:unit_pk>/co-quan/moi/", offices.office_create, name="office-create"),
    path("co-quan/<int:office_pk>/nhiem-vu/moi/", offices.duty_create, name="duty-create"),
    path("nhiem-vu/<int:pk>/sua/", offices.duty_edit, name="duty-edit"),
    *_noun_paths("nguoi-ky", SIGNER),
    *_noun_paths("the-thuc", LETTER_HEAD),
    *_noun_paths("noi-nhan", RECIPIENT),
]
