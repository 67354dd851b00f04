"""Addresses of the vocabulary of skills."""

from django.urls import path

from collegium.skills import views

app_name = "skills"

urlpatterns = [
    path("", views.options, name="options"),
]
