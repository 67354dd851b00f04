from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Files that hang on a post to be taken home as they are."""

    name = "collegium.documents"
    label = "documents"
