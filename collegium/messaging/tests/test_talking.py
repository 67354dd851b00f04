"""Saying something, and what becomes of it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from collegium.lib.refusal import Conflict
from collegium.messaging import tasks
from collegium.messaging.actions import keeping, talking
from collegium.messaging.models import Message
from collegium.messaging.reading import inbox, talk
from collegium.messaging.tests import scene
from collegium.notifications.models import Notification
from collegium.realtime.lines import touch
from collegium.testing.cast import Cast


def test_two_who_are_connected_talk(cast: Cast) -> None:
    row = talking.begin(cast.ada, [cast.bo])
    assert talking.begin(cast.bo, [cast.ada]) == row
    key = uuid4()
    said = talking.write(row, by=cast.ada, text="Hello https://example.org", key=key)
    assert talking.write(row, by=cast.ada, text="Hello https://example.org", key=key) == said
    assert Message.objects.count() == 1
    page = inbox.page(cast.viewer("bo"), "focused")
    assert [each.words for each in page.rows] == ["Hello https://example.org"]
    assert page.counts["focused"] == inbox.unread(cast.viewer("bo")) == 1
    seen = talk.one(cast.viewer("bo"), row.pk)
    assert seen is not None
    stretch = talk.messages(cast.viewer("bo"), seen)
    assert [each.message for each in stretch.said] == [said]
    assert talk.one(cast.viewer("di"), row.pk) is None


def test_strangers_begin_with_a_first_message(cast: Cast) -> None:
    with pytest.raises(Conflict):
        talking.begin(cast.ada, [cast.di])


def told(cast: Cast, name: str) -> int:
    return Notification.objects.filter(recipient=getattr(cast, name), kind="messaging.wrote").count()


def test_a_stretch_is_told_once(cast: Cast) -> None:
    row = scene.two(cast.ada, cast.bo, "One")
    talking.write(row, by=cast.ada, text="Two")
    assert (told(cast, "bo"), told(cast, "ada")) == (1, 0)
    keeping.read(row, by=cast.bo, number=2)
    assert told(cast, "bo") == 0
    talking.write(row, by=cast.ada, text="Three")
    assert told(cast, "bo") == 1
    keeping.read(row, by=cast.bo, number=3)
    keeping.mute(row, by=cast.bo)
    talking.write(row, by=cast.ada, text="Four")
    assert told(cast, "bo") == 0
    assert inbox.page(cast.viewer("bo"), "focused").rows[0].place.unread


def test_who_has_a_page_open_is_told_when_it_waits(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    touch([cast.bo.pk])
    row = scene.two(cast.ada, cast.bo, "One")
    assert told(cast, "bo") == 0
    tasks.remind()
    assert told(cast, "bo") == 0
    monkeypatch.setattr(tasks, "PATIENCE", timedelta(minutes=-1))
    tasks.remind()
    tasks.remind()
    assert told(cast, "bo") == 1
    keeping.read(row, by=cast.bo, number=1)
    tasks.remind()
    assert told(cast, "bo") == 0
