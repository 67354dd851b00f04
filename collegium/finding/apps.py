from django.apps import AppConfig


class FindingConfig(AppConfig):
    """Finding work: words, places, pay, who one knows there; searches that are kept."""

    name = "collegium.finding"
    label = "finding"
