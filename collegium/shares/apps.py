from django.apps import AppConfig


class SharesConfig(AppConfig):
    """Posts that show a group, an event, a page or an opening of this network."""

    name = "collegium.shares"
    label = "shares"
