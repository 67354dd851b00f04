from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The room `search`."""

    name = "collegium.search"
    label = "search"
