from django.apps import AppConfig


class FeedConfig(AppConfig):
    """The room `feed`."""

    name = "collegium.feed"
    label = "feed"
