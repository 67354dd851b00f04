from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Conversations: between two, in groups, and what strangers write first."""

    name = "collegium.messaging"
    label = "messaging"
