"""For whom a post is: the level, and who is named beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from collegium.audience import people as sight
from collegium.audience.level import Level
from collegium.audience.reach import reach
from collegium.audience.rule import CONNECTED, IN_PLACE, nearness_of_readers, readers
from collegium.audience.viewer import Viewer
from collegium.feed.models import Facet, Post, Selected, Selection
from collegium.feed.places import sight as sight_in_places
from collegium.groups.models import Group, Visibility
from collegium.lib.statement import Statement
from collegium.members.models import Member, MemberQuerySet
from collegium.ties.models import Circle, Circling

SHOWN = 5
CIRCLES = Statement(lambda slot: Circle.objects.filter(owner=slot.int("owner")).order_by("name"))


@dataclass(frozen=True, slots=True)
class Choice:
    """An audience as it is chosen.

    Attributes:
        level: the outer bound, an `audience.Level`.
        only: whether nobody but the named sees it.
        people: the named.
        circles: the named circles of the author, by key.
        left_out: who does not see it, whatever else.
        group: on whose wall; then nothing else counts.
    """

    level: int = Level.CONNECTIONS
    only: bool = False
    people: tuple[int, ...] = ()
    circles: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()
    group: Group | None = None

    @property
    def selection(self) -> Selection:
        """What of it the post itself says."""
        if self.group is not None:
            return Selection.NONE
        if self.only:
            return Selection.ONLY
        return Selection.EXCEPT if self.left_out else Selection.NONE

    @property
    def audience(self) -> int:
        """The level the post gets: leaving somebody out means nothing to whoever is signed out."""
        if self.group is not None:
            return IN_PLACE
        if self.only:
            return Level.MEMBERS if self.people else Level.CONNECTIONS
        return max(self.level, Level.MEMBERS) if self.left_out else self.level


def choice_of(post: Post) -> Choice:
    """The audience of a post, as it was chosen."""
    if post.group is not None:
        return Choice(group=post.group)
    if post.selection == Selection.NONE:
        return Choice(post.audience)
    rows = list(Selected.objects.filter(post=post, invited=False).order_by("id"))
    return Choice(
        post.audience,
        post.selection == Selection.ONLY,
        tuple(row.member_id for row in rows if row.member_id and not row.left_out),
        tuple(row.circle_id for row in rows if row.circle_id),
        tuple(row.member_id for row in rows if row.member_id and row.left_out),
    )


def keep(post: Post, choice: Choice) -> None:
    """Make the named of a post exactly these; the post itself must say so too. Who was asked by name stays so.

    But for those who are left out now.
    """
    Selected.objects.filter(post=post).filter(Q(invited=False) | Q(member__in=choice.left_out)).delete()
    asked = set(Selected.objects.filter(post=post).values_list("member_id", flat=True))
    seeing = [key for key in choice.people if choice.only and key not in {*choice.left_out, *asked}]
    named = [Selected(post=post, member_id=key) for key in seeing]
    named += [Selected(post=post, circle_id=key) for key in choice.circles if choice.only]
    named += [Selected(post=post, member_id=key, left_out=True) for key in choice.left_out]
    Selected.objects.bulk_create(named)


def seen_by(author: Member, choice: Choice, facet: str) -> MemberQuerySet:
    """The members who would see a post of this audience and side, its author left out."""
    if choice.group is not None:
        return sight_in_places.readers(choice.group, author).exclude(pk=author.pk)
    personal = facet == Facet.PERSONAL
    people = readers(author, choice.audience, personal=personal).exclude(pk=author.pk)
    if choice.left_out:
        people = people.exclude(pk__in=choice.left_out)
    if not choice.only:
        return people
    circled = Circling.objects.filter(circle__in=choice.circles, circle__owner=author, person=OuterRef("pk"))
    # A circle counts whom its owner is connected with, and does not keep away from what she shows her connections.
    near = people.alias(of_circle=nearness_of_readers(author))
    return near.filter(Q(pk__in=choice.people) | (Exists(circled) & Q(of_circle__gte=CONNECTED)))


@dataclass(frozen=True, slots=True)
class Proof:
    """Who will see it.

    Attributes:
        count: how many members, the author left out.
        some: the first of those whom the author may find: who hides is counted, not named.
        outside: whether anybody on the internet does too.
        group: on whose wall it is read.
    """

    count: int
    some: Sequence[Member]
    outside: bool
    group: Group | None = None


def proof(author: Member, choice: Choice, facet: str) -> Proof:
    """Who would see a post, before it is posted."""
    personal = facet == Facet.PERSONAL
    if choice.audience == Level.ONLY_ME:
        return Proof(0, (), outside=False)
    if choice.group is not None:
        return _in_group(author, choice.group)
    people = seen_by(author, choice, facet)
    count = people.count() if choice.selection else reach(author, choice.audience, personal=personal)
    outside = choice.audience == Level.EVERYONE and author.visibility == Member.Visibility.PUBLIC
    # Of very many anybody will do; of few the first by name.
    named = people.filter(pk__in=sight.findable_by(Viewer(author)).values("pk"))
    some = named.order_by("name", "pk") if count <= 1_000 else named.order_by("pk")
    return Proof(count, list(some[:SHOWN]), outside)


def _in_group(author: Member, group: Group) -> Proof:
    """Who would read it on a wall."""
    is_open = group.visibility == Visibility.PUBLIC
    named = sight_in_places.readers(group, author).exclude(pk=author.pk) if not is_open else Member.objects.none()
    some = named.filter(pk__in=sight.findable_by(Viewer(author)).values("pk")).order_by("pk")[:SHOWN]
    outside = is_open and author.visibility == Member.Visibility.PUBLIC
    return Proof(sight_in_places.count(group, author), list(some), outside, group)


def sees(author: Member, choice: Choice, facet: str, handle: str) -> bool | None:
    """Whether somebody would see it; None where the author finds nobody of this handle."""
    other = sight.visible_to(Viewer(author)).filter(handle=handle.strip().lstrip("@").lower()).first()
    return None if other is None else seen_by(author, choice, facet).filter(pk=other.pk).exists()


def circles_of(author: Member) -> list[Circle]:
    """The circles one can choose from."""
    return CIRCLES.rows(owner=author.pk)
