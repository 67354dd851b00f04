from django.apps import AppConfig


class IntroductionsConfig(AppConfig):
    """The room `introductions`."""

    name = "collegium.introductions"
    label = "introductions"
