from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Files that people upload."""

    name = "collegium.media"
    label = "media"
