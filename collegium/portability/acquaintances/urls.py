"""Addresses of the people one knows elsewhere."""

from django.urls import path

from collegium.portability.acquaintances import views

app_name = "acquaintances"

urlpatterns = [
    path("network/contacts-in/", views.start, name="start"),
    path("network/contacts-in/found/", views.found, name="found"),
    path("network/contacts-in/removal/", views.removal, name="removal"),
    path("settings/findability/", views.agreement, name="agreement"),
]
