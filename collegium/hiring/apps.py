from django.apps import AppConfig


class HiringConfig(AppConfig):
    """What those who hire do with applications: stages, notes, interviews, answers."""

    name = "collegium.hiring"
    label = "hiring"
