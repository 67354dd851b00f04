"""Addresses of people and of the settings of one's own profile."""

from django.urls import path

from collegium.lib import addresses  # noqa: F401 - lays the converter `handle`
from collegium.profiles import photo, views

app_name = "profiles"

urlpatterns = [
    path("in/<handle:handle>/", views.person, name="person"),
    path("in/<handle:handle>/connections/", views.connections, name="connections"),
    path("in/<handle:handle>/mutual/", views.mutual, name="mutual"),
    path("settings/profile/", views.settings, name="settings"),
    path("settings/profile/photo/", photo.photo, name="photo"),
    path("settings/profile/photo/removal/", photo.photo_removal, name="photo_removal"),
    path("settings/profile/cover/", photo.cover, name="cover"),
    path("settings/profile/cover/removal/", photo.cover_removal, name="cover_removal"),
]
