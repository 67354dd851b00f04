"""The room's entry in Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Getting in."""

    name = "collegium.accounts"
    label = "accounts"
