"""Addresses of the application on one's own device."""

from django.urls import path

from collegium.push import views

app_name = "push"
urlpatterns = [
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("sw.js", views.worker, name="worker"),
    path("offline/", views.offline, name="offline"),
    path("settings/devices/", views.devices, name="devices"),
    path("settings/devices/<int:pk>/removal/", views.removal, name="removal"),
    path("settings/devices/<int:pk>/trial/", views.trial, name="trial"),
]
