"""Addresses of calendars below groups and pages."""

from django.urls import path

from collegium.events.calendars import views
from collegium.events.ical import views as files
from collegium.lib import addresses  # noqa: F401 - lays the converter `handle`

app_name = "calendars"

urlpatterns = [
    path("groups/<str:handle>/events/", views.of_group, name="group"),
    path("groups/<str:handle>/events.ics", files.of_group, name="group_feed"),
    path("organizations/<handle:handle>/events/", views.of_page, name="page"),
    path("organizations/<handle:handle>/events.ics", files.of_page, name="page_feed"),
]
