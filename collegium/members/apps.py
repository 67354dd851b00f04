from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "collegium.members"
    label = "members"
