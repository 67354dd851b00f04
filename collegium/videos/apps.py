from django.apps import AppConfig


class VideosConfig(AppConfig):
    """Moving pictures on posts."""

    name = "collegium.videos"
    label = "videos"
