from django.apps import AppConfig


class FeedConfig(AppConfig):
    name = "collegium.feed"
    label = "feed"
