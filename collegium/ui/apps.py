"""The room's entry in Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The shared look: it knows no other room."""

    name = "collegium.ui"
    label = "ui"
