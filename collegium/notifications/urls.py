"""Addresses of news, and of how one is told."""

from django.urls import path

from collegium.notifications.views import choosing, news

app_name = "notifications"
urlpatterns = [
    path("", news.told, name="list"),
    path("badge/", news.badge, name="badge"),
    path("reading/", news.reading, name="reading"),
    path("settings/", choosing.settings, name="settings"),
    path("rest/", choosing.rest, name="rest"),
    path("trial/", choosing.trial, name="trial"),
    path("arrived/<str:token>/", choosing.arrived, name="arrived"),
    path("<int:pk>/", news.one, name="one"),
]
