from django.apps import AppConfig


class TiesConfig(AppConfig):
    """Who stands how to whom: rows only."""

    name = "collegium.ties"
    label = "ties"
