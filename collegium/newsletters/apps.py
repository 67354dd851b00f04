from django.apps import AppConfig


class NewslettersConfig(AppConfig):
    """Series of articles, with subscribers."""

    name = "collegium.newsletters"
    label = "newsletters"
