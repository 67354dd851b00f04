"""One notice a skill: "Bo and 2 others endorsed your Python", of those who did since it was last read.

The row keeps the keys of those people; their names are looked up, and judged, when it is read.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.audience.viewer import Viewer
from collegium.career.models import Holding
from collegium.notifications.kinds import who
from collegium.notifications.models import Notification
from collegium.notifications.tell import notify, retract
from collegium.vouching.models import Endorsement
from collegium.vouching.models.endorsements import hold, stands

KIND = "vouching.endorsed"
# As many as one notice counts; more are "and 99 others".
MOST_FOLDED = 100


@dataclass(frozen=True, slots=True)
class About:
    """A skill of the reader, and who of those who endorse it she may know of."""

    skill: str
    names: dict[int, str]


@transaction.atomic
def fold(holding: int, *, fresh: int | None = None) -> None:
    """Put the owner's notice of a skill right.

    Args:
        holding: the key of the skill of a person.
        fresh: who endorsed it just now; without one nobody is added.
    """
    row = hold(holding)
    cause = f"endorsed:{holding}"
    if row is None:
        retract(cause=cause)
        return
    before = Notification.objects.filter(cause=cause, recipient=row.member_id).first()
    kept: list[int] = before.data["givers"] if before is not None else []
    unread = kept if before is not None and before.read_at is None else []
    if fresh is not None and fresh not in kept:
        givers = _still(row, [fresh, *unread])
    else:
        givers = _still(row, kept)
        if givers[:1] == kept[:1]:  # who else is left, the phrase judges when it is read
            return
        givers = givers if unread else []
    retract(cause=cause)
    if givers:
        notify([row.member_id], kind=KIND, actor=givers[0], cause=cause, subject=row.pk, givers=givers[:MOST_FOLDED])


def _still(row: Holding, givers: list[int]) -> list[int]:
    """Those of these whose endorsement still stands."""
    there = Endorsement.objects.filter(holding=row, giver__in=givers).filter(stands())
    found = set(there.values_list("giver", flat=True))
    return [giver for giver in givers if giver in found]


def refold(one: int, others: Collection[int]) -> None:
    """Put right the notices between one person and those whose connection with her ended, or is there again."""
    either = Q(member=one, giver__in=others) | Q(giver=one, member__in=others)
    for holding in Endorsement.objects.filter(either).order_by().values_list("holding", flat=True).distinct():
        fold(holding)


def seen(viewer: Viewer, keys: Collection[int]) -> dict[int, About]:
    """The viewer's skills of these keys that somebody she may know of endorses."""
    rows = Endorsement.objects.counted_for(viewer).filter(
        holding__in=keys, holding__removed_at=None, member=viewer.id, hidden_at=None
    )
    names: dict[int, dict[int, str]] = defaultdict(dict)
    skills: dict[int, str] = {}
    for holding, skill, giver, name in rows.values_list("holding", "holding__skill__name", "giver", "giver__name"):
        names[holding][giver] = name
        skills[holding] = skill
    return {holding: About(skills[holding], named) for holding, named in names.items()}


def phrase(told: Notification) -> SafeString:
    """Who endorsed what, of those the reader may still know of."""
    about: About = told.about
    givers = [key for key in told.data.get("givers", []) if key in about.names]
    rest = len(givers) - 1
    if rest < 1:
        return format_html(_("{name} endorsed your {skill}"), name=_name(told, about, givers), skill=about.skill)
    words = ngettext(
        "{name} and {rest} other endorsed your {skill}", "{name} and {rest} others endorsed your {skill}", rest
    )
    return format_html(words, name=_name(told, about, givers), rest=rest, skill=about.skill)


def _name(told: Notification, about: About, givers: list[int]) -> SafeString:
    if not givers:
        return who(told)
    return format_html('<b class="name"><bdi>{}</bdi></b>', about.names[givers[0]])
