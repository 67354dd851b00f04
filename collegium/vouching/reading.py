"""What a profile page shows of what others say: counts and faces under the skills, recommendations.

Callers have asked already whether the part is open to the viewer (`career.reading`); here it is judged whose word she
may know of.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Max, OuterRef, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils.safestring import SafeString

from collegium.audience.rule import closeness
from collegium.audience.viewer import NOBODY, Viewer, stand_in
from collegium.career import partial
from collegium.career.models import Holding, Item, level_of
from collegium.career.reading import Held
from collegium.graph.degrees import FAR, standings
from collegium.lib.cursor import pack, unpack
from collegium.lib.statement import Slots, Statement
from collegium.lib.text import render
from collegium.members.models import Member
from collegium.vouching import phrases
from collegium.vouching.bonds import NONE as NO_BOND
from collegium.vouching.bonds import Bond, bonds
from collegium.vouching.marks import Endorsed, Face, Mine
from collegium.vouching.models import Endorsement, ForeignRecommendation, Recommendation
from collegium.vouching.models.endorsements import lately

FACES = 3
PAGE = 10
MOST_FOREIGN = 20
NEWEST = 2**63 - 1


NO_ONE = Endorsed()


def endorsed(viewer: Viewer, holdings: Iterable[Holding | Held]) -> dict[int, Endorsed]:
    """The endorsements of each of these skills, in one statement.

    Args:
        viewer: who looks.
        holdings: skills the viewer sees.

    Returns:
        An entry for every skill asked about.
    """
    found = {holding.pk: NO_ONE for holding in holdings}
    if not found:
        return {}
    keys = list(found)
    rows = COUNTED.tuples(me=viewer.id, keys=keys) if viewer else COUNTED_BY_ALL.tuples(keys=keys)
    faces: dict[int, list[Face]] = {key: [] for key in found}
    for key, count, hidden, earlier, mine, counts, *face in rows:
        if counts:
            faces[key].append(Face(*face))
        found[key] = Endorsed(count, tuple(faces[key]), Mine(mine), hidden, earlier > 0)
    return found


def _counted(viewer: Viewer, slot: Slots) -> QuerySet[Any]:
    """A line for each of the newest few of each skill, with what is true of all of that skill."""
    shows = Q(hidden_at=None) | Q(giver=viewer.id)
    whole = IntegerField()
    of_skill: dict[str, Any] = {"partition_by": F("holding_id")}
    own = Q(giver=viewer.id)
    mine = Max(
        Case(
            When(own & Q(recent=1), then=Value(int(Mine.SAID))),
            When(own, then=Value(int(Mine.EARLIER))),
            default=Value(int(Mine.NOT)),
            output_field=whole,
        )
    )
    return (
        Endorsement.objects.counted_for(viewer)
        .filter(slot.among("holding_id", "keys"))
        .annotate(recent=Case(When(lately(), then=Value(1)), default=Value(0), output_field=whole))
        .annotate(counts=Case(When(shows & Q(recent=1), then=Value(1)), default=Value(0), output_field=whole))
        .annotate(
            count=Window(Count("id", filter=Q(counts=1)), **of_skill),
            hidden=Window(Count("id", filter=~shows & Q(recent=1)), **of_skill),
            earlier=Window(Count("id", filter=Q(recent=0)), **of_skill),
            mine=Window(mine, **of_skill),
            place=Window(RowNumber(), order_by=[F("counts").desc(), F("said").desc()], **of_skill),
        )
        .filter(place__lte=FACES)
        .order_by("holding_id", "place")
        .values_list(
            "holding_id",
            "count",
            "hidden",
            "earlier",
            "mine",
            "counts",
            "giver_id",
            "giver__handle",
            "giver__name",
            "giver__photo",
        )
    )


COUNTED = Statement(lambda slot: _counted(stand_in(slot.int("me")), slot))
COUNTED_BY_ALL = Statement(lambda slot: _counted(NOBODY, slot))


@dataclass(frozen=True, slots=True)
class Card:
    """A recommendation as a page shows it.

    Attributes:
        name: who wrote it.
        line: under the name: the author's headline, or title and company as they were said elsewhere.
        html: the words.
        author: the person; None for somebody from elsewhere.
        relation: "Bo managed Ada directly"; "" for those from elsewhere.
        position: which position it is about: "Engineer at X"; "" for none, or one the viewer may not read.
        bond: what the network knows of the two.
        written: when; for those from elsewhere `said` has it in words.
        path: of the recommendation.
        mine: the viewer wrote it.
        received: it was written for the viewer.
        degree: how far its author is from the viewer.
    """

    name: str
    line: str
    html: SafeString
    author: Member | None = None
    relation: str = ""
    position: str = ""
    bond: Bond = NO_BOND
    written: datetime | None = None
    said: str = ""
    path: str = ""
    mine: bool = False
    received: bool = False
    degree: int | None = None

    @property
    def foreign(self) -> bool:
        """Brought along from elsewhere, and confirmed by nobody here."""
        return self.author is None


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the recommendations of a person; `older` is the cursor of the next, "" at the end."""

    cards: list[Card] = field(default_factory=list)
    older: str = ""


def recommendations(viewer: Viewer, member: Member) -> list[Card]:
    """The newest few recommendations of somebody; `/vouching/of/<handle>/` has them all.

    Those from elsewhere stand last.
    """
    return page(viewer, member).cards


def page(viewer: Viewer, member: Member, after: str = "") -> Page:
    """One page of the recommendations of somebody whose profile opens to the viewer, the newest first.

    Raises:
        Http404: the cursor is none.
    """
    given = {"member": member.pk, "below": unpack(after, 1)[0] if after else NEWEST}
    found = SHOWN.rows(me=viewer.id, **given) if viewer else SHOWN_TO_ALL.rows(**given)
    shown, older = found[:PAGE], pack(found[PAGE - 1].pk) if len(found) > PAGE else ""
    return Page(cards(viewer, member, shown) + ([] if older else _foreign(viewer, member)), older)


def with_position(rows: QuerySet[Recommendation], viewer: Viewer) -> QuerySet[Recommendation]:
    """With the author, and with whether the viewer may read the position on the recipient's page."""
    level = level_of(OuterRef("item__section"), owner="recipient_id")
    reaches = Q(item__removed_at=None) & Q(position_near__gte=level)
    return (
        rows.alias(position_near=closeness(viewer, "recipient"))
        .annotate(position_open=Case(When(reaches, then=Value(True)), default=Value(False)))
        .select_related("author", "item", "item__organization")
    )


def _shown(viewer: Viewer, slot: Slots) -> QuerySet[Recommendation]:
    rows = Recommendation.objects.on_profile(viewer).filter(recipient=slot.int("member"), pk__lt=slot.int("below"))
    return with_position(rows, viewer).order_by("-pk")[: PAGE + 1]


def _brought(viewer: Viewer, slot: Slots) -> QuerySet[ForeignRecommendation]:
    rows = ForeignRecommendation.objects.on_profile(viewer).filter(member=slot.int("member"))
    return rows.order_by("-said", "-pk")[:MOST_FOREIGN]


SHOWN = Statement(lambda slot: _shown(stand_in(slot.int("me")), slot))
SHOWN_TO_ALL = Statement(lambda slot: _shown(NOBODY, slot))
BROUGHT = Statement(lambda slot: _brought(stand_in(slot.int("me")), slot))
BROUGHT_TO_ALL = Statement(lambda slot: _brought(NOBODY, slot))


def cards(viewer: Viewer, member: Member, rows: Sequence[Recommendation]) -> list[Card]:
    """The rows as a page shows them."""
    about = bonds(viewer, member.pk, [row.author_id for row in rows], tied=False)
    near = standings(viewer.member, (row.author_id for row in rows))
    return [
        Card(
            name=row.author.name,
            line=row.author.headline,
            html=render(row.body).html,
            author=row.author,
            relation=phrases.told(row.relationship, row.author.name, member.name),
            position=position(row.item) if getattr(row, "position_open", False) else "",
            bond=about.get(row.author_id, NO_BOND),
            written=row.created_at,
            path=row.path,
            mine=row.author_id == viewer.id,
            received=member.pk == viewer.id,
            degree=near.get(row.author_id, FAR).degree,
        )
        for row in rows
    ]


def position(item: Item | None) -> str:
    """A position in a line: "Engineer at X"."""
    if item is None:
        return ""
    place = item.organization.name if item.organization else item.organization_name
    return " · ".join(words for words in (item.title, place) if words)


def _foreign(viewer: Viewer, member: Member) -> list[Card]:
    rows = BROUGHT.rows(me=viewer.id, member=member.pk) if viewer else BROUGHT_TO_ALL.rows(member=member.pk)
    return [foreign_card(row, received=member.pk == viewer.id) for row in rows]


def foreign_card(row: ForeignRecommendation, *, received: bool) -> Card:
    """One from elsewhere, as a page shows it."""
    line = " · ".join(words for words in (row.title, row.company) if words)
    words = render(row.text).html
    return Card(row.name, line, words, said=partial.words(row.said), path=row.path, received=received)
