"""Addresses of being open to work."""

from django.urls import path

from collegium.openness import views

app_name = "openness"

urlpatterns = [
    path("", views.openness, name="openness"),
    path("end/", views.end, name="end"),
    path("reopening/", views.reopening, name="reopening"),
    path("confirmation/", views.confirmation, name="confirmation"),
    path("hiring/", views.hiring, name="hiring"),
    path("exclusions/", views.exclusions, name="exclusions"),
    path("exclusions/<int:pk>/removal/", views.inclusion, name="inclusion"),
    path("knowing/", views.knowing, name="knowing"),
]
