"""The tables of the rooms above the rule bite too: career, visits, what people say for each other, open to work.

Each fault names the rooms whose tables must show it. Every way a room has of asking is a row of its own: a reading that
was written out beforehand and a queryset can forget different things.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from collegium.audience import rule
from collegium.audience.level import Level
from collegium.audience.viewer import Viewer
from collegium.career import actions as career
from collegium.career import models, reading
from collegium.career.models import Contact, Holding, Item
from collegium.career.sections import Part, Section
from collegium.lib import clock
from collegium.lib.statement import Statement
from collegium.members.models import Member, MemberQuerySet
from collegium.network.distance import Rung, set_rung
from collegium.openness import reading as openness
from collegium.openness.models import Audience, OpenToWork
from collegium.openness.tests.scene import open_up
from collegium.testing.cast import Cast, connect, make_member
from collegium.visits.models import Mode, Showing, Visit
from collegium.vouching import reading as vouching
from collegium.vouching.models import Endorsement, Recommendation
from collegium.vouching.models import endorsements as endorsing
from tests.house.planting import anew  # noqa: F401 - a fixture
from tests.house.test_bites import BLOCKED_BY_OWNER, BLOCKED_OWNER, CONNECTED

pytestmark = pytest.mark.usefixtures("anew")

Table = dict[str, str]
NAMES = ("ada", "bo", "cy", "di", "ed", "eve", "flo", "hal", "nobody")
#             ada bo cy di ed eve flo hal nobody
ALL = "        1  1  1  1  0  0   1   1   1"
MEMBERS = "    1  1  1  1  0  0   1   1   0"
NETWORK = "    1  1  1  0  0  0   0   0   0"
CONNECTIONS = "1  1  0  0  0  0   0   0   0"
MINE = "       1  0  0  0  0  0   0   0   0"
NONE = "       0  0  0  0  0  0   0   0   0"


def row(cells: Iterable[object]) -> str:
    return " ".join(str(int(bool(cell))) for cell in cells)


def eyes(cast: Cast) -> list[Viewer]:
    return [cast.viewer(name) for name in NAMES]


def key_of(cast: Cast, name: str) -> int:
    return 0 if name == "nobody" else getattr(cast, name).pk


def opened(cast: Cast, visibility: Member.Visibility) -> Member:
    Member.objects.filter(pk=cast.ada.pk).update(visibility=visibility)
    return Member.objects.get(pk=cast.ada.pk)


def careers(cast: Cast) -> Table:
    """Sections at three levels, skills, contacts, and an item that was taken away; twice over, and on a hidden page."""
    made = [
        career.add(cast.ada, section, title=str(section), organization_name="Acme")
        for section in (Section.POSITIONS, Section.HONOURS, Section.PROJECTS, Section.COURSES)
    ]
    career.remove(made[-1], by=cast.ada)
    career.add_skills(cast.ada, ["Tides"])
    gone = career.add_skills(cast.ada, ["Gone"])[0]
    Holding.objects.filter(pk=gone.pk).update(removed_at=clock.now())
    career.put_contact(cast.ada, kind=Contact.Kind.EMAIL, value="ada@example.org", audience=Level.CONNECTIONS)
    for part, level in ((Part.POSITIONS, 3), (Part.HONOURS, 2), (Part.SKILLS, 3)):
        career.set_audience(cast.ada, part, Level(level))
    found = {}
    for visibility in (Member.Visibility.PUBLIC, Member.Visibility.HIDDEN):
        ada = opened(cast, visibility)
        shown = [reading.read(viewer, ada) for viewer in eyes(cast)]
        rows = [Item.objects.visible_to(viewer).filter(member=ada) for viewer in eyes(cast)]
        for section in (Section.POSITIONS, Section.HONOURS, Section.PROJECTS, Section.COURSES):
            found[f"{visibility.name} {section} asked"] = row(each.filter(section=section).exists() for each in rows)
            found[f"{visibility.name} {section} read"] = row(each.items(section) for each in shown)
        held = [Holding.objects.visible_to(viewer).filter(member=ada) for viewer in eyes(cast)]
        found[f"{visibility.name} skills asked"] = row(held_by.filter(skill__name="Tides").exists() for held_by in held)
        found[f"{visibility.name} gone asked"] = row(held_by.filter(pk=gone.pk).exists() for held_by in held)
        found[f"{visibility.name} skills read"] = row(each.skills for each in shown)
        found[f"{visibility.name} gone read"] = row("Gone" in [held.name for held in each.skills] for each in shown)
        ways = [Contact.objects.visible_to(viewer).filter(member=ada).exists() for viewer in eyes(cast)]
        found[f"{visibility.name} contacts asked"] = row(ways)
        found[f"{visibility.name} contacts read"] = row(each.contacts for each in shown)
    return found


CAREERS = {
    "PUBLIC positions": CONNECTIONS,
    "PUBLIC honours": NETWORK,
    "PUBLIC projects": ALL,
    "PUBLIC courses": NONE,
    "PUBLIC skills": CONNECTIONS,
    "PUBLIC gone": NONE,
    "PUBLIC contacts": CONNECTIONS,
    "HIDDEN positions": CONNECTIONS,
    "HIDDEN honours": CONNECTIONS,
    "HIDDEN projects": CONNECTIONS,
    "HIDDEN courses": NONE,
    "HIDDEN skills": CONNECTIONS,
    "HIDDEN gone": NONE,
    "HIDDEN contacts": CONNECTIONS,
}


def kept_away(cast: Cast) -> Table:
    """The same with Bo restricted, whose row then reads like Di's."""
    set_rung(cast.ada, cast.bo, Rung.RESTRICTED)
    return careers(cast)


def visits(cast: Cast) -> Table:
    """Who has been on Ada's page under a name, as Ada reads it."""
    found = {}
    for name in NAMES[:-1]:
        member = getattr(cast, name)
        Showing.objects.update_or_create(
            member=member, defaults={"mode": Mode.NAMED, "since": clock.now() - timedelta(days=9)}
        )
        if name != "ada":
            Visit.objects.create(
                owner=cast.ada, visitor=member, day=clock.now().date(), mode=Mode.NAMED, at=clock.now()
            )
    Member.objects.filter(pk=cast.hal.pk).update(visibility=Member.Visibility.HIDDEN)
    told = Visit.objects.visible_to(cast.viewer("ada")).values_list("visitor", "known")
    there = dict(told)
    found["there"] = row(key_of(cast, name) in there for name in NAMES)
    found["named"] = row(there.get(key_of(cast, name)) for name in NAMES)
    return found


VISITS = {"there": "0 1 1 1 0 0 1 1 0", "named": "0 1 1 1 0 0 1 0 0"}


def faces(viewer: Viewer, holding: Holding) -> list[int]:
    """Whose faces stand under the skill on the page of who sees the skill at all."""
    seen = list(Holding.objects.visible_to(viewer).filter(pk=holding.pk))
    return [face.id for face in vouching.endorsed(viewer, seen)[holding.pk].faces] if seen else []


def words(cast: Cast) -> Table:
    """Endorsements and recommendations of Ada, for connections only.

    By Bo, Hal (removed), Eve (who blocked her) and Kim, whose own page is for connections.
    """
    holding = career.add_skills(cast.ada, ["Tides"])[0]
    career.set_audience(cast.ada, Part.SKILLS, Level.CONNECTIONS)
    career.set_audience(cast.ada, Part.RECOMMENDATIONS, Level.CONNECTIONS)
    ada = opened(cast, Member.Visibility.PUBLIC)
    found = {}
    kim = make_member("Kim Lund")
    connect(kim, cast.ada)
    for name, giver in (("bo", cast.bo), ("hal", cast.hal), ("eve", cast.eve), ("kim", kim)):
        open_to = Member.Visibility.HIDDEN if name == "kim" else Member.Visibility.PUBLIC
        Member.objects.filter(pk=giver.pk).update(visibility=open_to)
        said = Endorsement.objects.create(member=ada, holding=holding, giver=giver)
        written = Recommendation.objects.create(
            recipient=ada, author=giver, general=True, relationship="team", body="Words.", state="shown"
        )
        found[f"endorsed by {name}"] = row(
            Endorsement.objects.visible_to(viewer).filter(pk=said.pk).exists() for viewer in eyes(cast)
        )
        found[f"counted {name}"] = row(giver.pk in faces(viewer, holding) for viewer in eyes(cast))
        found[f"recommended by {name}"] = row(
            Recommendation.objects.shown_to(viewer).filter(pk=written.pk).exists() for viewer in eyes(cast)
        )
    return found


WORDS = {
    "endorsed by bo": CONNECTIONS,
    "counted bo": CONNECTIONS,
    "recommended by bo": CONNECTIONS,
    "endorsed by hal": NONE,
    "counted hal": NONE,
    "recommended by hal": CONNECTIONS,
    "endorsed by eve": NONE,
    "counted eve": NONE,
    "recommended by eve": NONE,
    "endorsed by kim": MINE,
    "counted kim": MINE,
    "recommended by kim": MINE,
}


def looking(cast: Cast) -> Table:
    """Who learns that Ada is open to work, as it is asked, as it is read, and as it is counted before her."""
    found = {}
    ada = opened(cast, Member.Visibility.PUBLIC)
    for audience in (Audience.MEMBERS, Audience.NETWORK, Audience.CONNECTIONS):
        open_up(ada, audience)
        asked = [OpenToWork.objects.visible_to(viewer).filter(member=ada).exists() for viewer in eyes(cast)]
        found[f"{audience.name} asked"] = row(asked)
        found[f"{audience.name} read"] = row(openness.shown_to(viewer, ada) for viewer in eyes(cast))
        told = openness._reached(ada, openness.of(ada))  # type: ignore[arg-type]
        keys = {ada.pk, *told.values_list("pk", flat=True)}
        found[f"{audience.name} counted"] = row(key_of(cast, name) in keys for name in NAMES)
    return found


LOOKING = {"MEMBERS": MEMBERS, "NETWORK": NETWORK, "CONNECTIONS": CONNECTIONS}


def as_restricted(table: Table) -> Table:
    """Bo's cell is Di's."""
    return {name: " ".join([*cells.split()[:1], cells.split()[3], *cells.split()[2:]]) for name, cells in table.items()}


def spread(table: Table, ways: Iterable[str]) -> Table:
    return {f"{name} {way}": row(map(int, cells.split())) for name, cells in table.items() for way in ways}


ROOMS: dict[str, tuple[Callable[[Cast], Table], Table]] = {
    "careers": (careers, spread(CAREERS, ("asked", "read"))),
    "kept away": (kept_away, spread(as_restricted(CAREERS), ("asked", "read"))),
    "visits": (visits, VISITS),
    "words": (words, {name: row(map(int, cells.split())) for name, cells in WORDS.items()}),
    "looking": (looking, spread(LOOKING, ("asked", "read", "counted"))),
}


@pytest.mark.parametrize("room", ROOMS)
def test_the_tables_are_right(cast: Cast, room: str) -> None:
    fill, expected = ROOMS[room]
    assert fill(cast) == expected


def swap(name: str, right: str, planted: str) -> Callable[[pytest.MonkeyPatch], None]:
    """A fault in one of the texts of the rule."""

    def plant(monkeypatch: pytest.MonkeyPatch) -> None:
        text = getattr(rule.Closeness, name)
        assert right in text, "the fault has no place to be planted in any more"
        monkeypatch.setattr(rule.Closeness, name, text.replace(right, planted))

    return plant


def put(where: str, made: Any) -> Callable[[pytest.MonkeyPatch], None]:
    """A fault in place of something."""
    return lambda monkeypatch: monkeypatch.setattr(where, made)


def every_page_opens(viewer: Viewer) -> MemberQuerySet:
    """`people.visible_to` without its gate."""
    return Member.objects.alias(near=rule.closeness(viewer, second=False))


def everyone(part: object, owner: str = "member_id") -> Coalesce:
    """`level_of`, which says that nobody has chosen anything."""
    return Coalesce(Value(0), Value(0))


READ_CONTACTS = Statement(
    lambda slot: Contact.objects.filter(Q(pk__gt=0) | Q(slot.at_most("audience", "near")), member=slot.int("member"))
)
ITEMS_OF_ALL_SECTIONS = Statement(
    lambda slot: (
        Item.objects.kept()
        .filter(Q(slot.among("section", "open")) | Q(pk__gt=0), member=slot.int("member"))
        .select_related("organization")
    )
)
ALL_ROOMS = frozenset({"careers", "words", "looking"})
FAULTS: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], frozenset[str]]] = {
    "who blocked the owner still sees her": (
        swap("SIGNED_IN", BLOCKED_OWNER, "WHEN %s = 0 THEN -1"),
        frozenset({"careers", "looking"}),
    ),
    "whom the owner blocked still sees her": (
        swap("SIGNED_IN", BLOCKED_BY_OWNER, "WHEN %s = 0 THEN -1"),
        frozenset({"careers", "looking"}),
    ),
    "whom I blocked has been here": (
        swap("SIGNED_IN", BLOCKED_OWNER, "WHEN %s = 0 THEN -1"),
        frozenset({"visits"}),
    ),
    "connections are strangers": (swap("SIGNED_IN", CONNECTED, "WHEN %s = 0 THEN 3"), ALL_ROOMS),
    "every member is close": (swap("SIGNED_IN", "ELSE 1 END", "ELSE 3 END"), ALL_ROOMS | {"kept away"}),
    "one does not see one's own": (
        swap("SIGNED_IN", "WHEN {key} = %s THEN 4", "WHEN {key} + 0 * %s = 0 THEN 4"),
        ALL_ROOMS,
    ),
    "the second degree is any member": (swap("IN_SECOND", "THEN 2", "THEN 1"), frozenset({"careers", "looking"})),
    "whoever is signed out is a member": (swap("SIGNED_OUT", "THEN 0", "THEN 3"), ALL_ROOMS),
    "restriction is forgotten": (
        lambda monkeypatch: monkeypatch.setattr(rule.Closeness, "KEPT_AWAY", ""),
        frozenset({"kept away"}),
    ),
    "the gate of the profile is dropped": (
        put("collegium.audience.people.visible_to", every_page_opens),
        frozenset({"careers"}),
    ),
    "a part has no audience": (put("collegium.career.models.level_of", everyone), frozenset({"careers"})),
    "recommendations have no audience": (
        put("collegium.vouching.models.recommendations.level_of", everyone),
        frozenset({"words"}),
    ),
    "closed parts are read": (put("collegium.career.reading.ITEMS", ITEMS_OF_ALL_SECTIONS), frozenset({"careers"})),
    "what was taken away is kept": (
        lambda monkeypatch: monkeypatch.setattr(models.ItemQuerySet, "kept", lambda rows: rows),
        frozenset({"careers"}),
    ),
    "skills that were taken off are kept": (
        lambda monkeypatch: monkeypatch.setattr(models.HoldingQuerySet, "kept", lambda rows: rows),
        frozenset({"careers"}),
    ),
    "contacts are read without their audience": (
        put("collegium.career.reading.CONTACTS", READ_CONTACTS),
        frozenset({"careers"}),
    ),
    "contacts are asked for without their audience": (
        lambda monkeypatch: monkeypatch.setattr(
            models.ContactQuerySet, "visible_to", lambda rows, viewer: rows.seen(viewer, Value(0))
        ),
        frozenset({"careers"}),
    ),
    "former connections endorse": (
        lambda monkeypatch: monkeypatch.setattr(endorsing, "stands", lambda: Q(pk__gt=0)),
        frozenset({"words"}),
    ),
    "who may be found is not asked of the giver": (
        lambda monkeypatch: monkeypatch.setattr(
            endorsing, "closeness", lambda *args, **more: F("giver__id") * 0 + Level.ONLY_ME.value
        ),
        frozenset({"words"}),
    ),
    "everybody has been here": (put("collegium.audience.people.present_to", every_page_opens), frozenset({"visits"})),
    "every visitor is named": (put("collegium.audience.people.visible_to", every_page_opens), frozenset({"visits"})),
}


@pytest.mark.parametrize(
    ("fault", "room"), [(fault, room) for fault, (_plant, rooms) in FAULTS.items() for room in sorted(rooms)]
)
def test_a_fault_shows(cast: Cast, monkeypatch: pytest.MonkeyPatch, fault: str, room: str) -> None:
    fill, expected = ROOMS[room]
    FAULTS[fault][0](monkeypatch)
    assert fill(cast) != expected
