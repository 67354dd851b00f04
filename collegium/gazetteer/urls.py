"""Addresses of places."""

from django.urls import path

from collegium.gazetteer import views

app_name = "gazetteer"

urlpatterns = [
    path("places/", views.options, name="options"),
]
