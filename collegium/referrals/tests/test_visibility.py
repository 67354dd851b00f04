"""Who sees what: whom one knows, what was asked, what was given; and that hidden ties and positions change nothing."""

import re
from collections.abc import Callable

import pytest

from collegium.audience.level import Level
from collegium.career.models import Item, PartAudience
from collegium.lib.refusal import Refusal
from collegium.members import actions as members
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.openings.models import Hidden, Opening, State
from collegium.referrals import actions, reading
from collegium.referrals.models import Referral
from collegium.referrals.models import State as Referred
from collegium.referrals.people import people
from collegium.referrals.tests.scene import NOTE, WORDS, asked, given, long_ago, scene
from collegium.testing.cast import Cast, client_of, connect, make_member
from collegium.testing.fixtures import assert_same_queries

pytestmark = pytest.mark.django_db
NAMES = ("ada", "bo", "cy", "di", "ed", "eve", "flo", "hal", "gus", "nobody")


def known(cast: Cast, name: str, opening: Opening) -> str:
    viewer = cast.viewer(name)
    found = people(viewer, opening)
    first = " ".join(sorted(each.person.name.split()[0].lower() for each in found.first))
    second = " ".join(sorted(each.person.name.split()[0].lower() for each in found.second))
    return f"{first} | {second}"


def test_whom_each_knows_there(cast: Cast) -> None:
    made = scene(cast)
    seen = {name: known(cast, name, made.opening) for name in ("ada", "bo", "cy", "di", "flo", "hal")}
    assert seen == {
        "ada": "bo | cy",
        "bo": "cy | ",
        "cy": "bo | ",
        "di": " | ",
        "flo": " | ",
        "hal": " | ",
    }


def test_the_same_in_numbers(cast: Cast) -> None:
    made = scene(cast)
    there = made.opening.organization_id
    found = reading.known(cast.viewer("ada"), [there])[there]
    assert (found.first, found.second, [each.pk for each in found.people]) == (1, 1, [cast.bo.pk])
    assert reading.known(cast.viewer("di"), [there]) == {}
    assert reading.known(cast.viewer("nobody"), [there]) == {}
    assert reading.where(cast.viewer("ada")) == {there}
    assert reading.where(cast.viewer("flo")) == set()


def test_numbers_cost_the_same(cast: Cast, make_member: Callable[..., Member]) -> None:
    made = scene(cast)
    organizations = [made.opening.organization_id]

    def ask() -> None:
        reading.known(cast.viewer("ada"), organizations)

    def grow() -> None:
        from collegium.openings.tests.scene import works_at
        from collegium.organizations.models import Organization

        for number in range(4):
            other = Organization.objects.create(handle=f"other-{number}", name=f"Other {number}")
            organizations.append(other.pk)
            friend = make_member(f"Friend {number}")
            connect(friend, cast.ada)
            works_at(friend, other)

    assert_same_queries(ask, grow, ask)


PAGES = ("people/", "referral/?of=bo-okafor", "referral/?of=cy-tanaka", "referral/?of=di-varga")


def bodies(member: Member, paths: list[str]) -> list[tuple[int, str]]:
    """What each of these pages is, without what changes with every request."""
    found = []
    for path in paths:
        for head in ({}, {"HX-Request": "true"}):
            answer = client_of(member).get(path, headers=head)
            text = re.sub(
                r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"',
                "",
                answer.content.decode(),
            )
            found.append((answer.status_code, re.sub(r'data-session="[^"]*"|data-who="[^"]*"', "", text)))
    return found


@pytest.mark.parametrize("what", ["position", "tie", "opening", "nothing there"])
def test_what_is_hidden_changes_no_byte(cast: Cast, what: str) -> None:
    made = scene(cast)
    paths = [f"{made.opening.path}{page}" for page in PAGES]
    if what == "position":
        # A position that Bo keeps to himself, and none at all.
        PartAudience.objects.create(member=cast.bo, part="positions", audience=Level.ONLY_ME)
        hidden = bodies(cast.ada, paths)
        Item.objects.filter(member=cast.bo).delete()
        assert hidden == bodies(cast.ada, paths)
        assert hidden[2][0] == 404
    elif what == "tie":
        # Cy known through Bo, whose list is closed on both ends, and Cy not known at all.
        for each in (cast.bo, cast.cy):
            each.connections_audience = Member.ListAudience.ONLY_ME
            each.save(update_fields=["connections_audience"])
        hidden = bodies(cast.ada, paths)
        network.disconnect(cast.bo, cast.cy)
        assert hidden == bodies(cast.ada, paths)
    elif what == "opening":
        # Hidden from Bo: who asks him reads the same as if it were not, and nothing arrives.
        Opening.objects.filter(pk=made.opening.pk).update(members_only=True)
        shown = bodies(cast.ada, paths)
        Hidden.objects.create(opening=made.opening, what="person", person=cast.bo)
        assert shown == bodies(cast.ada, paths)
        row = actions.ask(cast.ada, cast.bo, made.opening)
        assert not Referral.objects.lying_with(cast.bo).exists()
        assert client_of(cast.bo).get(row.path).status_code == 404
    else:
        Item.objects.all().delete()
        assert "Nobody within two steps" in client_of(cast.ada).get(paths[0]).content.decode()


def test_a_silent_no_is_an_open_question(cast: Cast) -> None:
    made = asked(cast)
    paths = [
        "/referrals/asked/",
        made.row.path,
        f"{made.row.path}withdrawal/",
        f"{made.opening.path}people/",
        "/notifications/",
    ]
    before = bodies(cast.ada, paths)
    actions.decline(made.row, by=cast.bo)
    assert bodies(cast.ada, paths) == before
    # Withdrawn and asked again it is still declined, and looks the same.
    actions.withdraw(made.row, by=cast.ada)
    actions.ask_again(made.row, by=cast.ada)
    made.row.refresh_from_db()
    assert made.row.state == Referred.DECLINED
    assert bodies(cast.ada, paths) == before
    assert not Referral.objects.lying_with(cast.bo).exists()


def readers(made, path: str) -> str:
    cast = made.cast
    who = {name: cast.client(name) for name in NAMES if name != "nobody"}
    who |= {"recruiter": client_of(made.recruiter), "rival": client_of(made.rival)}
    return " ".join(name for name, browser in who.items() if browser.get(path).status_code == 200)


def test_who_reads_a_referral(cast: Cast) -> None:
    made = given(cast)
    assert readers(made, made.row.path) == "ada bo"
    assert WORDS not in cast.client("ada").get(made.row.path).content.decode()
    assert NOTE in cast.client("ada").get(made.row.path).content.decode()
    assert WORDS in cast.client("bo").get(made.row.path).content.decode()
    assert cast.client("nobody").get(made.row.path).status_code == 302


def test_what_those_who_hire_read(cast: Cast) -> None:
    made = given(cast)
    (found,) = reading.given_for(made.opening, [cast.ada])[cast.ada.pk]
    assert (found.referrer, found.words, found.knows) == (cast.bo, WORDS, "We worked together")
    assert not hasattr(found, "note")
    actions.take_back(made.row, by=cast.bo)
    assert reading.given_for(made.opening, [cast.ada]) == {}
    actions.put_back(made.row, by=cast.bo)
    # Who is parted from the asker later stands by what he said; who is suspended says nothing.
    network.disconnect(cast.bo, cast.ada)
    assert reading.given_for(made.opening, [cast.ada])
    members.suspend(cast.bo, by=None)
    assert reading.given_for(made.opening, [cast.ada]) == {}


def lies(cast: Cast) -> bool:
    return Referral.objects.lying_with(Member.objects.get(pk=cast.bo.pk)).exists()


@pytest.mark.parametrize(
    "end", ["time", "parted", "blocked", "asker suspended", "referrer suspended", "closed", "deleted"]
)
def test_what_ends_an_open_question(cast: Cast, hear: Callable[[], None], end: str) -> None:
    made = asked(cast)
    assert lies(cast)
    assert cast.client("bo").get(made.row.path).status_code == 200
    if end == "time":
        long_ago(made.row)
    elif end == "parted":
        network.disconnect(cast.ada, cast.bo)
    elif end == "blocked":
        network.block(cast.bo, cast.ada)
    elif end == "asker suspended":
        members.suspend(cast.ada, by=None)
    elif end == "referrer suspended":
        members.suspend(cast.bo, by=None)
    elif end == "closed":
        Opening.objects.filter(pk=made.opening.pk).update(
            state=State.CLOSED, closed_at=made.row.asked_at, ended="filled"
        )
    else:
        cast.ada.delete()
    assert not lies(cast)
    hear()
    assert not Referral.objects.alive().exists()
    if end == "blocked":
        assert Referral.objects.get().state == Referred.ENDED
    if end in ("time", "parted", "closed"):
        assert "ran out" in cast.client("ada").get("/referrals/asked/").content.decode()
    if end != "referrer suspended":
        assert cast.client("bo").get(made.row.path).status_code == 404


def test_who_may_be_asked(cast: Cast) -> None:
    made = scene(cast)
    for name in ("cy", "di", "ed", "eve", "flo", "hal", "gus", "ada"):
        with pytest.raises(Refusal):
            actions.ask(cast.ada, getattr(cast, name), made.opening)
        assert (
            cast.client("ada").get(f"{made.opening.path}referral/?of={getattr(cast, name).handle}").status_code == 404
        )
    # Who hires for it asks nobody.
    connect(make_member("Xe Xu"), made.recruiter)
    with pytest.raises(Refusal):
        actions.ask(made.recruiter, cast.di, made.opening)
    assert actions.ask(cast.ada, cast.bo, made.opening).state == Referred.ASKED


def test_people_cost_the_same(cast: Cast, make_member: Callable[..., Member]) -> None:
    from collegium.openings.tests.scene import works_at

    made = scene(cast)
    browser = cast.client("ada")

    def look() -> None:
        assert browser.get(f"{made.opening.path}people/").status_code == 200

    def grow() -> None:
        for number in range(4):
            friend = make_member(f"Friend {number}")
            connect(friend, cast.ada)
            works_at(friend, made.opening.organization)

    assert_same_queries(look, grow, look)


def test_lists_cost_the_same(cast: Cast) -> None:
    from collegium.openings.tests.scene import led

    made = given(cast)
    for name, path in (("ada", "/referrals/asked/"), ("bo", "/referrals/")):
        browser = cast.client(name)

        def look(browser=browser, path=path) -> None:  # type: ignore[no-untyped-def]
            assert browser.get(path).status_code == 200

        def grow() -> None:
            for number in range(2):
                row = led(made.recruiter, title=f"Work {number}")
                actions.ask(cast.ada, cast.bo, row)

        assert_same_queries(look, grow, look)
