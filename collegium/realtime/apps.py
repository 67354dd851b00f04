from django.apps import AppConfig


class RealtimeConfig(AppConfig):
    """The open line: one stream per page, `poke()`."""

    name = "collegium.realtime"
    label = "realtime"
