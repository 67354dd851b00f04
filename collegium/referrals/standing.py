"""How a referral stands in the eyes of each of the two; what one side may not know is not there for it.

To the asker a declined question is an open one: everything she reads of either is made here, of the same columns.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.lib import clock
from collegium.members.models import Member
from collegium.openings.models import Opening
from collegium.referrals.models import OPEN, Referral, State
from collegium.ties.models import Connection

WAITING, GIVEN, TAKEN_BACK, WITHDRAWN, LAPSED = "open", "given", "taken-back", "withdrawn", "lapsed"


@dataclass(frozen=True, slots=True)
class Asked:
    """One's own question.

    Attributes:
        row: the referral.
        state: how it stands, one of the words above.
        title: of the opening, or empty where the viewer does not see it any more.
        may_undo: whether a withdrawal can be undone.
    """

    row: Referral
    state: str
    title: str
    may_undo: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """What one was asked, or gave.

    Attributes:
        row: the referral.
        state: how it stands.
        asker: who asked; None where the viewer does not see her any more.
        stands: whether the opening still does, so that what was given can be taken back.
    """

    row: Referral
    state: str
    asker: Member | None
    stands: bool


def as_asked(viewer: Viewer, rows: Iterable[Referral]) -> list[Asked]:
    """Of these, which the viewer asked, those whose other side she sees. Four statements."""
    mine = [row for row in rows if row.asker_id == viewer.id]
    others = {row.referrer_id for row in mine}
    seen = set(people.visible_to(viewer).filter(pk__in=others).values_list("pk", flat=True))
    tied = set(Connection.objects.filter(member=viewer.id, other__in=others).values_list("other_id", flat=True))
    openings = Opening.objects.filter(pk__in={row.opening_id for row in mine})
    standing = set(openings.standing().visible_to(viewer).values_list("pk", flat=True))
    known = standing | set(openings.once_visible_to(viewer).values_list("pk", flat=True))
    now = clock.now()
    found = []
    for row in mine:
        if row.referrer_id not in seen:
            continue
        lasts = row.lapses_at > now and row.opening_id in standing and row.referrer_id in tied
        title = row.opening.title if row.opening_id in known else ""
        found.append(Asked(row, _of_asker(row, lasts=lasts), title, lasts and row.state == State.WITHDRAWN))
    return found


def _of_asker(row: Referral, *, lasts: bool) -> str:
    if row.state in OPEN:
        return WAITING if lasts else LAPSED
    return {State.GIVEN: GIVEN, State.TAKEN_BACK: TAKEN_BACK, State.WITHDRAWN: WITHDRAWN}.get(State(row.state), LAPSED)


def as_received(viewer: Viewer, rows: Iterable[Referral]) -> list[Received]:
    """Of these, which reached the viewer, each with who asked. Two statements."""
    mine = [row for row in rows if row.referrer_id == viewer.id]
    seen = set(people.visible_to(viewer).filter(pk__in={row.asker_id for row in mine}).values_list("pk", flat=True))
    openings = Opening.objects.filter(pk__in={row.opening_id for row in mine})
    standing = set(openings.standing().values_list("pk", flat=True))
    states = {State.ASKED: WAITING, State.GIVEN: GIVEN}
    return [
        Received(
            row,
            states.get(State(row.state), TAKEN_BACK),
            row.asker if row.asker_id in seen else None,
            row.opening_id in standing,
        )
        for row in mine
    ]
