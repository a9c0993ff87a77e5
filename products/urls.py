"""Addresses of products and recognitions."""

from django.urls import path

from products.views import products, recognitions

app_name = "products"

urlpatterns = [
    path("san-pham/", products.product_list, name="list"),
    path("san-pham/moi/", products.choose_producer, name="choose-producer"),
    path("san-pham/<int:pk>/", products.product_detail, name="detail"),
    path("san-pham/<int:pk>/sua/", products.product_edit, name="edit"),
    path("chu-the/<int:producer_pk>/san-pham/moi/", products.product_create, name="create"),
    path("cong-nhan/", recognitions.recognition_list, name="recognition-list"),
    path("cong-nhan/<int:pk>/", recognitions.recognition_detail, name="recognition-detail"),
    path("cong-nhan/<int:pk>/sua/", recognitions.recognition_edit, name="recognition-edit"),
    path("cong-nhan/<int:pk>/thu-hoi/", recognitions.recognition_withdraw, name="recognition-withdraw"),
    path("san-pham/<int:product_pk>/cong-nhan/moi/", recognitions.recognition_create, name="recognition-create"),
]
