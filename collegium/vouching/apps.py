from django.apps import AppConfig


class VouchingConfig(AppConfig):
    """The room `vouching`."""

    name = "collegium.vouching"
    label = "vouching"
