"""Addresses."""

from django.urls import path

from collegium.lib import addresses  # noqa: F401 - lays the converter `handle`
from collegium.openings.outward import urlpatterns as outward
from collegium.openings.views import reading, team, writing

app_name = "openings"

urlpatterns = [
    path("jobs/mine/", reading.mine, name="mine"),
    path("jobs/new/", writing.new, name="new"),
    path("jobs/countries/", reading.named_countries, name="countries"),
    *outward,
    path("jobs/<int:pk>/", reading.opening, name="opening"),
    path("jobs/<int:pk>/edit/", writing.edit, name="edit"),
    path("jobs/<int:pk>/preview/", writing.preview, name="preview"),
    path("jobs/<int:pk>/posting/", writing.posting, name="posting"),
    path("jobs/<int:pk>/copy/", writing.copy, name="copy"),
    path("jobs/<int:pk>/removal/", writing.removal, name="removal"),
    path("jobs/<int:pk>/closing/", team.closing, name="closing"),
    path("jobs/<int:pk>/team/", team.team, name="team"),
    path("jobs/<int:pk>/team/<handle:handle>/removal/", team.removal, name="team_removal"),
    path("jobs/<int:pk>/team/<handle:handle>/handing/", team.handing, name="handing"),
    path("organizations/<handle:handle>/jobs/", reading.of_place, name="of_place"),
]
