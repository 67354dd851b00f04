from django.apps import AppConfig


class PortabilityConfig(AppConfig):
    """The room `portability`."""

    name = "collegium.portability"
    label = "portability"
