"""What a yes opens: the door between the two who met, to one invitation each, for thirty days, and not a day longer."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from collegium.audience.viewer import Viewer
from collegium.introductions import actions
from collegium.introductions.models import Introduction
from collegium.introductions.tests import scene
from collegium.lib import clock
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.messaging.actions import people
from collegium.network import actions as network
from collegium.network import door
from collegium.network.context import shared_by_both
from collegium.network.models import Door
from collegium.network.tests.reading import bare, read
from collegium.testing.cast import Cast, connect
from collegium.testing.fixtures import queries
from collegium.ties.models import COOLDOWN, Connection, Invitation

Who = Door.Who
CLOSED = "takes no invitations"


def fresh(member: Member) -> Member:
    return Member.objects.get(pk=member.pk)


def is_open(member: Member, other: Member) -> bool:
    """Whether this member may invite the other one, without a word."""
    return door.hindrance(fresh(member), fresh(other), note="", address=None) is None


def met(cast: Cast) -> Introduction:
    """Ada and Cy, whose doors were closed to everybody before they said that they would like to meet."""
    for name in ("ada", "cy"):
        door.put(getattr(cast, name), Who.NOBODY, wants_note=True)
    return scene.accepted(cast)


def later(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    now = clock.now() + by
    monkeypatch.setattr(clock, "now", lambda: now)


def invited(cast: Cast, end: Callable[[Invitation], object]) -> None:
    """Ada uses what was opened, and something becomes of it."""
    end(network.invite(cast.ada, cast.cy))


def blocked(cast: Cast) -> None:
    network.block(cast.cy, cast.ada)
    network.unblock(cast.cy, cast.ada)


def came_back(cast: Cast, row: Introduction) -> None:
    connect(cast.ada, cast.cy)
    people.leave(scene.talk(row), by=cast.cy)
    people.add(scene.talk(row), by=cast.ada, people=[cast.cy])
    Connection.objects.between(cast.ada, cast.cy).delete()


def was_taken_out(cast: Cast, row: Introduction) -> None:
    people.dismiss(scene.talk(row), by=cast.ada, person=cast.cy)
    people.remove(scene.talk(row), by=cast.ada, people=[cast.cy])


def was_connected(cast: Cast) -> None:
    network.accept(network.invite(cast.ada, cast.cy), by=cast.cy)
    network.disconnect(cast.cy, cast.ada)


# What happens after the yes: whether Ada passes Cy's door then, and Cy hers.
AFTER: dict[str, tuple[Callable[[Cast, Introduction], object], str]] = {
    "nothing": (lambda cast, row: None, "11"),
    "Cy chooses anew": (lambda cast, row: door.put(cast.cy, Who.NOBODY, wants_note=False), "01"),
    "Ada chooses anew": (lambda cast, row: door.put(cast.ada, Who.SHARED, wants_note=True), "10"),
    "Cy leaves the conversation": (lambda cast, row: people.leave(scene.talk(row), by=cast.cy), "00"),
    "Ada leaves the conversation": (lambda cast, row: people.leave(scene.talk(row), by=cast.ada), "00"),
    "Bo leaves the conversation": (lambda cast, row: people.leave(scene.talk(row), by=cast.bo), "11"),
    "Cy leaves the conversation and is brought back": (came_back, "00"),
    "Ada takes Cy out of the conversation": (was_taken_out, "00"),
    "Ada takes Bo out of the conversation": (
        lambda cast, row: people.remove(scene.talk(row), by=cast.ada, people=[cast.bo]),
        "11",
    ),
    "Cy blocks Ada and thinks better of it": (lambda cast, row: blocked(cast), "00"),
    "they connected and parted": (lambda cast, row: was_connected(cast), "00"),
    "Cy invites somebody else": (lambda cast, row: network.invite(cast.cy, cast.di, note="Tides."), "11"),
    "somebody else chooses anew": (lambda cast, row: door.put(cast.bo, Who.NOBODY, wants_note=False), "11"),
}


@pytest.mark.parametrize("after", AFTER)
def test_what_ends_it(cast: Cast, after: str) -> None:
    row = met(cast)
    step, expected = AFTER[after]
    step(cast, row)
    # To be introduced is nothing that a door for people with something in common asks for.
    connect(cast.bo, cast.di)
    Member.objects.filter(pk=cast.bo.pk).update(connections_audience=Member.ListAudience.ONLY_ME)
    Member.objects.filter(pk__in=[cast.ada.pk, cast.cy.pk]).update(connections_audience=Member.ListAudience.ONLY_ME)
    assert f"{int(is_open(cast.ada, cast.cy))}{int(is_open(cast.cy, cast.ada))}" == expected


ANSWERS: dict[str, Callable[[Cast, Invitation], object]] = {
    "waiting": lambda cast, asks: None,
    "declined": lambda cast, asks: network.decline(asks, by=cast.cy),
    "disclaimed": lambda cast, asks: network.disclaim(asks, by=cast.cy),
}


def test_one_invitation_whatever_became_of_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Withdrawn, it is spent; so a door that closes says nothing about an answer."""
    met(cast)
    # The yes is young still when the pause after a withdrawal is over.
    monkeypatch.setattr("collegium.introductions.consent.OPENS_FOR", timedelta(days=365))
    asks = network.invite(cast.ada, cast.cy)
    network.withdraw(asks, by=cast.ada)
    later(monkeypatch, COOLDOWN + timedelta(days=1))
    with pytest.raises(Conflict, match=CLOSED):
        network.invite(cast.ada, cast.cy, note="Once more.")
    assert is_open(cast.cy, cast.ada)


def test_a_silent_no_to_the_invitation_stays_silent(cast: Cast, hear: Callable[[], None]) -> None:
    seen = []
    for answer in ANSWERS.values():
        met(cast)
        asks = network.invite(cast.ada, cast.cy)
        answer(cast, asks)
        hear()
        ada = cast.client("ada")
        page = bare(ada.get("/network/with/cy-tanaka/invitation/"))
        network.withdraw(asks, by=cast.ada)
        seen.append((page, bare(ada.get("/network/with/cy-tanaka/invitation/")), is_open(cast.ada, cast.cy)))
        Introduction.objects.all().delete()
        Invitation.objects.all().delete()
        network.Disclaimer.objects.all().delete()
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][2] is False


@pytest.mark.parametrize(("days", "expected"), [(0, True), (29, True), (31, False), (400, False)])
def test_how_long(cast: Cast, monkeypatch: pytest.MonkeyPatch, days: int, expected: bool) -> None:
    met(cast)
    later(monkeypatch, timedelta(days=days))
    assert is_open(cast.ada, cast.cy) is is_open(cast.cy, cast.ada) is expected
    # That they were introduced is told for good.
    words = shared_by_both(fresh(cast.ada), fresh(cast.cy)).words
    assert words[0] == "Bo Okafor introduced you to each other."


def test_nobody_but_the_two_is_let_in(cast: Cast) -> None:
    met(cast)
    for name in ("bo", "di", "hal", "flo"):
        other = getattr(cast, name)
        if name != "bo":
            assert not is_open(other, cast.cy), name
        assert not door.hindrance(cast.ada, fresh(other), note=None, address=None), name
    assert not is_open(cast.di, cast.ada)


def test_a_letter_without_a_yes_opens_nothing(cast: Cast) -> None:
    door.put(cast.cy, Who.NOBODY, wants_note=False)
    for stage in ("asked", "kept", "forwarded", "declined", "answered"):
        scene.stage(cast, stage)
        assert not is_open(cast.ada, cast.cy), stage
        Introduction.objects.all().delete()


def test_it_is_said_before_the_yes_and_where_the_door_is_set(cast: Cast) -> None:
    row = scene.forwarded(cast)
    assert "for 30 days Ada Lindqvist may invite you once" in read(cast.client("cy").get(row.path))
    assert "may invite you once within 30 days; a change here ends that" in read(
        cast.client("cy").get("/network/door/")
    )


def test_through_the_pages(cast: Cast) -> None:
    met(cast)
    path, ada = "/network/with/cy-tanaka/invitation/", cast.client("ada")
    page = ada.get(path)
    assert "<textarea" in page.text
    assert CLOSED not in read(page)
    cast.client("cy").post("/network/door/", {"who": Who.NOBODY})
    assert CLOSED in read(ada.get(path))
    assert ada.post(path, {"note": "Tides."}).status_code == 409
    assert not Invitation.objects.filter(recipient=cast.cy).exists()


def test_statements_do_not_grow(cast: Cast) -> None:
    from collegium.introductions.context import lines
    from collegium.testing.cast import make_member

    others = []
    for n in range(4):
        other = make_member(f"Extra {n}")
        connect(other, cast.bo)
        asked = actions.ask(cast.ada, cast.bo, other, to_target="Dear you.")
        actions.accept(actions.pass_on(asked, by=cast.bo, words="Dear you."), by=other)
        others.append(other.pk)
    viewer = Viewer(cast.ada)
    assert len(queries(lambda: lines(viewer, others[:1]))) == len(queries(lambda: lines(viewer, others)))
    assert all(line.opens for each in lines(viewer, others).values() for line in each)
