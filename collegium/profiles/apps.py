from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    """The room `profiles`."""

    name = "collegium.profiles"
    label = "profiles"
