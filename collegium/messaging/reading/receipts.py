"""How far the others have read. Given and taken together: who does not show it does not see it, in groups too."""

from collegium.audience.viewer import Viewer
from collegium.members.models import Member
from collegium.messaging.models import Participant
from collegium.messaging.reading.talk import Talk


def of(_viewer: Viewer, talk: Talk) -> list[tuple[Member, int]]:
    """The others with the number of the last message each has read; asks the database nothing.

    Nothing where somebody wrote first and has no answer: whether it was read is the other's secret.
    """
    if not talk.seat.open or not _shows(talk.place):
        return []
    others = [each for each in talk.people if each.member_id != talk.eyes.me and _shows(each)]
    return [(each.member, each.read) for each in others if each.read > 0]


def _shows(place: Participant) -> bool:
    """Unless she chose otherwise, she does."""
    return place.receipts is not False  # type: ignore[attr-defined]  # annotated
