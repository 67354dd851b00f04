"""Conversations for `bin/bench messages`: a million messages stored, and pairs who talk. Runs in `collegium shell`."""

import json
import random
import sys
import time
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.people import signed_in
from collegium.members.models import Member
from collegium.messaging.models import Conversation, Message
from collegium.realtime.poke import poke
from collegium.ties.models import Connection

SEED = 6
STORED, EACH = 1_000_000, 50
WORDS = "thanks for the plan it reads well shall we meet on Tuesday to look at the second part with Bo and the others"
INSERTS = 200

# Conversations of two who are connected, each with fifty messages by turns, a minute apart, long read.
PAIRS = """
INSERT INTO messaging_conversation (kind, name, low_id, high_id, last_number, changes, members_changed, anew)
SELECT 'two', '', member_id, other_id, %(each)s, %(each)s, 0, 0 FROM ties_connection WHERE member_id < other_id
ORDER BY md5(member_id::text || other_id::text) LIMIT %(pairs)s
ON CONFLICT DO NOTHING
"""
SAID = """
INSERT INTO messaging_message (conversation_id, number, author_id, kind, text, note, has_files, changed)
SELECT c.id, n, CASE WHEN (n + c.id) %% 3 = 0 THEN c.low_id ELSE c.high_id END, 'words',
    substr(%(words)s, 1 + (n * 7 + c.id %% 31)::int %% 60, 12 + (n * 13)::int %% 48), '{}', false, n
FROM messaging_conversation c CROSS JOIN generate_series(1, c.last_number) n
WHERE NOT EXISTS (SELECT FROM messaging_message WHERE conversation_id = c.id)
"""
PLACES = """
INSERT INTO messaging_participant (member_id, conversation_id, role, since, after, read, last, unread, box, why,
    archived, starred, muted, draft)
SELECT one.member, c.id, 'member', now(), 0, c.last_number, newest.id, false, 'focused', '[]', false, false, false, ''
FROM messaging_conversation c
CROSS JOIN LATERAL (VALUES (c.low_id), (c.high_id)) one (member)
CROSS JOIN LATERAL (SELECT id FROM messaging_message WHERE conversation_id = c.id ORDER BY number DESC LIMIT 1) newest
ON CONFLICT DO NOTHING
"""
# What the floor of a message is: one row, written and on the disk.
BARE = """
INSERT INTO messaging_message (conversation_id, number, author_id, kind, text, note, has_files, changed)
VALUES (%s, %s, %s, 'words', 'a message of an ordinary length, as the others are', '{}', false, %s)
"""


def main() -> None:
    """Fill what is missing; say who talks, with sessions, and what the floors are."""
    fill()
    tidy()
    pairs = talking(int(sys.argv[-1]) if sys.argv[-1].isdecimal() else 1000)
    members = Member.objects.select_related("user").in_bulk({key for row in pairs for key in row[1:3]})
    sessions = signed_in(list(members.values()))
    talks = [(pk, changes, sessions[one], sessions[other], other) for pk, one, other, changes in pairs]
    told = {"talks": talks, "stored": Message.objects.count(), "bare": bare(talks[0][0], pairs[0][1])}
    json.dump(told | {"queries": _queries(talks[0])}, sys.stdout)


def fill() -> None:
    """A million messages, once."""
    with transaction.atomic(), connection.cursor() as cursor:
        if Conversation.objects.count() < STORED // EACH:
            cursor.execute(PAIRS, {"each": EACH, "pairs": STORED // EACH})
            cursor.execute(SAID, {"words": f"{WORDS} {WORDS}"})
            cursor.execute(PLACES)


def tidy() -> None:
    """Let the database know what came in, as its own sweeper would in time."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) messaging_message, messaging_conversation, messaging_participant")


def talking(count: int) -> list[tuple[int, int, int, int]]:
    """So many conversations of people who can sign in, of which no two share one: key, members, how far it is."""
    rows = list(Conversation.objects.filter(kind="two").order_by("pk").values_list("pk", "low", "high", "changes"))
    random.Random(SEED).shuffle(rows)  # noqa: S311 - a sample, not a secret
    active = {"member__standing": Member.Standing.ACTIVE, "other__standing": Member.Standing.ACTIVE}
    connected = set(Connection.objects.filter(**active).values_list("member", "other"))
    taken: set[int] = set()
    found: list[tuple[int, int, int, int]] = []
    for pk, low, high, changes in rows:
        if low and high and not {low, high} & taken and (low, high) in connected and len(found) < count:
            taken |= {low, high}
            found.append((pk, low, high, changes))
    return found


def bare(conversation: int, author: int) -> list[float]:
    """Milliseconds of each of some bare inserts with their commits; they are taken out again."""
    last = Message.objects.filter(conversation=conversation).order_by("-number").values_list("number", flat=True)[0]
    taken = []
    for number in range(last + 1, last + 1 + INSERTS):
        start = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(BARE, [conversation, number, author, number])
        taken.append((time.perf_counter() - start) * 1000)
    Message.objects.filter(conversation=conversation, number__gt=last).delete()
    return taken


def poked() -> None:
    """Poke whoever is named on standard input, one a line, and say when it was committed."""
    for line in sys.stdin:
        with transaction.atomic():
            poke([int(line)], "floor")
        print(time.time(), flush=True)


def _queries(talk: tuple[Any, ...]) -> int:
    client = Client()
    client.cookies["sessionid"] = talk[2]
    client.get(f"/messages/{talk[0]}/")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/messages/{talk[0]}/")
    return len(asked)
