from django.apps import AppConfig


class LibConfig(AppConfig):
    """Ground tools; an app only because the database functions need a migration."""

    name = "collegium.lib"
    label = "lib"
