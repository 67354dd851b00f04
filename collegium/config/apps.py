from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The roof: once every room stands, says who listens to whom."""

    name = "collegium.config"
    label = "config"

    def ready(self) -> None:
        """Lay the routes of the journal."""
        from collegium.config import wiring  # noqa: PLC0415 - rooms can be imported only now.

        wiring.lay()
