"""Addresses of polls."""

from django.urls import path

from collegium.polls import views

app_name = "polls"

urlpatterns = [
    path("<int:pk>/vote/", views.vote, name="vote"),
]
