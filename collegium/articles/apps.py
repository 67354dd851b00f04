from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    """Long texts with headings, an address of their own and a history."""

    name = "collegium.articles"
    label = "articles"
