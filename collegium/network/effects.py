"""What a step away from people would change, on both sides, in sentences with the numbers of this moment.

The network knows its own part; rooms above it, which the network cannot know, add theirs: the roof lays them here.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.audience.level import Level
from collegium.audience.rule import CONNECTED
from collegium.members.models import Member
from collegium.ties.models import Connection, Distance
from collegium.ui.text import number


class Change(IntEnum):
    """A step on the ladder."""

    MUTED = Distance.Rung.MUTED.value
    WORK_ONLY = Distance.Rung.WORK_ONLY.value
    RESTRICTED = Distance.Rung.RESTRICTED.value
    REMOVED = 4


@dataclass(frozen=True, slots=True)
class Effects:
    """What changes for the one who takes the step, and for those she takes it from."""

    for_me: list[str] = field(default_factory=list)
    for_them: list[str] = field(default_factory=list)

    def __add__(self, more: "Effects") -> "Effects":
        return Effects(self.for_me + more.for_me, self.for_them + more.for_them)


Teller = Callable[[Member, Sequence[Member], Change], Effects]
_laid: list[Teller] = []
STILL_SECOND = f"""
SELECT EXISTS (SELECT FROM ties_connection c JOIN ties_connection d USING (other_id)
    JOIN members_member via ON via.id = other_id
    WHERE c.member_id = %s AND d.member_id = %s AND via.standing = 'active'
      AND via.connections_audience <= {CONNECTED})
"""  # noqa: S608 - a constant


def lay(tellers: Iterable[Teller]) -> None:
    """Replace what rooms above tell; called once by the roof."""
    _laid[:] = tellers


def from_above(member: Member, others: Sequence[Member], change: Change) -> Effects:
    """What the rooms above have to tell."""
    return sum((tell(member, others, change) for tell in _laid), Effects())


def called(others: Sequence[Member]) -> str:
    """One person by name, several by number; the sentences are made so that either fits."""
    if len(others) == 1:
        return others[0].name
    return ngettext("this %(n)s person", "these %(n)s people", len(others)) % {"n": number(len(others))}


def levels_lost(member: Member, others: Sequence[Member], change: Change) -> tuple[int, ...]:
    """The audiences that no longer reach across, by a step that shuts people out.

    Of several people it is what all of them lose for certain: one by one they may differ.
    """
    if change not in (Change.RESTRICTED, Change.WORK_ONLY, Change.REMOVED):
        return ()
    if len(others) > 1:
        return (Level.CONNECTIONS,) if change == Change.REMOVED else (Level.NETWORK, Level.CONNECTIONS)
    other = others[0]
    second = _still_second(member, other)
    if not Connection.objects.filter(member=member, other=other).exists():
        return (Level.NETWORK,) if second and change != Change.REMOVED else ()
    return (Level.CONNECTIONS,) if second and change == Change.REMOVED else (Level.NETWORK, Level.CONNECTIONS)


def _still_second(member: Member, other: Member) -> bool:
    """Whether the two are in each other's network without being connected."""
    with connection.cursor() as cursor:
        cursor.execute(STILL_SECOND, [member.pk, other.pk])
        return bool(cursor.fetchone()[0])


def nothing(name: str) -> str:
    """The sentence for a side on which nothing changes."""
    return _("Nothing changes for %(name)s.") % {"name": name}
