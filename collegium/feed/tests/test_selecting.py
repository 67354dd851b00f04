"""Who sees a post for circles, for named people, or for everyone but some: as many as were promised, and no others."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collegium.audience import people
from collegium.audience.level import Level
from collegium.audience.rule import NONE
from collegium.audience.viewer import NOBODY, Viewer
from collegium.feed import actions, selecting, timeline
from collegium.feed.models import Comment, Facet, Mix, Post, Selected, selections
from collegium.feed.selecting import Choice
from collegium.graph.tests.networks import MOST, make, networks
from collegium.lib.refusal import Refusal
from collegium.members.models import Member
from collegium.network.tests.reading import read
from collegium.testing.cast import Cast, connect
from collegium.ties.models import Circle, Circling, Connection, Follow

often = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
some = st.sets(st.integers(0, MOST - 1), max_size=4)
HX = {"HX-Request": "true"}


@pytest.mark.django_db
@often
@given(networks, st.integers(0, 4), st.booleans(), some, some, some, st.sampled_from(list(Facet)))
def test_the_number_said_before_is_the_number_who_get_it(
    network: dict[str, Any], level: int, only: bool, named: set[int], circled: set[int], left: set[int], facet: Facet
) -> None:
    """For every member: the page, home, and what is said before posting are one answer."""
    with transaction.atomic():
        keys = make(network)
        author = Member.objects.filter(pk__in=keys, standing="active").order_by("pk").first()
        if author is not None:
            _agree(author, keys, level, only, named, circled, left, facet)
        transaction.set_rollback(True)


def _agree(
    author: Member,
    keys: list[int],
    level: int,
    only: bool,
    named: set[int],
    circled: set[int],
    left: set[int],
    facet: str,
) -> None:
    others = [key for key in keys if key != author.pk]
    pick = lambda chosen: tuple(others[place] for place in sorted(chosen) if place < len(others))  # noqa: E731 - a name for what is asked twice
    circle = Circle.objects.create(owner=author, name="Crew")
    Circling.objects.bulk_create(Circling(circle=circle, person_id=key) for key in pick(circled))
    choice = Choice(level, only, pick(named), (circle.pk,) if circled else (), pick(left))
    if only and not (choice.people or choice.circles):
        return
    row = Post.objects.create(
        author=author, body="x", html="x", audience=choice.audience, selection=choice.selection, facet=facet
    )
    selecting.keep(row, choice)
    assert selecting.choice_of(row).selection == choice.selection
    proof = selecting.proof(author, choice, facet)
    promised = (
        set(selecting.seen_by(author, choice, facet).values_list("pk", flat=True)) if choice.audience < 4 else set()
    )
    assert proof.count == len(promised)
    assert {person.pk for person in proof.some} <= promised
    for member in Member.objects.filter(pk__in=others, standing="active"):
        viewer = Viewer(member)
        sees = Post.objects.visible_to(viewer).filter(pk=row.pk).exists()
        assert sees == (member.pk in promised), (member.pk, choice)
        if sees:
            assert member.pk not in choice.left_out
            assert not only or member.pk in choice.people or member.pk in pick(circled)
        Follow.objects.get_or_create(follower=member, followee=author)
        people = timeline.people_of(member)
        kept_to_work = facet == Facet.PERSONAL and people.personal.get(author.pk) == NONE
        at_home = author.pk in people.near and not kept_to_work
        mix = Mix(member=member, sides=Mix.Sides.BOTH)
        came = [key for key, _facet in timeline.stream(people, mix, limit=5)]
        assert (row.pk in came) == (sees and at_home)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(timeline, "MANY", 0)
            assert [key for key, _facet in timeline.stream(people, mix, limit=5)] == came
    outside = Post.objects.visible_to(NOBODY).filter(pk=row.pk).exists()
    assert outside == proof.outside
    assert not (outside and choice.selection)


def _circle(cast: Cast, *people: Member) -> Circle:
    circle = Circle.objects.create(owner=cast.ada, name="Crew")
    Circling.objects.bulk_create(Circling(circle=circle, person=person) for person in people)
    return circle


def who(cast: Cast, row: Post) -> str:
    """The first letters of those who see it."""
    names = ("ada", "bo", "cy", "di", "ed", "eve", "flo", "hal", "nobody")
    return "".join(name[0] for name in names if Post.objects.visible_to(cast.viewer(name)).filter(pk=row.pk).exists())


def test_a_table(cast: Cast) -> None:
    circle = _circle(cast, cast.bo, cast.cy)
    rows: list[tuple[Choice, str]] = [
        (Choice(only=True, circles=(circle.pk,)), "ab"),
        (Choice(only=True, people=(cast.cy.pk,)), "ac"),
        (Choice(only=True, people=(cast.cy.pk,), circles=(circle.pk,)), "abc"),
        (Choice(only=True, people=(cast.cy.pk,), circles=(circle.pk,), left_out=(cast.bo.pk,)), "ac"),
        (Choice(Level.EVERYONE, left_out=(cast.bo.pk,)), "acdfh"),
        (Choice(Level.NETWORK, left_out=(cast.cy.pk,)), "ab"),
        (Choice(Level.CONNECTIONS, left_out=(cast.bo.pk,)), "a"),
    ]
    for choice, expected in rows:
        assert who(cast, actions.post(cast.ada, "words", choice=choice)) == expected, choice


@pytest.mark.parametrize(
    ("right", "planted"),
    [
        ("s.left_out = true", "s.left_out = false"),
        ("s.left_out = true", "s.id = 0"),
        ("{selection} = 1", "{selection} >= 1"),
        ("c.person_id = {me}", "c.person_id <> 0"),
    ],
)
def test_a_selection_that_is_asked_wrongly_shows(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, right: str, planted: str
) -> None:
    assert right in selections.PASSES, "the fault has no place to be planted in any more"
    monkeypatch.setattr(selections, "PASSES", selections.PASSES.replace(right, planted))
    circle = _circle(cast, cast.bo)
    connect(cast.ada, cast.di)
    only = actions.post(cast.ada, "words", choice=Choice(only=True, circles=(circle.pk,)))
    but = actions.post(cast.ada, "words", choice=Choice(Level.CONNECTIONS, left_out=(cast.bo.pk,)))
    assert (who(cast, only), who(cast, but)) != ("ab", "ad")
    monkeypatch.undo()
    assert (who(cast, only), who(cast, but)) == ("ab", "ad")


@pytest.fixture
def row(cast: Cast) -> Post:
    """A post for a circle with Bo in it."""
    return actions.post(cast.ada, "for the crew alone", choice=Choice(only=True, circles=(_circle(cast, cast.bo).pk,)))


def _out_of_it(cast: Cast, row: Post) -> None:
    Circling.objects.all().delete()


def _dropped(cast: Cast, row: Post) -> None:
    Circle.objects.all().delete()


def _parted(cast: Cast, row: Post) -> None:
    Connection.objects.between(cast.ada, cast.bo).delete()


def _left_out(cast: Cast, row: Post) -> None:
    actions.edit_post(row, by=cast.ada, choice=Choice(Level.CONNECTIONS, left_out=(cast.bo.pk,)))


@pytest.mark.parametrize("change", [_out_of_it, _dropped, _parted, _left_out])
def test_the_right_ends_at_once(cast: Cast, row: Post, change: Callable[[Cast, Post], None]) -> None:
    said = actions.comment(row, "mine", by=cast.bo)
    assert who(cast, row) == "ab"
    assert "for the crew alone" in read(cast.client("bo").get("/"))
    change(cast, row)
    assert who(cast, row) == "a"
    bo = cast.client("bo")
    assert bo.get(row.path).status_code == 404
    assert not Comment.objects.visible_to(cast.viewer("bo")).filter(pk=said.pk).exists()
    assert "for the crew alone" not in read(bo.get("/"))


@pytest.mark.parametrize(
    "choice",
    [
        lambda cast, circle: Choice(only=True),
        lambda cast, circle: Choice(only=True, circles=(circle.pk,)),
        lambda cast, circle: Choice(only=True, people=(cast.ed.pk,)),
        lambda cast, circle: Choice(only=True, people=(cast.gus.pk,)),
    ],
    ids=["nobody", "a circle of another", "blocked", "suspended"],
)
def test_what_one_may_not_choose(cast: Cast, choice: Callable[[Cast, Circle], Choice]) -> None:
    circle = Circle.objects.create(owner=cast.bo, name="Crew")
    composed = {"body": "x", "audience": "only", "facet": "professional", "commenting": "anyone"}
    with pytest.raises(Refusal):
        actions.post(cast.ada, "words", choice=choice(cast, circle))
    answer = cast.client("ada").post("/posts/", composed | {"circles": [circle.pk], "named": "@nobody-here"})
    assert answer.status_code == 422
    assert not Post.objects.exists()


def _send(browser: Client, **fields: Any) -> Any:
    usual = {"body": "words", "audience": "3", "facet": "professional", "commenting": "anyone"}
    return browser.post("/posts/", usual | fields)


def test_the_composer(cast: Cast) -> None:
    circle = _circle(cast, cast.bo)
    ada = cast.client("ada")
    assert (
        _send(ada, audience="only", circles=[circle.pk], named=f"@{cast.cy.handle}, {cast.di.handle}").status_code
        == 302
    )
    assert who(cast, Post.objects.get()) == "abcd"
    edit = ada.get(Post.objects.get().path + "edit/").text
    assert f"@{cast.cy.handle} @{cast.di.handle}" in edit
    _send(ada, audience="0", left_out=f"@{cast.bo.handle}")
    newest = Post.objects.order_by("-pk")[0]
    assert (newest.audience, who(cast, newest)) == (Level.MEMBERS, "acdfh")
    answer = _send(ada, audience="only", body="kept words")
    assert answer.status_code == 422
    assert "Choose a circle, or name at least one person." in read(answer)
    assert "kept words" in answer.text
    answer = _send(ada, named="@nobody-here", body="kept words")
    assert "Nobody here is called @nobody-here" in answer.text


def test_the_card_says_that_people_were_chosen_and_that_a_machine_wrote(cast: Cast, row: Post) -> None:
    _send(cast.client("ada"), body="by a machine", machine="on")
    home = read(cast.client("bo").get("/"))
    assert "Chosen people" in home
    assert home.count("Written by a machine, its author says") == 1


def test_editing_gives_the_selection_back(cast: Cast, row: Post) -> None:
    ada = cast.client("ada")
    assert Selected.objects.count() == 1
    usual = {"body": "words", "audience": "3", "facet": "professional", "commenting": "anyone"}
    assert ada.post(row.path + "edit/", usual).status_code == 302
    assert not Selected.objects.exists()
    assert who(cast, row) == "ab"


def test_who_hides_is_counted_and_not_named(cast: Cast) -> None:
    Member.objects.filter(pk=cast.di.pk).update(visibility=Level.CONNECTIONS)
    proof = selecting.proof(cast.ada, Choice(Level.MEMBERS), Facet.PROFESSIONAL)
    assert cast.di not in proof.some
    assert proof.count == len(selecting.seen_by(cast.ada, Choice(Level.MEMBERS), Facet.PROFESSIONAL))
    assert {person.pk for person in proof.some} <= set(
        people.findable_by(cast.viewer("ada")).values_list("pk", flat=True)
    )


def test_who_was_left_out_stays_so_when_the_author_sees_her_no_more(cast: Cast) -> None:
    row = actions.post(cast.ada, "words", choice=Choice(Level.MEMBERS, left_out=(cast.di.pk,)))
    Member.objects.filter(pk=cast.di.pk).update(visibility=Level.CONNECTIONS)
    sent = {"body": "other words", "audience": "1", "facet": "professional", "commenting": "anyone"}
    answer = cast.client("ada").post(row.path + "edit/", sent | {"left_out": f"@{cast.di.handle}"})
    assert answer.status_code == 302
    assert selecting.choice_of(Post.objects.get(pk=row.pk)).left_out == (cast.di.pk,)


def test_the_proof_says_how_many_who_and_whether(cast: Cast) -> None:
    circle = _circle(cast, cast.bo, cast.cy)
    ada = cast.client("ada")

    def ask(**fields: Any) -> str:
        return read(ada.get("/posts/reach/", fields, headers=HX))

    shown = ask(audience="only", circles=circle.pk, check=f"@{cast.cy.handle}")
    assert "1 person will see this" in shown
    assert "Bo Okafor" in shown
    assert f"@{cast.cy.handle} will not see it" in shown
    shown = ask(audience="only", circles=circle.pk, named=f"@{cast.cy.handle}", check=cast.cy.handle)
    assert "2 people will see this" in shown
    assert f"{cast.cy.handle} will see it" in shown
    assert "You find nobody called @ed" in ask(audience="3", check="@ed") or cast.ed.handle != "ed"
    assert "Choose a circle" in ask(audience="only")
