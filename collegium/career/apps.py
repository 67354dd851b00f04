from django.apps import AppConfig


class CareerConfig(AppConfig):
    """The room `career`."""

    name = "collegium.career"
    label = "career"
