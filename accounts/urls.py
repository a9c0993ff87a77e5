"""Addresses of login and accounts."""

from django.urls import path

from accounts.views import catalogue, login, me, users

app_name = "accounts"

urlpatterns = [
    path("dang-nhap/", login.log_in, name="login"),
    path("dang-nhap/vai/<int:pk>/", login.log_in_as, name="login-as"),
    path("dang-xuat/", login.log_out, name="logout"),
    path("tai-khoan-cua-toi/", me.me, name="me"),
    path("doi-mat-khau/", me.change_password, name="password"),
    path("danh-muc/", catalogue.catalogue, name="catalogue"),
    path("tai-khoan/", users.user_list, name="list"),
    path("tai-khoan/moi/", users.user_create, name="create"),
    path("tai-khoan/<int:pk>/", users.user_detail, name="detail"),
    path("tai-khoan/<int:pk>/sua/", users.user_edit, name="edit"),
    path("tai-khoan/<int:pk>/mat-khau-moi/", users.user_new_password, name="new-password"),
]
