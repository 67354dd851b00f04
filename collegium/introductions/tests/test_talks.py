"""What a yes begins is a conversation like every other: who reads what, what stands above it, who looks after it."""

from collections.abc import Callable

import pytest

from collegium.introductions import actions, tasks
from collegium.introductions.models import Introduction
from collegium.introductions.tests import scene
from collegium.lib.refusal import Refusal
from collegium.members import actions as members
from collegium.messaging.actions import people, talking
from collegium.messaging.models import Conversation, Message, Participant
from collegium.messaging.reading import inbox
from collegium.messaging.reading import talk as reading
from collegium.network import actions as network
from collegium.network.tests.reading import read
from collegium.notifications.models import Notification
from collegium.reach.models import Welcome
from collegium.testing.cast import Cast, client_of, connect, make_member
from collegium.testing.fixtures import assert_same_queries

ROOT = "/network/introductions/"
THREE = ("ada", "bo", "cy")
HX = {"HX-Request": "true"}
LETTER, COVER = scene.EDITED, scene.COVER


def talked(cast: Cast) -> Introduction:
    """The three have met, and each has said a line."""
    row = scene.accepted(cast)
    for name in THREE:
        talking.write(scene.talk(row), by=getattr(cast, name), text=f"Line of {name}.")
    return row


def seen(cast: Cast, name: str, row: Introduction) -> str | None:
    """Which lines this person reads, and which letters above them (L, C for the introducer's words); None: no page."""
    response = cast.client(name).get(scene.talk(row).path)
    if response.status_code == 404:
        return None
    words = read(response)
    lines = "".join(each[0] for each in THREE if f"Line of {each}." in words)
    return f"{lines} {'L' * (LETTER in words)}{'C' * (COVER in words)}".strip()


# What happens, and what Ada, Bo and Cy read after it; before anybody has heard of it, and after.
AFTER: dict[str, tuple[Callable[[Cast, Introduction], object], tuple[str | None, ...]]] = {
    "nothing": (lambda cast, row: None, ("abc L", "abc LC", "abc LC")),
    "Cy blocks Ada": (lambda cast, row: network.block(cast.cy, cast.ada), ("ab L", "abc LC", "bc C")),
    "Ada blocks Cy": (lambda cast, row: network.block(cast.ada, cast.cy), ("ab L", "abc LC", "bc C")),
    "Ada blocks Bo": (lambda cast, row: network.block(cast.ada, cast.bo), ("ac L", "bc C", "abc LC")),
    "Cy leaves": (lambda cast, row: people.leave(scene.talk(row), by=cast.cy), ("abc L", "abc LC", None)),
    "Ada leaves": (lambda cast, row: people.leave(scene.talk(row), by=cast.ada), (None, "abc LC", "abc LC")),
    "Bo leaves": (lambda cast, row: people.leave(scene.talk(row), by=cast.bo), ("abc L", None, "abc LC")),
    "Cy is suspended": (lambda cast, row: members.suspend(cast.cy, by=None), ("ab L", "ab LC", None)),
    "Ada is suspended": (lambda cast, row: members.suspend(cast.ada, by=None), (None, "bc C", "bc C")),
    "Bo is suspended": (lambda cast, row: members.suspend(cast.bo, by=None), ("ac L", None, "ac L")),
}


@pytest.mark.parametrize("after", AFTER)
def test_who_reads_what(cast: Cast, hear, after: str) -> None:
    row = talked(cast)
    step, expected = AFTER[after]
    step(cast, row)
    for _ in range(2):
        got = tuple(None if f"{name.capitalize()} is suspended" == after else seen(cast, name, row) for name in THREE)
        assert got == expected
        hear()


@pytest.mark.parametrize("name", ["di", "ed", "eve", "flo", "hal"])
def test_nobody_else_is_in_it(cast: Cast, name: str) -> None:
    row = talked(cast)
    assert seen(cast, name, row) is None
    for tail in ("", "messages/", "departure/"):
        assert cast.client(name).get(f"{row.path}{tail}").status_code == 404


def test_a_block_is_told_to_nobody_and_taken_back_it_is_as_before(cast: Cast, hear) -> None:
    """The one between them reads and writes on; whether one of the two blocked the other is not hers to know."""
    row = talked(cast)
    before = read(cast.client("bo").get(scene.talk(row).path))
    network.block(cast.cy, cast.ada)
    hear()
    assert read(cast.client("bo").get(scene.talk(row).path)) == before
    talking.write(scene.talk(row), by=cast.bo, text="Are you both well?")
    assert "Cy Tanaka" not in read(cast.client("ada").get(scene.talk(row).path))
    network.unblock(cast.cy, cast.ada)
    hear()
    assert seen(cast, "ada", row) == "abc L"


def test_it_stands_among_the_messages(cast: Cast, hear) -> None:
    row = scene.accepted(cast)
    hear()
    titles = {"ada": "Bo Okafor, Cy Tanaka", "bo": "Ada Lindqvist, Cy Tanaka", "cy": "Ada Lindqvist, Bo Okafor"}
    notes = {
        "ada": "Bo Okafor introduced you and Cy Tanaka to each other.",
        "bo": "You introduced Ada Lindqvist and Cy Tanaka to each other.",
        "cy": "Bo Okafor introduced Ada Lindqvist and you to each other.",
    }
    for name in THREE:
        [listed] = inbox.page(cast.viewer(name), "focused").rows
        assert (listed.conversation.pk, listed.title) == (scene.talk(row).pk, titles[name])
        assert listed.words == notes[name]
        assert notes[name] in read(cast.client(name).get(scene.talk(row).path))
        # Who said yes looks at it now; it waits for the others.
        assert listed.place.unread is (name != "cy")
    told = Notification.objects.filter(kind="introductions.accepted").values_list("recipient", flat=True)
    assert set(told) == {cast.ada.pk, cast.bo.pk}
    assert not Notification.objects.filter(kind="messaging.added").exists()


def test_it_is_theirs_who_met(cast: Cast) -> None:
    """They look after it; who introduced them can go, and they go on."""
    row = scene.talk(scene.accepted(cast))
    hosts = Participant.objects.filter(conversation=row, role="admin").values_list("member", flat=True)
    assert set(hosts) == {cast.ada.pk, cast.cy.pk}
    with pytest.raises(Refusal):
        people.remove(row, by=cast.bo, people=[cast.ada])
    people.leave(row, by=cast.bo)
    assert talking.write(row, by=cast.ada, text="Only us now.")
    assert "Only us now." in read(cast.client("cy").get(row.path))
    assert cast.client("bo").get(row.path).status_code == 404


def test_whoever_comes_later_reads_none_of_the_letters(cast: Cast) -> None:
    row = talked(cast)
    kim = make_member("Kim Lund")
    connect(kim, cast.ada)
    people.add(scene.talk(row), by=cast.ada, people=[kim])
    words = read(client_of(kim).get(scene.talk(row).path))
    assert "Line of" not in words
    assert LETTER not in words
    assert COVER not in words
    people.leave(scene.talk(row), by=cast.bo)
    people.add(scene.talk(row), by=cast.ada, people=[cast.bo])
    assert seen(cast, "bo", row) == ""


def test_wishes_about_groups_do_not_end_a_yes(cast: Cast) -> None:
    """Each of the three agreed to this one."""
    for name in THREE:
        Welcome.objects.update_or_create(member=getattr(cast, name), defaults={"groups": Welcome.Groups.NOBODY})
    row = scene.talk(scene.accepted(cast))
    assert Participant.objects.filter(conversation=row, left_at=None).count() == 3


def test_a_yes_said_twice_begins_one_conversation(cast: Cast) -> None:
    row = scene.accepted(cast)
    assert actions.accept(row, by=cast.cy).conversation_id == row.conversation_id
    assert Conversation.objects.count() == 1


def test_old_addresses_lead_to_it(cast: Cast) -> None:
    row = scene.accepted(cast)
    path = scene.talk(row).path
    for name in THREE:
        for tail in ("", "messages/", "departure/"):
            assert cast.client(name).get(f"{row.path}{tail}")["Location"] == path
    assert cast.client("ada").get(f"{ROOT}talks/")["Location"] == "/messages/"
    people.leave(scene.talk(row), by=cast.cy)
    for tail in ("", "messages/", "departure/"):
        assert cast.client("cy").get(f"{row.path}{tail}").status_code == 404


def test_what_stands_above_it_costs_the_same(cast: Cast) -> None:
    row = scene.accepted(cast)
    bo, path = cast.client("bo"), scene.talk(row).path

    def more() -> None:
        for number in range(8):
            talking.write(scene.talk(row), by=cast.ada, text=f"Number {number}.")

    assert_same_queries(lambda: bo.get(path), more, lambda: bo.get(path))


def test_the_letters_stand_above_the_first_word(cast: Cast) -> None:
    """Not above a later stretch; they come with the earliest one."""
    row = scene.talk(scene.accepted(cast))
    for number in range(reading.PAGE + 5):
        talking.write(row, by=cast.ada, text=f"Number {number}.")
    bo = cast.client("bo")
    assert LETTER not in bo.get(row.path).text
    assert LETTER in bo.get(f"{row.path}?before=8").text
    assert LETTER in bo.get(f"{row.path}?before=8&part=1", headers=HX).text


def test_whoever_is_connected_is_not_asked_to_connect(cast: Cast) -> None:
    row = scene.talk(scene.accepted(cast))
    connect(cast.ada, cast.cy)
    assert "stay in touch" not in read(cast.client("ada").get(row.path))


def test_a_notice_names_nobody_whom_a_block_parts_from_its_reader(cast: Cast, hear) -> None:
    scene.accepted(cast)
    hear()
    assert "Bo Okafor" in read(cast.client("ada").get("/notifications/"))
    network.block(cast.bo, cast.ada)
    hear()
    told = read(cast.client("ada").get("/notifications/"))
    assert "would like to meet you, introduced by somebody" in told
    assert "Bo Okafor" not in told


def test_what_led_nowhere_is_forgotten_after_half_a_year(cast: Cast) -> None:
    from datetime import timedelta

    row = scene.made_ago(scene.asked(cast), timedelta(days=200))
    tasks.sweep()
    assert not Introduction.objects.filter(pk=row.pk).exists()
    kept = scene.made_ago(scene.accepted(cast), timedelta(days=200))
    tasks.sweep()
    assert client_of(cast.ada).get(kept.path)["Location"] == scene.talk(kept).path


def test_a_line_with_a_no_is_for_the_one_between(cast: Cast, hear) -> None:
    row = scene.forwarded(cast)
    cast.client("cy").post(f"{row.path}answer/", {"answer": "Not this year, I am sorry."})
    hear()
    assert "Not this year" in read(cast.client("bo").get("/notifications/"))
    assert "Not this year" not in read(cast.client("ada").get("/notifications/"))
    assert "Not this year" not in read(cast.client("ada").get(row.path))


def test_a_silent_no_can_be_taken_back(cast: Cast) -> None:
    row, bo, cy = scene.asked(cast), cast.client("bo"), cast.client("cy")
    part = bo.post(f"{row.path}decline/", headers=HX).text
    assert "Nobody is told" in part
    assert f"{row.path}restoration/" in part
    assert "Read over and pass on" in bo.post(f"{row.path}restoration/", headers=HX).text
    bo.post(f"{row.path}forward/", {"words": scene.TO_CY})
    assert cy.post(f"{row.path}decline/").status_code == 302
    assert cy.get(row.path).status_code == 404
    assert cy.post(f"{row.path}restoration/")["Location"] == row.path
    assert "Yes, let us talk" in read(cy.get(row.path))


def test_removing_says_what_letters_end(cast: Cast) -> None:
    scene.asked(cast)
    for name, other in (("ada", "bo-okafor"), ("bo", "ada-lindqvist")):
        words = read(cast.client(name).get(f"/network/with/{other}/removal/"))
        assert "1 letter of introduction that waits between you" in words
    assert "letter of introduction" not in read(cast.client("cy").get("/network/with/bo-okafor/removal/"))


def test_letters_are_only_ever_words(cast: Cast) -> None:
    hostile = '<script>alert(1)</script> "quoted" & {{ 7*7 }} %(name)s {who}'
    row = scene.forwarded(cast, words=hostile, cover=hostile)
    assert "<script>alert" not in cast.client("cy").get(row.path).text
    actions.accept(row, by=cast.cy)
    for name in THREE:
        page = cast.client(name).get(scene.talk(row).path).text
        assert "<script>alert" not in page
        assert "%(name)s {who}" in page
    assert Message.objects.count() == 1
