from django.apps import AppConfig


class DigestsConfig(AppConfig):
    """What was missed, by mail, once a day or a week."""

    name = "collegium.digests"
    label = "digests"
