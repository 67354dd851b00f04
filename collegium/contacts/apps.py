from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """The room `contacts`."""

    name = "collegium.contacts"
    label = "contacts"
