from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "collegium.journal"
    label = "journal"
