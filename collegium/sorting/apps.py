from django.apps import AppConfig


class SortingConfig(AppConfig):
    """Where a message from somebody new is put, and why: rules first, then what this community has taught."""

    name = "collegium.sorting"
    label = "sorting"
