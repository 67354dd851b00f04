"""The room's entry in Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Getting in."""

    name = "collegium.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Teach the templates three words of this room: allauth's views give no other chance to."""
        from django.template import engines  # noqa: PLC0415 - there are no engines before the apps are ready

        from collegium.accounts.devices import device, grouped, handheld  # noqa: PLC0415 - as above

        engines["jinja2"].env.filters |= {"device": device, "handheld": handheld, "grouped": grouped}
