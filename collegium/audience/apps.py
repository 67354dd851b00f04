from django.apps import AppConfig


class AudienceConfig(AppConfig):
    name = "collegium.audience"
    label = "audience"
