from django.apps import AppConfig


class PortabilityConfig(AppConfig):
    name = "collegium.portability"
    label = "portability"
