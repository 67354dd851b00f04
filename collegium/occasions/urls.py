"""Addresses of occasions: none of its own, it is written in the composer and read on the card."""

from django.urls import URLPattern

app_name = "occasions"

urlpatterns: list[URLPattern] = []
