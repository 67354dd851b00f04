"""The page of all groups: the viewer's own, what waits for her, what there is, and what was looked for."""

from dataclasses import dataclass, field

from django.db.models import Count, Exists, F, OuterRef, Q, Value

from collegium.audience.viewer import Viewer, stand_in
from collegium.groups.models import Group, GroupQuerySet, Invitation, Membership, Request, Role
from collegium.groups.reading.laid import fresh, topics
from collegium.lib import cursor
from collegium.lib.statement import Statement
from collegium.members.models import Fold

PAGE = 20
FEW = 200
# Words of a search that count; more of them would only make it slower.
WORDS = 6
# For whoever is signed in.
KNOWN = Statement(
    lambda slot: Group.objects.visible_to(stand_in(slot.int("me"))).filter(handle=slot.text("handle")).order_by()
)


@dataclass(frozen=True)
class Own:
    """A group the viewer is in: her role there, how much is new, and how many ask to be let in by her."""

    group: Group
    role: int
    news: int = 0
    asking: int = 0

    @property
    def title(self) -> str:
        """Her role as a word."""
        return str(Role(self.role).label)


@dataclass(frozen=True)
class Page:
    """A stretch of the list; `older` is the cursor of the next, empty at the end."""

    rows: list[Group] = field(default_factory=list)
    older: str = ""


def one(viewer: Viewer, handle: str) -> Group | None:
    """The group at this address, if the viewer may know of it."""
    if viewer:
        return KNOWN.first(me=viewer.id, handle=handle)
    return Group.objects.visible_to(viewer).filter(handle=handle).first()


def own(viewer: Viewer) -> list[Own]:
    """Those the viewer is in, those that go on first, by name."""
    seats = Membership.objects.filter(member=viewer.id).select_related("group")
    rows = list(seats.order_by(F("group__ended_at").asc(nulls_first=True), "group__folded_name", "group_id")[:FEW])
    news = fresh.of(viewer, [row.group_id for row in rows])
    managed = [row.group_id for row in rows if row.role >= Role.MANAGER and row.group.is_open]
    asking = dict(Request.objects.standing().filter(group__in=managed).values_list("group_id").annotate(n=Count("pk")))
    return [Own(row.group, row.role, news.get(row.group_id, 0), asking.get(row.group_id, 0)) for row in rows]


def invitations(viewer: Viewer) -> list[Invitation]:
    """Those that wait for her, the newest first."""
    rows = Invitation.objects.standing().filter(member=viewer.id, group__ended_at=None)
    return list(rows.select_related("group", "sender").order_by("-pk")[:FEW])


def requests(viewer: Viewer) -> list[Request]:
    """Hers that wait, as far as she may still know of the group."""
    rows = Request.objects.standing().filter(member=viewer.id, group__in=Group.objects.visible_to(viewer).values("pk"))
    return list(rows.select_related("group").order_by("-pk")[:FEW])


def others(viewer: Viewer, words: str = "", after: str = "") -> Page:
    """Those the viewer may know of and is not in, the largest first; what has ended turns up only when looked for.

    Raises:
        Http404: the cursor is none of ours.
    """
    rows = Group.objects.visible_to(viewer)
    if viewer:
        rows = rows.exclude(Exists(Membership.objects.filter(group=OuterRef("pk"), member=viewer.id)))
    if after:
        size, key = cursor.unpack(after, 2)
        rows = rows.filter(Q(member_count__lt=size) | Q(member_count=size, pk__lt=key))
    if words:
        found = list(Group.objects.filter(pk__in=_keys(rows, words)).order_by("-member_count", "-pk"))
    else:
        found = list(rows.filter(ended_at=None).order_by("-member_count", "-pk")[: PAGE + 1])
    older = cursor.pack(found[PAGE - 1].member_count, found[PAGE - 1].pk) if len(found) > PAGE else ""
    return Page(found[:PAGE], older)


def mine_called(viewer: Viewer, words: str) -> list[Group]:
    """Of the viewer's own groups those that are looked for."""
    rows = Group.objects.filter(memberships__member=viewer.id)
    return list(_found(rows, words).order_by("-member_count", "-pk")[:PAGE])


def _found(rows: GroupQuerySet, words: str) -> GroupQuerySet:
    """Those in whose name, line, place or topics every word occurs, however it is written."""
    for word in words.split()[:WORDS]:
        rows = rows.filter(_occurs(word))
    return rows


def _keys(rows: GroupQuerySet, words: str) -> list[int]:
    """The keys of the first of these, and of one more, asked for so that each way has an index to go by.

    One way leads by the words of the groups themselves, one by the topics of each word: as one condition they would be
    asked of every group there is.
    """
    asked = words.split()[:WORDS]
    ways = [rows]
    for word in asked:
        ways[0] = ways[0].filter(_stands(word))
    for word in asked:
        if (about := topics.about(word)) is not None:
            rest = [other for other in asked if other != word]
            ways.append(_found(rows.filter(pk__in=about), " ".join(rest)))
    arms = [way.order_by("-member_count", "-pk").values_list("member_count", "pk")[: PAGE + 1] for way in ways]
    both = arms[0].union(*arms[1:]) if len(arms) > 1 else arms[0]
    return [row[1] for row in both.order_by("-member_count", "-pk")[: PAGE + 1]]


def _occurs(word: str) -> Q:
    about = topics.about(word)
    return _stands(word) if about is None else _stands(word) | Q(pk__in=about)


def _stands(word: str) -> Q:
    return Q(folded_words__contains=Fold(Value(word)))
