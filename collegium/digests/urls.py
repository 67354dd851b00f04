"""Addresses of digests."""

from django.urls import path

from collegium.digests import views

app_name = "digests"

urlpatterns = [
    path("", views.digest, name="digest"),
    path("preview/", views.preview, name="preview"),
]
