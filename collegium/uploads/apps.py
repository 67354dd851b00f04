from django.apps import AppConfig


class UploadsConfig(AppConfig):
    """Large files on their way in: resumable, in pieces (tus 1.0)."""

    name = "collegium.uploads"
    label = "uploads"
