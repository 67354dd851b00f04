from django.apps import AppConfig


class AudienceConfig(AppConfig):
    """The room `audience`."""

    name = "collegium.audience"
    label = "audience"
