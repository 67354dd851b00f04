from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "collegium.search"
    label = "search"
