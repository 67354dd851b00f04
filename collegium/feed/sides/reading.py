"""What a reader can ask of the sides of one person: as much as she sees of them, and never that there is more."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.feed.models import Facet, Mix, Post, Side, Wanted, WantedSide
from collegium.members.models import Member, MemberQuerySet
from collegium.ties.models import Connection, Distance, Follow


@dataclass(frozen=True, slots=True)
class Offer:
    """What there is of a person for one viewer.

    Attributes:
        personal: whether she sees any post of the personal side.
        sides: the facets of the person's own from which she sees any post.
    """

    personal: bool
    sides: list[Side]


@dataclass(frozen=True)
class Chosen:
    """What of a person comes to a reader's home.

    Attributes:
        professional: whether the professional side does.
        personal: whether the personal side does.
        own: what she chose about single facets, by their keys.
        by_name: whether she chose anything about this person; otherwise her mix says it.
    """

    professional: bool
    personal: bool
    own: Mapping[int, bool] = field(default_factory=dict)
    by_name: bool = False


def authors_for(viewer: Viewer) -> MemberQuerySet:
    """Those of whom the viewer may choose: whom she finds, and whose posts she sees."""
    written = Post.objects.visible_to(viewer).filter(author=OuterRef("pk"))
    found = people.visible_to(viewer).values("pk")
    return people.present_to(viewer).filter(Q(pk__in=found) | Exists(written)).exclude(pk=viewer.id)


def offer(viewer: Viewer, author: Member) -> Offer:
    """What the viewer sees any post of."""
    seen = Post.objects.visible_to(viewer).filter(author=author, group=None)
    of_side = seen.filter(side=OuterRef("pk"))
    sides = Side.objects.filter(Exists(of_side), owner=author).order_by("-facet", "name", "pk")
    return Offer(seen.filter(facet=Facet.PERSONAL).exists(), list(sides))


def chosen(reader: Member, author: Member) -> Chosen:
    """What the reader chose, or has by her mix."""
    row = Wanted.objects.filter(reader=reader, author=author).first()
    own = dict(WantedSide.objects.filter(reader=reader, side__owner=author).values_list("side_id", "wanted"))
    if row is not None:
        return Chosen(row.professional, row.personal, own, by_name=True)
    both = Mix.objects.filter(member=reader, sides=Mix.Sides.BOTH).exists()
    return Chosen(professional=True, personal=both, own=own, by_name=bool(own))


def reads(reader: Member, author: Member) -> bool:
    """Whether anything of this person comes to her home: she is connected or follows, and keeps nobody away."""
    near = (
        Connection.objects.filter(member=reader, other=author).exists()
        or Follow.objects.filter(follower=reader, followee=author).exists()
    )
    return near and not Distance.objects.filter(member=reader, other=author).exists()


def choices(viewer: Viewer) -> list[tuple[Member, Chosen]]:
    """Whom she chose by name and still finds, by name."""
    me = viewer.me
    of_sides = WantedSide.objects.filter(reader=me)
    named = Wanted.objects.filter(reader=me).values("author").union(of_sides.values("side__owner"))
    rows = {row.author_id: row for row in Wanted.objects.filter(reader=me)}
    both = Mix.objects.filter(member=me, sides=Mix.Sides.BOTH).exists()
    own = _by_owner(of_sides)
    found = authors_for(viewer).filter(pk__in=named).order_by("name", "pk")
    return [
        (person, Chosen(row.professional, row.personal, own.get(person.pk, {}), by_name=True))
        if (row := rows.get(person.pk)) is not None
        else (person, Chosen(professional=True, personal=both, own=own.get(person.pk, {}), by_name=True))
        for person in found
    ]


def _by_owner(rows: QuerySet[WantedSide]) -> dict[int, dict[int, bool]]:
    found: dict[int, dict[int, bool]] = {}
    for owner, side, wanted in rows.annotate(owner=F("side__owner")).values_list("owner", "side_id", "wanted"):
        found.setdefault(owner, {})[side] = wanted
    return found
