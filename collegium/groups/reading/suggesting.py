"""Groups one might like, each with the reason, made of what the viewer may know anyway.

Who is in a group is known to those who read in it: so people are a reason in public groups alone, and only people the
viewer is connected with and sees. A skill and a place are reasons wherever the group may be found. What is unlisted is
never suggested, nor what has ended, what she was kept out of, and what waits for her or for somebody's answer already.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.career.models import Holding
from collegium.groups.models import Ban, Group, Invitation, Membership, Request, Visibility
from collegium.members.models import Fold, Member
from collegium.ties.models import Connection

MOST = 6
# So many of each kind are looked at; the best of them are shown.
LOOKED_AT = 60
SKILLS = 20
# Shorter words of a skill ("R", "Go") stand in too many names by chance.
LEAST_LETTERS = 3
PERSON, SKILL, PLACE = 3, 2, 1


@dataclass
class Suggestion:
    """A group, how much speaks for it, and what of that is said."""

    group: Group
    weight: int = 0
    reason: str = ""


def suggestions(viewer: Viewer) -> list[Suggestion]:
    """The best few; of two that weigh the same the larger."""
    if viewer.member is None:
        return []
    found: dict[int, Suggestion] = {}
    for group, number in _of_people(viewer):
        words = ngettext("%(n)s person you know is in it", "%(n)s people you know are in it", number)
        _add(found, group, PERSON * number, words % {"n": number})
    for group, skill in _of_skills(viewer):
        _add(found, group, SKILL, _("About %(skill)s, which is among your skills") % {"skill": skill})
    for group in _of_place(viewer.member, _open_to(viewer)):
        _add(found, group, PLACE, _("In %(place)s, where you are too") % {"place": group.place})
    ranked = sorted(found.values(), key=lambda each: (-each.weight, -each.group.member_count, -each.group.pk))
    return ranked[:MOST]


def _add(found: dict[int, Suggestion], group: Group, weight: int, reason: str) -> None:
    """The weightiest reason comes first, and is the one that is said."""
    each = found.setdefault(group.pk, Suggestion(group, reason=reason))
    each.weight += weight


def _open_to(viewer: Viewer) -> QuerySet[Group]:
    """What may be suggested to her at all."""
    mine = {"group": OuterRef("pk"), "member": viewer.id}
    rows = Group.objects.exclude(visibility=Visibility.UNLISTED).filter(ended_at=None)
    for there in (
        Membership.objects.filter(**mine),
        Ban.objects.holding().filter(**mine),
        Invitation.objects.filter(**mine).exclude(outcome=Invitation.Outcome.WITHDRAWN),
        Request.objects.standing().filter(**mine),
    ):
        rows = rows.exclude(Exists(there))
    return rows


def _of_people(viewer: Viewer) -> list[tuple[Group, int]]:
    """Public groups with connections of hers in them, whom she sees, and how many."""
    tied = Connection.objects.filter(member=viewer.id).values("other_id")
    seen = people.visible_to(viewer).filter(pk__in=tied).values("pk")
    counts = dict(
        Membership.objects.filter(member__in=seen, group__visibility=Visibility.PUBLIC, group__ended_at=None)
        .values_list("group_id")
        .annotate(n=Count("member_id"))
        .order_by("-n", "-group_id")[:LOOKED_AT]
    )
    return [(group, counts[group.pk]) for group in _open_to(viewer).filter(pk__in=list(counts))]


def _of_skills(viewer: Viewer) -> list[tuple[Group, str]]:
    """Groups in whose name or line a skill of hers stands as a word."""
    held = Holding.objects.of(viewer.me).kept().in_order().annotate(folded=Fold("skill__name"))
    skills = [pair for pair in held.values_list("folded", "skill__name")[:SKILLS] if len(pair[0]) >= LEAST_LETTERS]
    anywhere = Q()
    for folded, _name in skills:
        anywhere |= Q(folded_words__contains=folded)
    if not skills:
        return []
    # Without an order, so that the words are looked up and not every group by its size.
    rows = sorted(_open_to(viewer).filter(anywhere)[: LOOKED_AT * 5], key=lambda group: -group.member_count)
    named = ((group, _named_in(group.folded_words, skills)) for group in rows)
    return [(group, skill) for group, skill in named if skill]


def _named_in(words: str, skills: Iterable[tuple[str, str]]) -> str:
    """The first of these skills that stands there whole: "art" does not stand in "party"."""
    for folded, name in skills:
        if re.search(rf"(?<!\w){re.escape(folded)}(?!\w)", words):
            return name
    return ""


def _of_place(member: Member, rows: QuerySet[Group]) -> list[Group]:
    """Groups in her place, as it is written or by its first part: "Delft" for "Delft, Netherlands"."""
    places = {member.place, member.place.partition(",")[0].strip()} - {""}
    if not places:
        return []
    here = rows.alias(folded_place=Fold("place")).filter(
        folded_place__in=[Fold(Value(each)) for each in sorted(places)]
    )
    return list(here.order_by("-member_count", "-pk")[:LOOKED_AT])
