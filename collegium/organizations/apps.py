from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    """The room `organizations`."""

    name = "collegium.organizations"
    label = "organizations"
