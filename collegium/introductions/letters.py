"""Introductions as one of the three reads them: only her part of it, with what helps her to answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.career.history import Shared, shared_with_many
from collegium.graph.degrees import FAR, Standing, standings
from collegium.introductions.models import EXPIRES_AFTER, Introduction
from collegium.introductions.sight import as_asked
from collegium.lib import clock, cursor, ids
from collegium.members.models import Member
from collegium.network.context import both_know
from collegium.network.mutuals import NOBODY_SHARED, Mutual, mutuals
from collegium.ties.models import COOLDOWN, Connection

PAGE = 20
ASKER, INTRODUCER, TARGET = "asker", "introducer", "target"


@dataclass(frozen=True, slots=True)
class Letter:
    """One introduction as one of its three people sees it.

    Attributes:
        row: the introduction; a template shows of it what is for `role` to see.
        role: `asker`, `introducer` or `target`.
        near: how the viewer stands to each of the three.
        shared: the latest place and time the viewer shares with each of them.
        mutual: whom the viewer and the asker both know, for the one who is asked to meet her.
        opens: those whose pages the viewer may open.
    """

    row: Introduction
    role: str
    near: dict[int, Standing]
    shared: dict[int, list[Shared]]
    mutual: Mutual
    opens: frozenset[int]

    def degree(self, person: Member) -> int | None:
        """How far this person is from the viewer."""
        return self.near.get(person.pk, FAR).degree

    def context(self, person: Member) -> str:
        """What the viewer shares with this person, in words; "" for nothing."""
        met = self.shared.get(person.pk)
        return met[0].words if met else ""

    def is_open(self, person: Member) -> bool:
        """Whether the viewer may open this person's page."""
        return person.pk in self.opens

    @property
    def both_know(self) -> str:
        """Whom the one who is asked and the asker both know, in a sentence."""
        return both_know(self.mutual) if self.mutual.people else ""

    @property
    def waiting(self) -> bool:
        """In the eyes of the asker."""
        return self.row.expires_at > clock.now()

    @property
    def again_from(self) -> Any:
        """When the asker may ask the same two again, once it has run out."""
        return self.row.expires_at + COOLDOWN


def lay_out(viewer: Viewer, rows: Sequence[Introduction], role: str) -> list[Letter]:
    """Letters for these introductions (with people) in the eyes of one role, in a constant number of statements."""
    persons = {each.pk: each for row in rows for each in (row.asker, row.introducer, row.target)}
    persons.pop(viewer.id, None)
    near = standings(viewer.member, persons)
    shared = shared_with_many(viewer, viewer.id, persons) if persons else {}
    both = mutuals(viewer, [row.asker for row in rows]) if role == TARGET else {}
    opens = frozenset(people.visible_to(viewer).filter(pk__in=persons).values_list("pk", flat=True))
    return [Letter(row, role, near, shared, both.get(row.asker_id, NOBODY_SHARED), opens) for row in rows]


def through_me(viewer: Viewer, after: str = "") -> tuple[list[Letter], str]:
    """What the viewer was asked to pass on, the newest first, and the cursor of the next page or ''."""
    return _page(viewer, Introduction.objects.through(viewer.me), INTRODUCER, after)


def to_me(viewer: Viewer, after: str = "") -> tuple[list[Letter], str]:
    """What was passed on to the viewer and waits for her."""
    return _page(viewer, Introduction.objects.to(viewer.me), TARGET, after)


def by_me(viewer: Viewer, after: str = "") -> tuple[list[Letter], str]:
    """What the viewer asked for, as long as it waits, and for three weeks after it ran out."""
    rows, rest = _rows(asked_lately(viewer), after)
    return lay_out(viewer, as_asked(viewer, rows), ASKER), rest


def asked_lately(viewer: Viewer) -> Any:
    """Those the viewer asked for that wait, and those that ran out a short while ago."""
    floor = ids.floor_at(clock.now() - EXPIRES_AFTER - COOLDOWN)
    rows = Introduction.objects.filter(asker=viewer.member, state__in=Introduction.OPEN, id__gte=floor)
    # Those who know each other by now need nobody.
    return rows.exclude(target__in=Connection.objects.filter(member=viewer.member).values("other"))


def one(viewer: Viewer, key: int) -> Letter | None:
    """One letter, as whichever of the three the viewer is; None where it is not for her to see."""
    me, rows = viewer.me, Introduction.objects.with_people().filter(pk=key)
    if (row := rows.filter(pk__in=Introduction.objects.through(me).values("pk")).first()) is not None:
        return lay_out(viewer, [row], INTRODUCER)[0]
    if (row := rows.filter(pk__in=Introduction.objects.to(me).values("pk")).first()) is not None:
        return lay_out(viewer, [row], TARGET)[0]
    mine = as_asked(viewer, rows.filter(pk__in=asked_lately(viewer).values("pk")))
    return lay_out(viewer, mine, ASKER)[0] if mine else None


def _page(viewer: Viewer, rows: Any, role: str, after: str) -> tuple[list[Letter], str]:
    found, rest = _rows(rows, after)
    return lay_out(viewer, found, role), rest


def _rows(rows: Any, after: str) -> tuple[list[Introduction], str]:
    """A page of rows, the newest first, and where the next one begins."""
    if after:
        rows = rows.filter(pk__lt=cursor.unpack(after, 1)[0])
    found = list(rows.with_people().order_by("-pk")[: PAGE + 1])
    return found[:PAGE], cursor.pack(found[PAGE - 1].pk) if len(found) > PAGE else ""
