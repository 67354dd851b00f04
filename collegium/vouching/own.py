"""The pages of one's own: what was written for the viewer, what she wrote, who asks, whom she asked, who confirms."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.career.models import Item
from collegium.lib.cursor import pack, unpack
from collegium.lib.text import render
from collegium.members.models import Member
from collegium.vouching import phrases
from collegium.vouching.bonds import NONE, Bond, bonds
from collegium.vouching.models import Confirmation, ForeignRecommendation, Recommendation, RecommendationRequest
from collegium.vouching.reading import position

PAGE = 20
State = Recommendation.State
# As they are read: first what wants an answer.
ORDER = {State.WAITING: 0, State.RETURNED: 1, State.SHOWN: 2, State.HIDDEN: 3}


@dataclass(frozen=True, slots=True)
class Entry:
    """A recommendation on the pages of its two people.

    Attributes:
        words: the row.
        other: the other of the two.
        open: whether the viewer may open the other's profile.
        connected: whether the two are connected.
        mine: the viewer wrote it.
        relation: "Bo managed Ada directly", as last stated.
        html: the newest text.
        approved: the text on the profile, where the newest differs from it.
        position: which it is about.
        bond: what the network knows of the two.
    """

    words: Recommendation
    other: Member
    open: bool
    connected: bool
    mine: bool
    relation: str
    html: SafeString
    approved: SafeString
    position: str
    bond: Bond

    @property
    def path(self) -> str:
        """Of the other's profile; "" when it is closed to the viewer."""
        return self.other.path if self.open else ""

    @property
    def group(self) -> str:
        """Under which heading it stands among those received."""
        if self.words.asks:
            return _("To approve")
        return {
            State.WAITING: _("To approve"),
            State.RETURNED: _("Returned for a change"),
            State.SHOWN: _("On your profile"),
            State.HIDDEN: _("Hidden"),
        }[State(self.words.state)]

    @property
    def stands(self) -> str:
        """Where it stands, as its author may know: what waits and what was hidden look alike."""
        if self.words.is_returned:
            return _("Returned to you")
        if self.words.state != State.SHOWN:
            return _("Not on the profile")
        return _("On the profile; your change is not") if self.words.draft else _("On the profile")


@dataclass(frozen=True, slots=True)
class Page:
    """Some of a list; `older` is the cursor of the next, "" at the end."""

    entries: Sequence[Any] = field(default_factory=list)
    older: str = ""


def received(viewer: Viewer, after: str = "") -> Page:
    """What was written for the viewer: first what wants an answer, in each the newest first."""
    asks = Q(state=State.WAITING) | (~Q(draft="") & Q(remark=""))
    places = [When(state=state, then=Value(place)) for state, place in ORDER.items()]
    place = Case(When(asks, then=Value(0)), *places, output_field=IntegerField())
    rows = Recommendation.objects.received(viewer).with_people().annotate(place=place)
    if after:
        last, key = unpack(after, 2)
        rows = rows.filter(Q(place__gt=last) | Q(place=last, pk__lt=key))
    found = list(rows.order_by("place", "-pk")[: PAGE + 1])
    older = pack(found[PAGE - 1].place, found[PAGE - 1].pk) if len(found) > PAGE else ""  # type: ignore[attr-defined]
    return Page(entries(viewer, found[:PAGE]), older)


def given(viewer: Viewer, after: str = "") -> Page:
    """What the viewer wrote."""
    rows = Recommendation.objects.given(viewer).with_people()
    return _by_key(rows, after, lambda found: entries(viewer, found))


def asked_of(viewer: Viewer, after: str = "") -> Page:
    """Requests that wait for the viewer's words."""
    return _by_key(RecommendationRequest.objects.to(viewer).with_people(), after, lambda found: asks(viewer, found))


def asked_by(viewer: Viewer, after: str = "") -> Page:
    """Requests of the viewer that have no answer."""
    return _by_key(RecommendationRequest.objects.by(viewer).with_people(), after, lambda found: asks(viewer, found))


def confirmations(viewer: Viewer, after: str = "") -> Page:
    """What the viewer and others say, or are asked to say, of their time together."""
    rows = Confirmation.objects.visible_to(viewer).filter(Q(low=viewer.id) | Q(high=viewer.id)).with_people()
    return _by_key(rows, after, list)


def elsewhere(viewer: Viewer, after: str = "") -> Page:
    """Recommendations the viewer brought along."""
    return _by_key(ForeignRecommendation.objects.filter(member=viewer.id), after, list)


def entry(viewer: Viewer, words: Recommendation) -> Entry:
    """One recommendation for one of its two people."""
    return entries(viewer, [words])[0]


def entries(viewer: Viewer, rows: Iterable[Recommendation]) -> list[Entry]:
    """Recommendations the viewer wrote or was written. Constant statements, whatever the number."""
    listed = list(rows)
    others = {row.pk: row.author if row.recipient_id == viewer.id else row.recipient for row in listed}
    keys = {other.pk for other in others.values()}
    about = bonds(viewer, viewer.id, keys, tied=True)
    seen = set(people.visible_to(viewer).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    tied = set(viewer.me.connections.filter(other__in=keys).values_list("other", flat=True)) if keys else set()
    at = open_items(viewer, listed)
    return [
        Entry(
            words=row,
            other=others[row.pk],
            open=others[row.pk].pk in seen,
            connected=others[row.pk].pk in tied,
            mine=row.author_id == viewer.id,
            relation=phrases.told(row.newest_relationship, row.author.name, row.recipient.name),
            html=render(row.newest).html,
            approved=render(row.body).html if row.draft else SafeString(),
            position=position(row.item) if row.item_id in at else "",
            bond=about.get(others[row.pk].pk, NONE),
        )
        for row in listed
    ]


def open_items(viewer: Viewer, rows: Iterable[Recommendation | RecommendationRequest]) -> set[int | None]:
    """Of the positions these are about, those the viewer may read now: a section may have been closed since."""
    keys = [row.item_id for row in rows if row.item_id is not None]
    return set(Item.objects.visible_to(viewer).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()


def asks(viewer: Viewer, rows: Iterable[RecommendationRequest]) -> list[RecommendationRequest]:
    """The requests, without the positions that are closed to the viewer."""
    listed = list(rows)
    at = open_items(viewer, listed)
    for row in listed:
        if row.item_id not in at:
            row.item = None
    return listed


def waiting(viewer: Viewer) -> dict[str, int]:
    """How many wait for the viewer, on each page; one statement."""
    asks = Recommendation.objects.received(viewer).filter(Q(state=State.WAITING) | (~Q(draft="") & Q(remark="")))
    said = Confirmation.objects.visible_to(viewer).filter(Q(low=viewer.id) | Q(high=viewer.id), confirmed_at=None)
    parts = {
        "received": asks,
        "requests": RecommendationRequest.objects.to(viewer),
        "together": said.exclude(asked_by=viewer.id),
    }
    arms = [
        rows.order_by().annotate(page=Value(name), key=F("pk")).values_list("page", "key")
        for name, rows in parts.items()
    ]
    found = [page for page, _key in arms[0].union(*arms[1:], all=True)]
    return {name: found.count(name) for name in parts}


def _by_key(rows: QuerySet[Any], after: str, lay_out: Callable[[list[Any]], Sequence[Any]]) -> Page:
    if after:
        rows = rows.filter(pk__lt=unpack(after, 1)[0])
    found = list(rows.order_by("-pk")[: PAGE + 1])
    return Page(lay_out(found[:PAGE]), pack(found[PAGE - 1].pk) if len(found) > PAGE else "")
