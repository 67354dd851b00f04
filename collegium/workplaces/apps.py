from django.apps import AppConfig


class WorkplacesConfig(AppConfig):
    """The room `workplaces`."""

    name = "collegium.workplaces"
    label = "workplaces"
