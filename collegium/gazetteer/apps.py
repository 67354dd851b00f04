from django.apps import AppConfig


class GazetteerConfig(AppConfig):
    """Places of the world by name, without asking anybody outside."""

    name = "collegium.gazetteer"
    label = "gazetteer"
