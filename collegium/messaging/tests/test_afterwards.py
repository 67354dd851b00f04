"""What comes after: archiving is taken back, a group gets another host, and what files are called without words."""

from collections.abc import Callable

import pytest

from collegium.members import actions as members
from collegium.messaging.actions import people, talking
from collegium.messaging.models import Attachment, Conversation, Participant
from collegium.messaging.reading import inbox
from collegium.messaging.tests import scene
from collegium.notifications import kinds, reading
from collegium.notifications.models import Notification
from collegium.testing.cast import Cast, client_of, connect, make_member

pytestmark = pytest.mark.django_db
Hear = Callable[[], None]


def hosts(row: Conversation) -> set[int]:
    rows = Participant.objects.filter(conversation=row, role=Participant.Role.ADMIN, left_at=None)
    return set(rows.values_list("member_id", flat=True))


def test_archiving_offers_the_way_back(cast: Cast) -> None:
    row, client = scene.two(cast.ada, cast.bo, "One"), client_of(cast.ada)
    undo = f"{row.path}place/restoration/"
    page = client.post(f"{row.path}place/", {"do": "archive"}, follow=True)
    assert f'action="{undo}"' in page.content.decode()
    assert Participant.objects.get(conversation=row, member=cast.ada).archived
    assert client.get(undo).status_code == 405
    assert client_of(cast.di).post(undo).status_code == 404
    page = client.post(undo, follow=True)
    assert "It is in the inbox again." in page.content.decode()
    assert not Participant.objects.get(conversation=row, member=cast.ada).archived


def test_a_group_whose_only_host_is_suspended_gets_another_one(cast: Cast, hear: Hear) -> None:
    later = make_member("Lou Later")
    connect(later, cast.ada)
    row = scene.group(cast.ada, cast.bo, later)
    Participant.objects.filter(conversation=row, member=cast.bo).update(since="2020-01-01T00:00Z")
    hear()
    members.suspend(cast.ada, by=None)
    hear()
    assert hosts(row) == {cast.ada.pk, cast.bo.pk}
    members.restore(cast.ada, by=None)
    hear()
    assert hosts(row) == {cast.ada.pk, cast.bo.pk}, "who comes back is a host beside the other"


def test_nobody_becomes_a_host_where_one_is_left(cast: Cast, hear: Hear) -> None:
    later = make_member("Lou Later")
    connect(later, cast.ada)
    row = scene.group(cast.ada, cast.bo, later)
    people.appoint(row, by=cast.ada, person=later)
    two = scene.two(cast.ada, cast.bo)
    hear()
    members.suspend(cast.ada, by=None)
    hear()
    assert hosts(row) == {cast.ada.pk, later.pk}
    assert hosts(two) == set(), "a conversation of two has none"


def test_the_last_host_in_good_standing_hands_on_when_she_leaves(cast: Cast, hear: Hear) -> None:
    row = scene.group(cast.ada, cast.bo, make_connected(cast, "Lou Later"), make_connected(cast, "Mo Most"))
    lou = Participant.objects.get(conversation=row, member__name="Lou Later").member
    people.appoint(row, by=cast.ada, person=lou)
    hear()
    members.suspend(lou, by=None)
    hear()
    people.leave(row, by=cast.ada)
    there = Participant.objects.filter(conversation=row, left_at=None, role=Participant.Role.ADMIN)
    assert there.filter(member__standing="active").count() == 1


def make_connected(cast: Cast, name: str):  # type: ignore[no-untyped-def]
    made = make_member(name)
    connect(made, cast.ada)
    return made


@pytest.mark.parametrize(("kind", "said"), [("picture", "A picture"), ("voice", "A voice message"), ("file", "A file")])
def test_a_message_without_words_says_what_it_is(cast: Cast, kind: str, said: str) -> None:
    row = scene.two(cast.ada, cast.bo)
    values = {"owner": cast.ada, "stored": "x", "content_type": "x", "size": 1}
    files = [Attachment.objects.create(kind=each, name=each, **values) for each in (kind, "file")]
    talking.write(row, by=cast.ada, text="", files=files)
    [listed] = inbox.page(cast.viewer("bo"), "focused").rows
    assert listed.words == said
    assert said in client_of(cast.bo).get("/messages/").content.decode()
    keys = list(Notification.objects.filter(recipient=cast.bo, kind="messaging.wrote").values_list("pk", flat=True))
    [told] = reading.unread_of(cast.viewer("bo"), keys)
    assert kinds.of(told.kind).said(told) == [said]
    talking.delete(row.messages.get(), by=cast.ada)
    [listed] = inbox.page(cast.viewer("bo"), "focused").rows
    assert listed.words == ""
