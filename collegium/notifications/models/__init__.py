"""What members were told, how each wants to be told, and what is on its way to them."""

from collegium.notifications.models.choosing import ZONE_LIMIT, Choice, Rest
from collegium.notifications.models.going import Letter, Outgoing, Returned
from collegium.notifications.models.told import Notification, NotificationQuerySet

__all__ = ["ZONE_LIMIT", "Choice", "Letter", "Notification", "NotificationQuerySet", "Outgoing", "Rest", "Returned"]
