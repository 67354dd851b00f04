from django.apps import AppConfig


class OpeningsConfig(AppConfig):
    """Openings: what is offered, by whom, for how much, until when."""

    name = "collegium.openings"
    label = "openings"
