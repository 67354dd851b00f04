from django.apps import AppConfig
from django.db.models.signals import pre_delete


class EventsConfig(AppConfig):
    """Happenings, in one place or online: when, for how many, who comes."""

    name = "collegium.events"
    label = "events"

    def ready(self) -> None:
        """An event goes with its post, and its post with much else: whatever takes it away, those who come are told."""
        from collegium.events import going  # noqa: PLC0415 - needs the models of this room
        from collegium.events.models import Event  # noqa: PLC0415 - as above

        pre_delete.connect(going.away, sender=Event, dispatch_uid="events.going")
