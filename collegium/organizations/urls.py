"""Addresses of the register itself; pages of organisations are drawn by the room `pages`."""

from django.urls import path

from collegium.organizations import views

app_name = "organizations"

urlpatterns = [
    path("options/", views.options, name="options"),
]
