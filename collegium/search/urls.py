"""Addresses of finding people."""

from django.urls import path

from collegium.search import views

app_name = "search"

urlpatterns = [
    path("", views.results, name="results"),
    path("suggestions/", views.suggestions, name="suggestions"),
    path("mentions/", views.mentions, name="mentions"),
]
