"""Addresses."""

from django.urls import path

from collegium.openings.packs import views

urlpatterns = [path("jobs/rules/", views.rules_page, name="rules")]
