"""Who reads what: a table over the cast and over what people are to a conversation.

ada        in all of it                    left      left the group
bo         in it                           removed   was taken out of it
later      came into the group later       declined  wrote first, and was declined without a word
requested  wrote first, and waits          halfway   in it, and blocked Bo half-way through
suspended  in it, and suspended            owner     runs the place; in none of it
"""

from collections.abc import Callable
from typing import Any

import pytest

from collegium.accounts.models import User
from collegium.audience.viewer import NOBODY, Viewer
from collegium.members import actions as members
from collegium.members.models import Member
from collegium.messaging import rules
from collegium.messaging.actions import approaching, keeping, people, talking
from collegium.messaging.models import Attachment, Conversation, Message, Reaction, Request, Revision, Star
from collegium.messaging.reading import inbox, presence, receipts, search, starred, talk, typing
from collegium.messaging.tests import scene
from collegium.network import actions as network
from collegium.realtime.lines import touch
from collegium.testing.cast import Cast, connect, make_member

ROLES = ("bo", "later", "left", "removed", "halfway", "suspended", "requested", "declined", "owner")
NAMES = ("ada", *ROLES, "di", "ed", "eve", "nobody")


class House:
    """One group, one conversation of two, two first messages; a word, a file, a sign and an earlier wording in each."""

    def __init__(self, cast: Cast, hear: Callable[[], None]) -> None:
        self.who: dict[str, Member] = {name: getattr(cast, name) for name in ("ada", "bo", "di", "ed", "eve")}
        for name in ("later", "left", "removed", "halfway", "suspended", "requested", "declined", "owner"):
            self.who[name] = make_member(name.capitalize())
        User.objects.filter(pk=self.who["owner"].user_id).update(role=User.Role.OWNER)
        for name in ("later", "left", "removed", "halfway", "suspended"):
            connect(self.who[name], cast.ada)
        ada, bo, halfway = cast.ada, cast.bo, self.who["halfway"]
        connect(bo, halfway)
        founders = [self.who[name] for name in ("bo", "left", "removed", "halfway", "suspended")]
        self.group = talking.begin(ada, founders, name="Tides")
        self.early = self.say(self.group, bo, "group early")
        self.gone = self.say(self.group, self.who["suspended"], "group suspended")
        people.add(self.group, by=ada, people=[self.who["later"]])
        self.late = self.say(self.group, bo, "group late")
        self.two = self.say(talking.begin(ada, [bo]), bo, "two words").conversation
        self.blocked = self.say(talking.begin(bo, [halfway]), bo, "halfway words").conversation
        self.requests = {name: scene.asked(self.who[name], ada, f"{name} words") for name in ("requested", "declined")}
        approaching.decline(self.requests["declined"], by=ada)
        people.leave(self.group, by=self.who["left"])
        people.remove(self.group, by=ada, people=[self.who["removed"]])
        network.block(halfway, bo)
        members.suspend(self.who["suspended"], by=None)
        hear()

    def say(self, row: Conversation, by: Member, text: str) -> Message:
        file = Attachment.objects.create(
            owner=by, kind="file", name=f"{text}.txt", stored="x", content_type="x", size=1
        )
        said = talking.write(row, by=by, text=f"first {text}", files=[file])
        talking.react(said, by=by, sign="👍")
        return talking.edit(said, by=by, text=text)

    def viewer(self, name: str) -> Viewer:
        return NOBODY if name == "nobody" else Viewer(Member.objects.get(pk=self.who[name].pk))


def words(rows: Any) -> set[str]:
    return set(rows.filter(kind="words").values_list("text", flat=True))


def by_rule(house: House, viewer: Viewer) -> set[str]:
    return words(Message.objects.visible_to(viewer))


def by_page(house: House, viewer: Viewer) -> set[str]:
    found = set()
    for row in Conversation.objects.all():
        if (here := talk.one(viewer, row.pk)) is not None:
            found |= {each.message.text for each in talk.messages(viewer, here).said if not each.words}
    return found


def by_delta(house: House, viewer: Viewer) -> set[str]:
    found = set()
    Conversation.objects.update(anew=0)
    for row in Conversation.objects.all():
        if (here := talk.one(viewer, row.pk)) is not None:
            found |= {each.message.text for each in talk.since(viewer, here, 0).said if not each.words}
    return found


def by_search(house: House, viewer: Viewer) -> set[str]:
    texts = ("group", "two", "halfway", "requested", "declined")
    return {hit.message.text for text in texts for hit in search.find(viewer, text).hits}


def by_star(house: House, viewer: Viewer) -> set[str]:
    if viewer.member is not None:
        Star.objects.bulk_create([Star(member=viewer.member, message=each) for each in Message.objects.all()])
    return {row.message.text for row in starred.page(viewer).rows if row.message.text}


def by_file(house: House, viewer: Viewer) -> set[str]:
    sent = Attachment.objects.visible_to(viewer).filter(message__isnull=False)
    first = set(Request.objects.visible_to(viewer).values_list("message__text", flat=True))
    return {name.removesuffix(".txt") for name in sent.values_list("name", flat=True)} | first


def by_revision(house: House, viewer: Viewer) -> set[str]:
    found = [row for each in Message.objects.all() for row in talk.revisions(viewer, each)]
    first = set(Request.objects.visible_to(viewer).values_list("message__text", flat=True))
    return {row.text.removeprefix("first ") for row in found} | first


GROUP = {"group early", "group late"}
HALFWAY = {"halfway words"}
TABLE: dict[str, set[str]] = {
    "ada": GROUP | {"two words", "requested words", "declined words"},
    "bo": GROUP | {"two words"},
    "later": {"group late"},
    "left": set(),
    "removed": set(),
    "halfway": set(),
    "suspended": set(),
    "requested": {"requested words"},
    "declined": {"declined words"},
    "owner": set(),
    "di": set(),
    "ed": set(),
    "eve": set(),
    "nobody": set(),
}
WAYS = {each.__name__: each for each in (by_rule, by_page, by_delta, by_search, by_star, by_file, by_revision)}


def seen(house: House) -> dict[str, dict[str, set[str]]]:
    return {name: {way: look(house, house.viewer(name)) for way, look in WAYS.items()} for name in NAMES}


def test_everybody_reads_what_is_hers(cast: Cast, hear: Callable[[], None]) -> None:
    house = House(cast, hear)
    found = seen(house)
    for name in NAMES:
        for way in WAYS:
            assert found[name][way] == TABLE[name], f"{name} {way}"


CONVERSATIONS = {
    "ada": {"group", "two", "requested", "declined"},
    "bo": {"group", "two"},
    "later": {"group"},
    "halfway": {"group"},
    "requested": {"requested"},
    "declined": {"declined"},
}


def test_conversations_are_there_for_who_is_in_them(cast: Cast, hear: Callable[[], None]) -> None:
    house = House(cast, hear)
    rows = {"group": house.group, "two": house.two, "blocked": house.blocked}
    rows |= {name: request.conversation for name, request in house.requests.items()}
    for name in NAMES:
        viewer = house.viewer(name)
        there = {label for label, row in rows.items() if talk.one(viewer, row.pk) is not None}
        listed = {row.conversation.pk for box in inbox.BOXES for row in inbox.page(viewer, box).rows}
        assert there == CONVERSATIONS.get(name, set()), name
        assert listed == {rows[label].pk for label in there}, name
        assert {row.pk for row in Conversation.objects.visible_to(viewer)} == listed, name
        if viewer.member is not None:
            assert {label for label, row in rows.items() if rules.may_read(viewer.member, row)} == there, name


def test_nothing_of_a_parted_person_is_shown_in_a_group(cast: Cast, hear: Callable[[], None]) -> None:
    house = House(cast, hear)
    bo, viewer = house.who["bo"], house.viewer("halfway")
    touch([each.pk for each in house.who.values()])
    keeping.read(house.group, by=bo, number=9)
    talking.react(house.late, by=house.who["later"], sign="🎉")
    talking.write(house.group, by=cast.ada, text="answer", reply_to=house.late)
    keeping.typing(house.group, by=bo)
    here = talk.one(viewer, house.group.pk)
    assert here is not None
    shown = talk.messages(viewer, here).said
    assert bo not in here.others
    assert bo.name not in here.title
    assert [each.message.text for each in shown if not each.words] == ["answer"]
    assert [each.reply for each in shown if not each.words] == [None]
    assert all(bo.name not in each.words for each in shown)
    assert bo not in [member for member, _number in receipts.of(viewer, here)]
    assert bo not in typing.of(viewer, here)
    assert bo.pk not in presence.of(viewer, list(house.who.values()))
    assert {each.message.text for each in talk.since(viewer, here, 0).said if not each.words} <= {"answer"}
    page = inbox.page(viewer, "focused")
    assert all(bo not in row.others and row.last is not None and row.last.author_id != bo.pk for row in page.rows)
    before = inbox.unread(viewer)
    talking.write(house.group, by=bo, text="not for these eyes")
    assert inbox.unread(viewer) == before
    assert [row.last.text for row in inbox.page(viewer, "focused").rows if row.last] == ["answer"]


def test_signs_and_notes_are_of_people_one_meets(cast: Cast, hear: Callable[[], None]) -> None:
    house = House(cast, hear)
    talking.react(house.late, by=cast.ada, sign="👍")
    counts = {}
    for name in ("ada", "bo", "later"):
        viewer = house.viewer(name)
        here = talk.one(viewer, house.group.pk)
        assert here is not None
        counts[name] = {
            each.message.text: [(sign.sign, sign.total, sign.mine) for sign in each.reactions]
            for each in talk.messages(viewer, here).said
            if not each.words
        }
    assert counts["ada"] == {"group early": [("👍", 1, False)], "group late": [("👍", 2, True)]}
    assert counts["bo"] == {"group early": [("👍", 1, True)], "group late": [("👍", 2, True)]}
    assert counts["later"] == {"group late": [("👍", 2, False)]}


def test_taken_back_is_taken_back(cast: Cast) -> None:
    row = scene.two(cast.ada, cast.bo, "One secret", "Two")
    said = Message.objects.select_related("conversation").get(number=1)
    file = Attachment.objects.create(owner=cast.ada, kind="file", name="f", stored="x", content_type="x", size=1)
    with_file = talking.write(row, by=cast.ada, text="", files=[file])
    talking.edit(said, by=cast.ada, text="One other secret")
    talking.react(said, by=cast.bo, sign="👍")
    keeping.star(said, by=cast.bo)
    for each in (said, with_file):
        talking.delete(each, by=cast.ada)
    bo = cast.viewer("bo")
    here = talk.one(bo, row.pk)
    assert here is not None
    assert [each.message.is_deleted for each in talk.messages(bo, here).said] == [True, False, True]
    assert search.find(bo, "secret").hits == []
    assert starred.page(bo).rows == []
    assert talk.revisions(bo, said) == []
    assert not Attachment.objects.visible_to(bo).exists()
    assert not any(model.objects.exists() for model in (Revision, Reaction, Attachment))


@pytest.mark.parametrize("end", ["remove", "block", "suspend", "leave"])
def test_what_ends_ends_everywhere_at_once(cast: Cast, end: str) -> None:
    """Before anybody has heard of it."""
    connect(cast.cy, cast.ada)
    row = scene.group(cast.ada, cast.bo, cast.cy)
    pair = scene.two(cast.bo, cast.cy, "pair words")
    talking.write(row, by=cast.cy, text="cy words")
    verbs: dict[str, Callable[[], Any]] = {
        "remove": lambda: people.remove(row, by=cast.ada, people=[cast.bo]),
        "leave": lambda: people.leave(row, by=cast.bo),
        "block": lambda: network.block(cast.cy, cast.bo),
        "suspend": lambda: members.suspend(cast.bo, by=None),
    }
    verbs[end]()
    bo = cast.viewer("bo")
    assert "cy words" not in words(Message.objects.visible_to(bo))
    assert search.find(bo, "cy").hits == []
    assert (talk.one(bo, row.pk) is None) == (end != "block")
    assert (talk.one(bo, pair.pk) is None) == (end in ("block", "suspend"))
