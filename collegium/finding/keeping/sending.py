"""Mailing what is new: one mail a member, however many searches she keeps, and each opening once for each search.

What a mail tells is written down, and its searches are moved on to their next morning, before it leaves. A worker that
is killed in between leaves one mail unsent and none sent twice. Who may see what is judged when the mail is written.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from collegium.audience.viewer import Viewer
from collegium.finding.keeping import letters, matches
from collegium.finding.keeping.due import next_due, zones
from collegium.finding.models.saved import Letter, Saved, Told
from collegium.lib import clock, mail
from collegium.notifications.rules import mailable
from collegium.openings.models import Opening

_MOVE = """
    UPDATE finding_saved s SET due_at = v.due, since = %(now)s, tries = 0
    FROM unnest(%(keys)s::bigint[], %(dues)s::timestamptz[], %(rhythms)s::text[]) AS v (id, due, rhythm)
    WHERE s.id = v.id AND s.rhythm = v.rhythm AND s.due_at <= %(now)s"""


@dataclass(frozen=True)
class Turn:
    """One member's mail, taken by this worker and no other: her searches with what is new, as she sees it."""

    rows: Sequence[Saved]
    found: dict[int, list[Opening]]
    letter: Letter


def send_due(most: int) -> int:
    """Look after the searches of so many members at most; returns how many mails were begun.

    Raises:
        mail.Away: the mail server cannot be reached; whose turn was not taken keeps it.
    """
    now = clock.now()
    members = list(Saved.objects.due(now).order_by("member_id").values_list("member_id", flat=True).distinct()[:most])
    rows = list(Saved.objects.due(now).filter(member__in=members).select_related("member__user"))
    found, clocks, read = matches.fresh(rows), zones(members), mailable(members)
    hers: dict[int, list[Saved]] = defaultdict(list)
    for row in rows:
        hers[row.member_id].append(row)
    told = {member for member, kept in hers.items() if member in read and any(row.pk in found for row in kept)}
    move([row for row in rows if row.member_id not in told], clocks, now)
    begun = 0
    with mail.Courier() as courier:
        for member in sorted(told):
            courier.is_ready()
            turn = take([row.pk for row in hers[member]], found, clocks.get(member, ""), now)
            if turn is not None:
                begun += 1
                carry(turn, courier)
    return begun


def move(rows: Sequence[Saved], clocks: dict[int, str], now: datetime) -> None:
    """On to the next morning, all in one statement; rows whose rhythm changed meanwhile stay as they are."""
    dues = {(row.rhythm, row.member_id): next_due(row.rhythm, clocks.get(row.member_id, ""), now) for row in rows}
    values: dict[str, Any] = {
        "now": now,
        "keys": [row.pk for row in rows],
        "dues": [dues[row.rhythm, row.member_id] for row in rows],
        "rhythms": [str(row.rhythm) for row in rows],
    }
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, values)


@transaction.atomic
def take(keys: Sequence[int], found: dict[int, list[int]], zone: str, now: datetime) -> Turn | None:
    """Her searches that are still due, moved on, with what she may see of their finds; None when that is nothing."""
    still = Saved.objects.due(now).filter(pk__in=keys).select_related("member__user").order_by("pk")
    rows = list(still.select_for_update(skip_locked=True, of=("self",)))
    if not rows:
        return None
    move(rows, {rows[0].member_id: zone}, now)
    seen = _seen(rows, found)
    mine = {row.pk: [seen[key] for key in found.get(row.pk, []) if key in seen] for row in rows}
    mine = {key: openings for key, openings in mine.items() if openings}
    if not mine:
        return None
    shown = {opening.pk for openings in mine.values() for opening in openings}
    letter = Letter.objects.create(member=rows[0].member, count=len(shown))
    Told.objects.bulk_create(
        [Told(search_id=key, opening=each, letter=letter) for key, openings in mine.items() for each in openings],
        batch_size=10_000,
        ignore_conflicts=True,
    )
    return Turn(rows, mine, letter)


def _seen(rows: Sequence[Saved], found: dict[int, list[int]]) -> dict[int, Opening]:
    """What stands and is for her eyes, by key; what she posted herself is no news to her."""
    member = rows[0].member
    keys = {key for row in rows for key in found.get(row.pk, [])}
    standing = Opening.objects.visible_to(Viewer(member)).standing().filter(pk__in=keys)
    return {row.pk: row for row in standing.with_faces() if row.poster_id != member.pk}


def carry(turn: Turn, courier: mail.Courier) -> None:
    """Send it; what the server put off is unsaid and comes later."""
    if courier.carry(letters.message(turn.rows, turn.found, turn.letter)):
        Letter.objects.filter(pk=turn.letter.pk).update(mailed_at=clock.now())
    elif courier.for_now:
        _again(turn)


@transaction.atomic
def _again(turn: Turn) -> None:
    """Nothing was told after all: sooner than the next morning a few times, then with the next one."""
    turn.letter.delete()
    for row in turn.rows:
        due_at = mail.again_at(row.tries)
        kept = Saved.objects.filter(pk=row.pk, rhythm=row.rhythm, due_at__isnull=False)
        if due_at is None:
            kept.update(since=row.since)
        else:
            kept.update(since=row.since, due_at=due_at, tries=row.tries + 1)
