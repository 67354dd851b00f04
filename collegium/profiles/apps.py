from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "collegium.profiles"
    label = "profiles"
