from django.apps import AppConfig


class PushConfig(AppConfig):
    """The application on one's own device: installing it, and being told while no page is open."""

    name = "collegium.push"
    label = "push"
