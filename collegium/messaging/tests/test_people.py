"""Groups: who comes, goes, and looks after them."""

from collections.abc import Collection
from typing import Any

import pytest

from collegium.audience.viewer import Viewer
from collegium.lib.refusal import Conflict, Refusal
from collegium.members.models import Member
from collegium.messaging import rules
from collegium.messaging.actions import people, talking
from collegium.messaging.models import Message, Participant
from collegium.messaging.models import conversations as limits
from collegium.messaging.reading import beginnings, inbox, notes, talk
from collegium.messaging.tests import scene
from collegium.notifications.models import Notification
from collegium.testing.cast import Cast, connect


@pytest.fixture
def group(cast: Cast) -> Any:
    connect(cast.cy, cast.ada)
    return scene.group(cast.ada, cast.bo, cast.cy)


def test_who_looks_after_a_group(cast: Cast, group: Any) -> None:
    for who in (cast.bo, cast.di):
        for verb in (
            lambda by: people.add(group, by=by, people=[cast.eve]),
            lambda by: people.remove(group, by=by, people=[cast.cy]),
            lambda by: people.rename(group, by=by, name="Mine"),
            lambda by: people.appoint(group, by=by, person=by),
            lambda by: people.dismiss(group, by=by, person=cast.ada),
        ):
            with pytest.raises(Refusal):
                verb(who)
    assert [rules.may_manage(each, group) for each in (cast.ada, cast.bo, cast.di)] == [True, False, False]


def test_hosts(cast: Cast, group: Any) -> None:
    with pytest.raises(Conflict):
        people.dismiss(group, by=cast.ada, person=cast.ada)
    assert people.appoint(group, by=cast.ada, person=cast.bo)
    assert not people.appoint(group, by=cast.ada, person=cast.bo)
    with pytest.raises(Conflict):
        people.remove(group, by=cast.ada, people=[cast.bo])
    with pytest.raises(Refusal):
        people.remove(group, by=cast.ada, people=[cast.ada])
    with pytest.raises(Refusal):
        people.appoint(group, by=cast.ada, person=cast.di)
    assert people.dismiss(group, by=cast.bo, person=cast.ada)
    assert people.leave(group, by=cast.bo)
    assert not people.leave(group, by=cast.bo)
    assert Participant.objects.get(conversation=group, role="admin").member == cast.ada


def test_who_comes_back_reads_from_then_on(cast: Cast, group: Any) -> None:
    talking.write(group, by=cast.cy, text="Before")
    people.leave(group, by=cast.bo)
    talking.write(group, by=cast.cy, text="Meanwhile")
    assert people.add(group, by=cast.ada, people=[cast.bo, cast.cy]) == [cast.bo]
    talking.write(group, by=cast.cy, text="After")
    here = talk.one(cast.viewer("bo"), group.pk)
    assert here is not None
    shown = talk.messages(cast.viewer("bo"), here).said
    assert [each.words or each.message.text for each in shown] == ["Ada Lindqvist added you.", "After"]
    assert [row.title for row in inbox.page(cast.viewer("bo"), "focused").rows] == ["Tides"]
    assert Notification.objects.filter(recipient=cast.bo, kind="messaging.added").count() == 2


def test_who_was_brought_together(cast: Cast) -> None:
    """Those who met are its hosts, whether or not they are connected; it waits for everybody but the last to agree."""
    row = people.bring_together(cast.bo, [cast.ada, cast.cy], last=cast.cy)
    places = Participant.objects.filter(conversation=row)
    assert dict(places.values_list("member", "role")) == {
        cast.ada.pk: "admin",
        cast.bo.pk: "member",
        cast.cy.pk: "admin",
    }
    assert set(places.filter(unread=True).values_list("member", flat=True)) == {cast.ada.pk, cast.bo.pk}
    assert not Notification.objects.filter(subject=row.pk).exists()
    with pytest.raises(Refusal):
        people.bring_together(cast.bo, [cast.bo, cast.cy], last=cast.cy)


def test_what_stands_above_the_first_word(cast: Cast, group: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing where nobody knows the group, in a conversation of two, above a later stretch, or for who came later."""
    asked: list[int] = []

    def knows(viewer: Viewer, key: int, met: Collection[int]) -> beginnings.Beginning:
        asked.append(key)
        assert viewer.id in met
        return beginnings.Beginning([("Whose", "Words")])

    def above(name: str, row: Any, **given: int) -> beginnings.Beginning:
        viewer = cast.viewer(name)
        here = talk.one(viewer, row.pk)
        assert here is not None
        return beginnings.of(viewer, here, talk.messages(viewer, here, **given))

    assert above("ada", group) == beginnings.NOTHING
    monkeypatch.setattr(beginnings, "providers", [lambda *_who: None, knows])
    for number in range(4):
        talking.write(group, by=cast.bo, text=str(number))
    people.leave(group, by=cast.cy)
    people.add(group, by=cast.ada, people=[cast.cy])
    assert above("ada", group).letters == [("Whose", "Words")]
    assert above("ada", group, size=2) == beginnings.NOTHING
    assert above("cy", group) == above("ada", scene.two(cast.ada, cast.bo, "Hello")) == beginnings.NOTHING
    assert asked == [group.pk]


def test_as_many_as_fit(cast: Cast, group: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_PEOPLE", 3)
    with pytest.raises(Conflict):
        people.add(group, by=cast.ada, people=[cast.eve])
    assert limits.MOST_PEOPLE == 100


def test_two_are_no_group(cast: Cast) -> None:
    row = scene.two(cast.ada, cast.bo, "Hello")
    for verb in (people.leave, lambda row, by: people.rename(row, by=by, name="x")):
        with pytest.raises(Refusal):
            verb(row, by=cast.ada)


SENTENCES = {
    "begun": ("You began this group with Bo Okafor.", "Ada Lindqvist began this group with you."),
    "together": ("You introduced Bo Okafor to each other.", "Ada Lindqvist introduced you to each other."),
    "added": ("You added Bo Okafor.", "Ada Lindqvist added you."),
    "removed": ("You removed Bo Okafor.", "Ada Lindqvist removed you."),
    "left": ("You left.", "Ada Lindqvist left."),
    "renamed": ("You took the group's name away.", "Ada Lindqvist took the group's name away."),
    "appointed": ("You made Bo Okafor host.", "Ada Lindqvist made you host."),
    "dismissed": ("You took the role of host from Bo Okafor.", "Ada Lindqvist took the role of host from you."),
    "": ("", ""),
}


@pytest.mark.parametrize("what", SENTENCES)
def test_sentences(cast: Cast, what: str) -> None:
    met: dict[int, Member] = {each.pk: each for each in (cast.ada, cast.bo)}
    row = Message(kind="note", author=cast.ada, note={"what": what, "people": [cast.bo.pk]})
    assert tuple(notes.sentence(row, met, each.pk) for each in (cast.ada, cast.bo)) == SENTENCES[what]
    assert "Bo" not in notes.sentence(row, {}, cast.cy.pk)
