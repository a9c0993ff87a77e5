"""Addresses of plans and of their records."""

app_name = "plans"

urlpatterns: list = []
