from django.apps import AppConfig


class ConductConfig(AppConfig):
    """The room `conduct`."""

    name = "collegium.conduct"
    label = "conduct"
