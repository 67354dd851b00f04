from django.apps import AppConfig


class GraphConfig(AppConfig):
    """The room `graph`."""

    name = "collegium.graph"
    label = "graph"
