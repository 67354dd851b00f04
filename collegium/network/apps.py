from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """Inviting, connecting, following, parting: the verbs and pages between two people."""

    name = "collegium.network"
    label = "network"
