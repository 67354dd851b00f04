from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """The room `visits`."""

    name = "collegium.visits"
    label = "visits"
