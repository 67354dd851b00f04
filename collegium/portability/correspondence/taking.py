"""Lays messages out for the review, and takes those of the chosen conversations in. Nobody is told or looked for."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import connection

from collegium.feed.reading.words import fold_all
from collegium.members.models import Member
from collegium.portability.correspondence import judging
from collegium.portability.correspondence.letters import Letters, told
from collegium.portability.correspondence.models import (
    MOST_INVITATIONS,
    MOST_MESSAGES,
    SAID,
    Invited,
    Letter,
    Thread,
    Waiting,
)
from collegium.portability.imports.models import Import, ImportRow
from collegium.portability.linkedin.things import Invitation

CHUNK = 1000
COLUMNS = "of_id, talk, mark, sent, mine, name, subject, text"
# What came in before is passed over, so that only what is new counts against the room there is.
_TAKE = """
INSERT INTO portability_letter (member_id, thread_id, mark, sent, mine, name, subject, text, said)
SELECT t.member_id, t.id, w.mark, w.sent, w.mine, w.name, w.subject, w.text,
    left(fold(concat_ws(' ', nullif(w.subject, ''), w.text)), %(most)s)
FROM portability_waiting w JOIN portability_thread t ON t.mark = w.talk AND t.member_id = %(member)s
WHERE w.of_id = %(of)s AND t.id = ANY(%(threads)s)
    AND NOT EXISTS (SELECT FROM portability_letter l WHERE l.thread_id = t.id AND l.mark = w.mark)
ORDER BY w.sent DESC, w.id LIMIT %(room)s
ON CONFLICT (thread_id, mark) DO NOTHING
"""
_COUNT = """
UPDATE portability_thread t SET count = n.count, last = n.last
FROM (SELECT thread_id, count(*) AS count, max(sent) AS last FROM portability_letter
    WHERE thread_id = ANY(%(threads)s) GROUP BY thread_id) n
WHERE t.id = n.thread_id
"""


def lay_out(row: Import, letters: Letters) -> None:
    """Messages that are not here yet, by COPY; what an earlier attempt left is replaced."""
    Waiting.objects.filter(of=row).delete()
    with connection.cursor() as cursor, cursor.copy(f"COPY portability_waiting ({COLUMNS}) FROM STDIN") as copy:
        for each in letters.staged():
            copy.write_row((row.pk, *each))


def take(by: Member, row: Import, chosen: Sequence[ImportRow]) -> Counter[str]:
    """Take the chosen conversations in, the newest messages first, as far as there is room.

    Args:
        by: whose they are; she is held by the caller's transaction.
        row: the import.
        chosen: the lines of its review that are conversations.

    Returns:
        How many `conversations` have something new, and how many `messages`.
    """
    if not chosen:
        return Counter()
    threads = _threads(by, chosen)
    room = max(MOST_MESSAGES - Letter.objects.filter(member=by).count(), 0)
    given: dict[str, Any] = {"most": SAID, "member": by.pk, "of": row.pk, "threads": threads, "room": room}
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, given)
        taken = cursor.rowcount
        cursor.execute(_COUNT, given)
    # One for whose messages there was no room.
    Thread.objects.filter(member=by, pk__in=threads, count=0).delete()
    return Counter(conversations=Thread.objects.filter(pk__in=threads).count() if taken else 0, messages=taken)


def _threads(by: Member, chosen: Sequence[ImportRow]) -> list[int]:
    """The conversations with what the archive says of them now, made where they are not here yet; their keys."""
    said = {bytes.fromhex(each.data["mark"]): each.data for each in chosen}
    spoken = fold_all([" ".join([data["title"], *(name for name, _slug in data["people"])]) for data in said.values()])
    rows = [
        Thread(
            member=by,
            mark=mark,
            title=data["title"],
            people=data["people"],
            folder=data["folder"],
            said=words[:SAID],
        )
        for (mark, data), words in zip(said.items(), spoken, strict=True)
    ]
    Thread.objects.bulk_create(
        rows,
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["member", "mark"],
        update_fields=["title", "people", "folder", "said"],
    )
    return list(Thread.objects.filter(member=by, mark__in=list(said)).values_list("pk", flat=True))


def take_invitations(by: Member, said: Sequence[Invitation]) -> int:
    """Keep these invitations; how many are new."""
    if not said:
        return 0
    room = max(MOST_INVITATIONS - Invited.objects.filter(member=by).count(), 0)
    rows = []
    for each in said[:room]:
        name, slug = judging.other(each)
        rows.append(
            Invited(
                member=by,
                mark=judging.mark(each),
                incoming=each.incoming,
                name=name,
                slug=slug,
                sent=told(each.at),
                text=each.message,
            )
        )
    Invited.objects.bulk_create(rows, ignore_conflicts=True, batch_size=CHUNK)
    return len(rows)
