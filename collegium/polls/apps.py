from django.apps import AppConfig


class PollsConfig(AppConfig):
    """The room `polls`."""

    name = "collegium.polls"
    label = "polls"
