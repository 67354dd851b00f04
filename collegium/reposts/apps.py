from django.apps import AppConfig


class RepostsConfig(AppConfig):
    """The room `reposts`."""

    name = "collegium.reposts"
    label = "reposts"
