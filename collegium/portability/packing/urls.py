"""Addresses of taking along: the page and the file."""

from django.urls import path

from collegium.portability.packing import views

app_name = "packing"

urlpatterns = [
    path("", views.page, name="page"),
    path("archive/", views.archive, name="archive"),
]
