"""The result of a look, as it is today: who of those recognised is still to be found, and what joins one with each."""

from collections.abc import Collection
from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.http import Http404
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.career import history
from collegium.career.models import Contact
from collegium.graph.degrees import FAR, Standing, standings
from collegium.lib import clock, cursor, ids
from collegium.members.models import Member
from collegium.network.relations import Relation, relations
from collegium.portability.acquaintances import spelling, ways, words
from collegium.portability.acquaintances.models import Lookup, Recognised
from collegium.portability.acquaintances.rules import DAY

PAGE = 30


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who was found: by what, and what the viewer has in common with her."""

    person: Member
    by: str
    context: str
    relation: Relation
    standing: Standing


@dataclass(frozen=True)
class Result:
    """What came of the last address book of the day."""

    lookup: Lookup
    total: int = 0
    lines: list[Line] = field(default_factory=list)
    older: str = ""
    sorts: frozenset[str] = frozenset()
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Own:
    """An address of one's own by which one could be found."""

    sort: str
    value: str


def last(member: Member) -> Lookup | None:
    """The last look of the day, unless she has put its result away."""
    recent = Lookup.objects.of(member).filter(pk__gt=ids.floor_at(clock.now() - DAY))
    return recent.filter(shown=True).order_by("-pk").first()


def result(viewer: Viewer, lookup: Lookup, after: str = "") -> Result:
    """A page of those found, by name. The statements are the same however many they are, nobody included.

    Raises:
        Http404: the cursor is none of ours.
    """
    led = {row.person_id: bytes(row.print) for row in Recognised.objects.filter(lookup=lookup)}
    there = ways.unconnected(viewer).filter(pk__in=[0, *led]).in_bulk()
    sorts = ways.still(there, led)
    everyone = sorted((there[key] for key in sorts), key=lambda person: (person.sort_name, person.pk))
    later = _after(everyone, led, after) if after else everyone
    page, more = later[:PAGE], len(later) > PAGE
    older = cursor.pack(page[-1].pk) if more else ""
    said = lookup.said
    notes = words.notes(
        blank=said.get("blank", 0),
        national=said.get("national", 0),
        passed=said.get("passed", 0),
        problems=said.get("problems", []),
    )
    return Result(lookup, len(everyone), _lines(viewer, page, sorts), older, frozenset(sorts.values()), notes)


def _after(everyone: list[Member], led: Collection[int], after: str) -> list[Member]:
    """Those who stand behind the person a cursor names, whether she still stands there or not."""
    (key,) = cursor.unpack(after, 1)
    last = Member.objects.filter(pk=key).first() if key in led else None
    if last is None:
        raise Http404
    return [person for person in everyone if (person.sort_name, person.pk) > (last.sort_name, last.pk)]


def _lines(viewer: Viewer, people: list[Member], sorts: dict[int, str]) -> list[Line]:
    keys = [person.pk for person in people]
    near, beside = standings(viewer.member, keys), relations(viewer, people)
    shared = history.shared_with_many(viewer, viewer.id, keys)
    by = {
        "email": _("Found by their e-mail address"),
        "phone": _("Found by their phone number"),
        "profile": _("Found by their LinkedIn address"),
    }
    return [
        Line(
            person,
            by[sorts[person.pk]],
            "; ".join(each.words for each in shared.get(person.pk, [])[:2]),
            beside[person.pk],
            near.get(person.pk, FAR),
        )
        for person in people
    ]


def own(member: Member) -> list[Own]:
    """The addresses by which she could be found, whether she has agreed or not."""
    mails = EmailAddress.objects.filter(user__member=member, verified=True).order_by("-primary", "email")
    found = [Own("email", each) for each in mails.values_list("email", flat=True)]
    for contact in Contact.objects.of(member).in_order():
        if contact.kind == Contact.Kind.PHONE:
            found.append(Own("phone" if spelling.phone(contact.value) else "national", contact.value))
        elif contact.kind in (Contact.Kind.NETWORK, Contact.Kind.WEBSITE) and spelling.profile(contact.value):
            found.append(Own("profile", contact.value))
    return found
