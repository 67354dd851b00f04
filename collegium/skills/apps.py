from django.apps import AppConfig


class SkillsConfig(AppConfig):
    """The room `skills`."""

    name = "collegium.skills"
    label = "skills"
