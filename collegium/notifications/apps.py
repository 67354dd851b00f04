from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Telling members what happened, in the app."""

    name = "collegium.notifications"
    label = "notifications"
