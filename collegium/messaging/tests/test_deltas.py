"""The law of deltas: what a page showed, and what changed since put in its place, is what it would show anew.

For every verb, and in the eyes of everybody who had the page open.
"""

from collections.abc import Callable
from typing import Any

import pytest

from collegium.audience.viewer import Viewer
from collegium.members import actions as members
from collegium.members.models import Member
from collegium.messaging.actions import approaching, keeping, people, reporting, talking
from collegium.messaging.models import Conversation, Message, Participant, Request
from collegium.messaging.reading import receipts, talk
from collegium.messaging.reading.dressing import Said
from collegium.messaging.tests import scene
from collegium.network import actions as network
from collegium.testing.cast import Cast, connect

State = dict[Any, Any] | None


def drawn(said: Said) -> tuple[Any, ...]:
    """All that a page shows of a message, but the star, which is nobody else's business."""
    reply = (said.reply.number, said.reply.is_deleted, said.reply_words) if said.reply else None
    files = [each.pk for each in said.files]
    flags = (said.mine, said.follows, said.new_day, said.edited, said.message.is_deleted)
    author = said.message.author_id
    return (author, str(said.html), said.words, said.message.text, files, said.reactions, reply, flags)


def head(viewer: Viewer, here: talk.Talk) -> tuple[Any, ...]:
    """Name, people, and what can be said."""
    who = [(each.member_id, each.role) for each in here.people]
    return (here.title, who, here.way, here.asked_me, here.request and here.request.state)


def whole(viewer: Viewer, pk: int) -> State:
    """The page as it is fetched."""
    here = talk.one(viewer, pk)
    if here is None:
        return None
    stretch = talk.messages(viewer, here)
    state: dict[Any, Any] = {each.message.number: drawn(each) for each in stretch.said}
    read = [(member.pk, number) for member, number in receipts.of(viewer, here)]
    return state | {"head": head(viewer, here), "changes": stretch.changes, "read": read}


def patched(viewer: Viewer, pk: int, before: State) -> State:
    """The page as it was, with what changed."""
    here = talk.one(viewer, pk)
    if here is None or before is None:
        return whole(viewer, pk)
    delta = talk.since(viewer, here, before["changes"])
    if delta.too_many:
        return whole(viewer, pk)
    state = dict(before)
    for number in delta.gone:
        state.pop(number, None)
    state |= {each.message.number: drawn(each) for each in delta.said}
    if delta.head:
        state["head"] = head(viewer, here)
    read = [(member.pk, number) for member, number in receipts.of(viewer, here)]
    return state | {"changes": delta.changes, "read": read}


class Scene:
    """Ada's group with Bo, Cy and Di, her conversation with Bo, and what Flo wrote to her."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        for other in (cast.cy, cast.di):
            connect(other, cast.ada)
        self.group = scene.group(cast.ada, cast.bo, cast.cy, cast.di, texts=8)
        self.two = scene.two(cast.ada, cast.bo, "One", "Two", "Three")
        talking.write(self.two, by=cast.bo, text="Not that", reply_to=self.said(self.two, 1))
        self.request = scene.asked(cast.flo, cast.ada)
        self.kept = scene.asked(cast.flo, cast.di)
        keeping.read(self.group, by=cast.bo, number=3)

    def said(self, row: Conversation, number: int) -> Message:
        return Message.objects.select_related("conversation").get(conversation=row, number=number)

    def pages(self) -> list[tuple[Viewer, int]]:
        rows = [self.group, self.two, self.request.conversation, self.kept.conversation]
        fresh = Member.objects.in_bulk([each.pk for each in vars(self.cast).values()])
        return [(Viewer(fresh[one.pk]), row.pk) for row in rows for one in vars(self.cast).values()]


def reacted(s: Scene) -> None:
    talking.react(s.said(s.group, 2), by=s.cast.bo, sign="👍")


def unreacted(s: Scene) -> None:
    talking.react(s.said(s.group, 2), by=s.cast.bo, sign="👍")
    talking.unreact(s.said(s.group, 2), by=s.cast.bo, sign="👍")


def unblocked(s: Scene) -> None:
    network.block(s.cast.bo, s.cast.cy)
    network.unblock(s.cast.bo, s.cast.cy)


VERBS: dict[str, Callable[[Scene], Any]] = {
    "write": lambda s: talking.write(s.two, by=s.cast.ada, text="Four"),
    "write in the group": lambda s: talking.write(s.group, by=s.cast.cy, text="More", reply_to=s.said(s.group, 3)),
    "edit": lambda s: talking.edit(s.said(s.two, 1), by=s.cast.ada, text="Uno"),
    "edit in the group": lambda s: talking.edit(s.said(s.group, 4), by=s.cast.cy, text="Other words"),
    "delete": lambda s: talking.delete(s.said(s.two, 1), by=s.cast.ada),
    "delete what nobody quotes": lambda s: talking.delete(s.said(s.group, 5), by=s.cast.di),
    "react": reacted,
    "unreact": unreacted,
    "add": lambda s: people.add(s.group, by=s.cast.ada, people=[s.cast.eve, s.cast.bo][1:]),
    "remove": lambda s: people.remove(s.group, by=s.cast.ada, people=[s.cast.bo, s.cast.cy]),
    "leave": lambda s: people.leave(s.group, by=s.cast.cy),
    "the host leaves": lambda s: people.leave(s.group, by=s.cast.ada),
    "rename": lambda s: people.rename(s.group, by=s.cast.ada, name="Ebb"),
    "take the name away": lambda s: people.rename(s.group, by=s.cast.ada, name=""),
    "appoint": lambda s: people.appoint(s.group, by=s.cast.ada, person=s.cast.bo),
    "dismiss": lambda s: (
        people.appoint(s.group, by=s.cast.ada, person=s.cast.bo),
        people.dismiss(s.group, by=s.cast.bo, person=s.cast.ada),
    ),
    "read": lambda s: keeping.read(s.group, by=s.cast.cy, number=9),
    "mark unread": lambda s: keeping.mark_unread(s.group, by=s.cast.cy),
    "star": lambda s: keeping.star(s.said(s.group, 2), by=s.cast.cy),
    "pin": lambda s: keeping.pin(s.group, by=s.cast.cy),
    "archive": lambda s: keeping.archive(s.group, by=s.cast.cy),
    "mute": lambda s: keeping.mute(s.group, by=s.cast.cy),
    "put": lambda s: keeping.put(s.two, by=s.cast.bo, box="other"),
    "draft": lambda s: keeping.draft(s.group, by=s.cast.cy, text="Half a"),
    "report": lambda s: reporting.report(s.said(s.group, 2), by=s.cast.cy, words="Not kind"),
    "manners": lambda s: keeping.manners(s.cast.bo, receipts=False, typing=False, presence=False),
    "answer": lambda s: talking.write(s.request.conversation, by=s.cast.ada, text="Yes?"),
    "accept": lambda s: approaching.accept(s.request, by=s.cast.ada),
    "decline": lambda s: approaching.decline(s.request, by=s.cast.ada, verdict="pitch"),
    "judge": lambda s: approaching.judge(s.request, by=s.cast.ada, verdict="wanted"),
    "take a first message back": lambda s: talking.delete(s.request.message, by=s.cast.flo),
    "connect": lambda s: network.invite(s.cast.ada, s.cast.flo),
    "part": lambda s: network.disconnect(s.cast.ada, s.cast.bo),
    "block": lambda s: network.block(s.cast.bo, s.cast.cy),
    "unblock": unblocked,
    "suspend": lambda s: members.suspend(s.cast.cy, by=None),
    "restore": lambda s: (members.suspend(s.cast.cy, by=None), members.restore(s.cast.cy, by=None)),
}
# What only the one who did it sees: her page has it from the answer to her own request.
OWN = {"accept": (), "decline": ("ada",), "judge": ("ada",), "manners": ("bo",)}


@pytest.mark.parametrize("verb", VERBS)
def test_before_and_delta_is_after(cast: Cast, hear: Callable[[], None], verb: str) -> None:
    made = Scene(cast)
    hear()
    pages = made.pages()
    before = {(viewer.id, pk): whole(viewer, pk) for viewer, pk in pages}
    VERBS[verb](made)
    hear()
    own = {getattr(cast, name).pk for name in OWN.get(verb, ())}
    shown = 0
    for viewer, pk in pages:
        if viewer.id not in own:
            assert patched(viewer, pk, before[viewer.id, pk]) == whole(viewer, pk), f"{viewer.me.name} at {pk}"
            shown += before[viewer.id, pk] is not None
    assert shown >= 6


def test_every_delta_at_once(cast: Cast, hear: Callable[[], None]) -> None:
    """A page that slept through all of it."""
    made = Scene(cast)
    hear()
    pages = made.pages()
    before = {(viewer.id, pk): whole(viewer, pk) for viewer, pk in pages}
    for verb in ("write in the group", "edit in the group", "react", "delete what nobody quotes", "rename", "block"):
        VERBS[verb](made)
    VERBS["leave"](made)
    for viewer, pk in pages:
        # Nobody has heard of the block yet: what is gone is gone from what is fetched, and the rest follows.
        now = patched(viewer, pk, before[viewer.id, pk])
        assert (now is None) == (whole(viewer, pk) is None)
    hear()
    for viewer, pk in pages:
        assert patched(viewer, pk, before[viewer.id, pk]) == whole(viewer, pk)


def test_too_much_is_fetched_anew(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talk, "MOST_CHANGES", 3)
    row = scene.two(cast.ada, cast.bo, *map(str, range(6)))
    here = talk.one(cast.viewer("ada"), row.pk)
    assert here is not None
    delta = talk.since(cast.viewer("ada"), here, 0)
    assert (delta.too_many, delta.said, delta.changes) == (True, [], 6)
    assert talk.since(cast.viewer("ada"), here, 6).said == []
    assert talk.since(cast.viewer("ada"), here, 99).said == []


def test_the_places_of_two_are_never_left(cast: Cast) -> None:
    made = Scene(cast)
    assert not Participant.objects.filter(conversation=made.two, left_at__isnull=False).exists()
    assert Request.objects.count() == 2
