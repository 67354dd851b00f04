from django.apps import AppConfig


class OccasionsConfig(AppConfig):
    """The room `occasions`."""

    name = "collegium.occasions"
    label = "occasions"
