from django.apps import AppConfig


class PreviewsConfig(AppConfig):
    """The room `previews`."""

    name = "collegium.previews"
    label = "previews"
