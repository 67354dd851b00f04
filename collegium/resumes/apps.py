from django.apps import AppConfig


class ResumesConfig(AppConfig):
    """The room `resumes`."""

    name = "collegium.resumes"
    label = "resumes"
