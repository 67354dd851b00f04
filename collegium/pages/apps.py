from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Pages of organisations: the proof of a domain, who works on the page in which role, and who follows it."""

    name = "collegium.pages"
    label = "pages"
