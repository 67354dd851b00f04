from django.apps import AppConfig


class DecksConfig(AppConfig):
    """Slides on posts: the pages of a PDF."""

    name = "collegium.decks"
    label = "decks"
