from django.apps import AppConfig


class MembersConfig(AppConfig):
    """The room `members`."""

    name = "collegium.members"
    label = "members"
