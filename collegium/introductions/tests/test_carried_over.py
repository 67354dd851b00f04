"""Conversations from before they were messages: order and times stay, who had left is out, what waited waits."""

from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from collegium.introductions.models import Introduction
from collegium.introductions.tests import scene
from collegium.journal.models import Entry
from collegium.lib import ids
from collegium.messaging.actions import people, talking
from collegium.messaging.models import Conversation, Message, Participant
from collegium.messaging.reading import inbox
from collegium.messaging.reading import talk as reading
from collegium.network import actions as network
from collegium.notifications.models import Notification, Outgoing
from collegium.testing.cast import Cast, make_member
from collegium.testing.fixtures import queries

carrying = import_module("collegium.introductions.migrations.0003_carried_over")
YES = datetime(2026, 5, 4, 12, 0, tzinfo=timezone.get_default_timezone())


class Before:
    """The tables as they were, and rows as their verbs made them."""

    def __init__(self) -> None:
        state = MigrationLoader(connection).project_state(("introductions", "0003_carried_over")).apps
        self.Message: Any = state.get_model("introductions", "Message")
        self.Departure: Any = state.get_model("introductions", "Departure")
        with connection.schema_editor() as editor:
            editor.create_model(self.Message)
            editor.create_model(self.Departure)

    def accepted(self, asker: Any, introducer: Any, target: Any, *, at: datetime | None = YES) -> Introduction:
        given = {"to_target": scene.TO_CY, "passed_on": scene.EDITED, "cover": scene.COVER, "ended_at": at}
        key = ids.key_at((at or YES) - timedelta(days=2))
        who = {"asker": asker, "introducer": introducer, "target": target}
        return Introduction.objects.create(id=key, state="accepted", forwarded_at=at, **who, **given)

    def said(self, row: Introduction, author: Any, text: str, *, hours: float) -> Any:
        key = ids.key_at(YES + timedelta(hours=hours))
        return self.Message.objects.create(id=key, introduction_id=row.pk, author_id=author.pk, text=text)

    def left(self, row: Introduction, member: Any, *, hours: float) -> None:
        since = YES + timedelta(hours=hours)
        self.Departure.objects.create(introduction_id=row.pk, member_id=member.pk, since=since)

    def told(self, row: Introduction, said: Any, member: Any, *, read: bool) -> Notification:
        given = {"kind": "introductions.wrote", "cause": f"introduction-wrote:{said.pk}", "subject": row.pk}
        return Notification.objects.create(recipient=member, read_at=YES if read else None, **given)


def carry_over() -> None:
    with connection.cursor() as cursor:
        for statement in carrying.STATEMENTS:
            cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DROP TABLE introductions_carried")


@pytest.fixture
def before(cast: Cast) -> Before:
    return Before()


def shown(cast: Cast, name: str, row: Conversation) -> list[tuple[int, str]] | None:
    viewer = cast.viewer(name)
    here = reading.one(viewer, row.pk)
    if here is None:
        return None
    return [(each.message.number, each.words or each.message.text) for each in reading.messages(viewer, here).said]


def test_words_keep_their_order_authors_and_times(cast: Cast, before: Before) -> None:
    row = before.accepted(cast.ada, cast.bo, cast.cy)
    said = [
        before.said(row, author, text, hours=hours)
        for hours, author, text in ((1, cast.cy, "First"), (2, cast.ada, "Second"), (3, cast.bo, "Third"))
    ]
    carry_over()
    talk = scene.talk(row)
    found = Message.objects.filter(conversation=talk, kind="words").order_by("number")
    assert list(found.values_list("pk", "number", "author", "text", "changed")) == [
        (each.pk, place, each.author_id, each.text, place) for place, each in enumerate(said, 2)
    ]
    assert abs(talk.begun_at - YES) < timedelta(seconds=1)
    assert (talk.kind, talk.name, talk.last_number, talk.changes) == ("group", "", 4, 4)
    words = [(2, "First"), (3, "Second"), (4, "Third")]
    assert shown(cast, "ada", talk) == [(1, "Bo Okafor introduced you and Cy Tanaka to each other."), *words]
    assert shown(cast, "bo", talk) == [(1, "You introduced Ada Lindqvist and Cy Tanaka to each other."), *words]
    assert shown(cast, "di", talk) is None
    places = Participant.objects.filter(conversation=talk)
    assert dict(places.values_list("member", "role")) == {
        cast.ada.pk: "admin",
        cast.bo.pk: "member",
        cast.cy.pk: "admin",
    }
    assert set(places.values_list("read", "unread", "last", "after")) == {(4, False, said[-1].pk, 0)}
    assert talking.write(talk, by=cast.cy, text="And on.").number == 5
    assert people.leave(talk, by=cast.bo)


def test_what_waited_waits(cast: Cast, before: Before) -> None:
    row = before.accepted(cast.ada, cast.bo, cast.cy)
    said = [before.said(row, cast.ada, text, hours=hours) for hours, text in enumerate(("One", "Two", "Three"), 1)]
    before.told(row, said[0], cast.bo, read=True)
    told = before.told(row, said[1], cast.bo, read=False)
    given = {"channel": "mail", "rhythm": "daily", "topic": "messages", "due_at": YES}
    Outgoing.objects.create(notification=told, member=cast.bo, **given)
    Entry.objects.create(kind="introductions.wrote", subject=said[0].pk)
    carry_over()
    place = Participant.objects.get(conversation=scene.talk(row), member=cast.bo)
    assert (place.unread, place.read) == (True, 2)
    assert (inbox.unread(cast.viewer("bo")), inbox.unread(cast.viewer("cy"))) == (1, 0)
    assert not Outgoing.objects.exists()
    assert not Notification.objects.filter(kind="introductions.wrote").exists()
    assert not Entry.objects.filter(kind="introductions.wrote").exists()


def test_who_had_left_is_out_of_it_and_nothing_says_so(cast: Cast, before: Before) -> None:
    kim = make_member("Kim Lund")
    one, both = before.accepted(cast.ada, cast.bo, cast.cy), before.accepted(cast.ada, kim, cast.di)
    for row, author in ((one, cast.cy), (both, cast.di)):
        before.said(row, author, "A word", hours=1)
    before.left(one, cast.cy, hours=2)
    for member in (cast.ada, cast.di):
        before.left(both, member, hours=2)
    carry_over()
    assert shown(cast, "cy", scene.talk(one)) is None
    words = (shown(cast, "ada", scene.talk(one)) or [])[1:]
    assert words == [(2, "A word")]
    gone = Participant.objects.get(conversation=scene.talk(one), member=cast.cy)
    assert (gone.left_at, gone.role) == (YES + timedelta(hours=2), "member")
    # Nobody of those who met is left to look after it.
    assert Participant.objects.get(conversation=scene.talk(both), left_at=None).is_admin
    assert shown(cast, "ada", scene.talk(both)) is None


def test_a_block_stays_between_them(cast: Cast, before: Before) -> None:
    row = before.accepted(cast.ada, cast.bo, cast.cy)
    seen = before.said(row, cast.bo, "For all", hours=1)
    unseen = before.said(row, cast.cy, "Not for Ada", hours=2)
    network.block(cast.ada, cast.cy)
    carry_over()
    assert [text for _number, text in shown(cast, "ada", scene.talk(row)) or []][1:] == ["For all"]
    last = dict(Participant.objects.filter(conversation=scene.talk(row)).values_list("member", "last"))
    assert last == {cast.ada.pk: seen.pk, cast.bo.pk: unseen.pk, cast.cy.pk: unseen.pk}


def test_letters_without_a_yes_stay_letters(cast: Cast, before: Before) -> None:
    """Those without a word are carried, and those of which nobody knows when the yes was said; and nothing twice."""
    silent, undated = before.accepted(cast.ada, cast.bo, cast.cy), before.accepted(cast.di, cast.bo, cast.cy, at=None)
    waiting = scene.asked(cast)
    for _ in range(2):
        carry_over()
    assert Conversation.objects.count() == 2
    assert Introduction.objects.get(pk=waiting.pk).conversation_id is None
    for row in (silent, undated):
        assert scene.talk(row).last_number == 1
    assert scene.talk(undated).begun_at < YES


def test_in_sets(cast: Cast, before: Before) -> None:
    for number in range(12):
        row = before.accepted(cast.ada, cast.bo, make_member(f"Person {number}"))
        for hours in range(3):
            before.said(row, cast.ada, f"Word {hours}", hours=hours)
    assert len(queries(carry_over)) == len(carrying.STATEMENTS) + 2
    assert Message.objects.filter(kind="words").count() == 36
