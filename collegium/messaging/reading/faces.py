"""Who is in conversations, in the eyes of one who is in them, and what they are called."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.lib.statement import Statement
from collegium.members.models import Member
from collegium.messaging.models import Conversation

SHOWN = 4

# The first few of each, and how many there are: whom a block or a suspension takes away is not among them.
FACES = f"""
SELECT conversation_id, member_id, total FROM (
    SELECT p.conversation_id, p.member_id, count(*) OVER (PARTITION BY p.conversation_id) AS total,
        row_number() OVER (PARTITION BY p.conversation_id ORDER BY p.since, p.member_id) AS place
    FROM messaging_participant p JOIN members_member m ON m.id = p.member_id AND m.standing = 'active'
    WHERE p.conversation_id = ANY((SELECT %(keys)s::bigint[])::bigint[]) AND p.left_at IS NULL AND p.member_id <> %(me)s
        AND NOT EXISTS (SELECT FROM ties_block WHERE blocker_id = %(me)s AND blocked_id = p.member_id)
        AND NOT EXISTS (SELECT FROM ties_block WHERE blocker_id = p.member_id AND blocked_id = %(me)s)
) seen WHERE place <= {SHOWN} ORDER BY conversation_id, place
"""  # noqa: S608 - a constant

PEOPLE = Statement(lambda slot: Member.objects.filter(slot.among("id", "keys")))


@dataclass(slots=True)
class Faces:
    """The others in one conversation.

    Attributes:
        people: the first few whom the viewer meets there.
        total: how many there are of them.
    """

    people: list[Member] = field(default_factory=list)
    total: int = 0

    def title(self, conversation: Conversation) -> str:
        """What it is called: by its name, or by its people."""
        if conversation.name:
            return conversation.name
        names = ", ".join(each.name for each in self.people)
        if self.total > len(self.people):
            words = _("%(names)s and %(n)s more")
            return words % {"names": names, "n": self.total - len(self.people)}
        return names or _("Nobody else")


def faces(viewer: Viewer, conversations: Iterable[int]) -> dict[int, Faces]:
    """The others in each of these, which the viewer is in; in two statements."""
    keys = list(set(conversations))
    with connection.cursor() as cursor:
        cursor.execute(FACES, {"keys": keys, "me": viewer.id})
        rows = cursor.fetchall()
    members = named({row[1] for row in rows})
    found: dict[int, Faces] = defaultdict(Faces)
    for conversation, person, total in rows:
        found[conversation].people.append(members[person])
        found[conversation].total = total
    return found


def named(keys: Collection[int]) -> dict[int, Member]:
    """Members by their keys, whoever may see them: for those who were found through the rule already."""
    return {each.pk: each for each in PEOPLE.rows(keys=list(keys))}
