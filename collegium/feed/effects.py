"""What a step away from people changes in what they read of each other, for the previews of `network.effects`."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import ngettext

from collegium.audience.viewer import Viewer
from collegium.feed.models import Facet, PlaceState, Post
from collegium.feed.sides.asked import AskedFor
from collegium.groups.models import Membership
from collegium.lib import clock, ids
from collegium.members.models import Member
from collegium.network.distance import Rung, rungs
from collegium.network.effects import Change, Effects, called, levels_lost
from collegium.ui.text import number

LATELY = timedelta(days=30)
SILENT = (Change.MUTED, Change.RESTRICTED)


def effects(member: Member, others: Sequence[Member], change: Change) -> Effects:
    """Posts that come home no more, and posts that are shown no more."""
    about: dict[str, object] = {"name": called(others)}
    mine, theirs = [], []
    if change != Change.REMOVED and (count := _lately(member, others, change)):
        words = ngettext(
            "%(n)s post of the last 30 days would not have come.",
            "%(n)s posts of the last 30 days would not have come.",
            count,
        )
        mine.append(words % {"n": number(count)})
    if change == Change.REMOVED and (count := _of_theirs(member, others)):
        words = ngettext(
            "%(n)s post by %(name)s up to now is no longer shown to you.",
            "%(n)s posts by %(name)s up to now are no longer shown to you.",
            count,
        )
        mine.append(words % (about | {"n": number(count)}))
    if count := _of_hers(member, others, change):
        words = ngettext(
            "%(n)s post of yours is no longer shown to %(name)s.",
            "%(n)s posts of yours are no longer shown to %(name)s.",
            count,
        )
        personal = ngettext(
            "%(n)s personal post of yours is no longer shown to %(name)s.",
            "%(n)s personal posts of yours are no longer shown to %(name)s.",
            count,
        )
        said = personal if change == Change.WORK_ONLY else words
        theirs.append(said % (about | {"n": number(count)}))
    return Effects(mine, theirs)


def _lately(member: Member, others: Sequence[Member], change: Change) -> int:
    """Posts of theirs that came in a month and would not have come."""
    lately = ids.floor_at(clock.now() - LATELY)
    me = Viewer(member)
    at_home = Membership.objects.filter(member=member, at_home=True).values("group")
    rows = Post.objects.visible_to(me).filter(AskedFor(me), author__in=others, id__gte=lately)
    rows = rows.filter(Q(group=None) | Q(group__in=at_home, place_state=PlaceState.SHOWN))
    return (rows if change in SILENT else rows.filter(facet=Facet.PERSONAL)).count()


def _of_theirs(member: Member, others: Sequence[Member]) -> int:
    """Posts of theirs that she sees because they are connected; what they keep from her anyway is not among them."""
    levels = levels_lost(member, others, Change.REMOVED)
    return Post.objects.visible_to(Viewer(member)).filter(author__in=others, audience__in=levels).count()


def _of_hers(member: Member, others: Sequence[Member], change: Change) -> int:
    """Posts of hers that they would see if she let them come near, and would not after this step."""
    rows = Post.objects.visible_to(Viewer(member)).filter(author=member)
    rows = rows.filter(audience__in=levels_lost(member, others, change))
    if change == Change.WORK_ONLY:
        return rows.filter(facet=Facet.PERSONAL).count()
    if change == Change.REMOVED and len(others) == 1:
        match rungs(member, [others[0].pk]).get(others[0].pk):
            case Rung.RESTRICTED:
                return 0
            case Rung.WORK_ONLY:
                rows = rows.filter(facet=Facet.PROFESSIONAL)
    return rows.count()
