from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The room `journal`."""

    name = "collegium.journal"
    label = "journal"
