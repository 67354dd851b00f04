"""Addresses of organisations."""

from django.urls import path

from collegium.lib import addresses  # noqa: F401 - lays the converter `handle`
from collegium.organizations import views

app_name = "organizations"

urlpatterns = [
    path("", views.options, name="options"),
    path("<handle:handle>/", views.organization, name="organization"),
]
