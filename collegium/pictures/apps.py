from django.apps import AppConfig


class PicturesConfig(AppConfig):
    """The room `pictures`."""

    name = "collegium.pictures"
    label = "pictures"
