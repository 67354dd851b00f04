"""Addresses of standing."""

from django.urls import path

from collegium.conduct import views

app_name = "conduct"

urlpatterns = [
    path("", views.standing, name="standing"),
    path("restrictions/<int:pk>/appeal/", views.appeal, name="appeal"),
]
