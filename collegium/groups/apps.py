from django.apps import AppConfig


class GroupsConfig(AppConfig):
    """Circles of interest: who is in, in which role, how one comes in, and what holds there."""

    name = "collegium.groups"
    label = "groups"
