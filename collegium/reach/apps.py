from django.apps import AppConfig


class ReachConfig(AppConfig):
    """Who may write to whom first: purposes, contact keys, and what unwanted messages cost."""

    name = "collegium.reach"
    label = "reach"
