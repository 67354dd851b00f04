"""Who is typing. Given and taken together."""

from collegium.audience.viewer import Viewer
from collegium.lib import clock
from collegium.members.models import Member
from collegium.messaging.models import Participant
from collegium.messaging.reading.talk import Talk


def of(_viewer: Viewer, talk: Talk) -> list[Member]:
    """The others who typed a moment ago, where both they and the viewer show it; asks the database nothing."""
    if not talk.seat.open or not _shows(talk.place):
        return []
    others = [each for each in talk.people if each.member_id != talk.eyes.me and _shows(each)]
    now = clock.now()
    return [each.member for each in others if each.until is not None and each.until > now]  # type: ignore[attr-defined]  # annotated


def _shows(place: Participant) -> bool:
    """Unless she chose otherwise, she does."""
    return place.typing is not False  # type: ignore[attr-defined]  # annotated
