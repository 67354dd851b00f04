"""Uploads have no pages: `/uploads/` is answered on the asynchronous side (`tus.py`, `config/asgi.py`)."""

from django.urls import URLPattern

app_name = "uploads"

urlpatterns: list[URLPattern] = []
