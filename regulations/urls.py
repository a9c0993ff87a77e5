"""Addresses of the law as data."""

from django.urls import path

from regulations.views import citations, documents, law

app_name = "regulations"

urlpatterns = [
    path("van-ban/", documents.document_list, name="document-list"),
    path("van-ban/moi/", documents.document_create, name="document-create"),
    path("van-ban/<int:pk>/", documents.document_detail, name="document-detail"),
    path("van-ban/<int:pk>/sua/", documents.document_edit, name="document-edit"),
    path("van-ban/<int:document_pk>/vien-dan/moi/", citations.citation_create, name="citation-create"),
    path("vien-dan/", citations.citation_list, name="citation-list"),
    path("vien-dan/<int:pk>/", citations.citation_detail, name="citation-detail"),
    path("vien-dan/<int:pk>/sua/", citations.citation_edit, name="citation-edit"),
    path("che-do/", law.regime_list, name="regime-list"),
    path("che-do/<int:pk>/", law.regime_detail, name="regime-detail"),
    path("nhom-san-pham/", law.group_list, name="group-list"),
    path("nhom-san-pham/<int:pk>/", law.group_detail, name="group-detail"),
]
