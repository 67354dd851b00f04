from django.apps import AppConfig


class OpennessConfig(AppConfig):
    """The room `openness`."""

    name = "collegium.openness"
    label = "openness"
