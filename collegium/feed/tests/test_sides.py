"""Facets of one's own, what one reads of somebody, and that nothing comes from a side that was not asked for."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from collegium.audience.level import Level
from collegium.audience.viewer import NOBODY, Viewer
from collegium.feed import actions, timeline
from collegium.feed.models import MOST_SIDES, Draft, Facet, Mix, Post, Side, Wanted, WantedSide
from collegium.feed.reading import actions as reading
from collegium.feed.reading import wishes
from collegium.feed.sides import actions as sides
from collegium.feed.sides import balance
from collegium.feed.sides.asked import AskedFor, AsksFor, comes
from collegium.feed.tests.test_quiet import everything, topic
from collegium.lib import clock
from collegium.lib.refusal import Conflict, Refusal
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.network import distance
from collegium.network.tests.reading import read
from collegium.realtime.models import Line, Poke
from collegium.testing.cast import Cast, connect
from collegium.testing.fixtures import assert_same_queries
from collegium.ties.models import Distance

CANARY = "canary-s1de"
HX = {"HX-Request": "true"}


@pytest.fixture
def choir(cast: Cast) -> Side:
    """A facet of Bo's, within his personal side."""
    return sides.found(cast.bo, "Choir", Facet.PERSONAL)


Ask = Callable[[Cast, Side], object]


def wants(
    cast: Cast, *, professional: bool = True, personal: bool = False, own: dict[Side, bool | None] | None = None
) -> None:
    sides.choose(cast.ada, cast.bo, professional=professional, personal=personal, own=own or {})


# What Ada chose, and whether Bo's post comes from: his professional side, his personal side, his choir.
CHOICES: dict[str, tuple[Ask, str]] = {
    "nothing": (lambda cast, choir: None, "100"),
    "both sides of everybody": (lambda cast, choir: Mix.objects.create(member=cast.ada, sides="both"), "111"),
    "his personal side": (lambda cast, choir: wants(cast, personal=True), "111"),
    "his personal side alone": (lambda cast, choir: wants(cast, professional=False, personal=True), "011"),
    "his choir": (lambda cast, choir: wants(cast, own={choir: True}), "101"),
    "his choir alone": (lambda cast, choir: wants(cast, professional=False, own={choir: True}), "001"),
    "personal without the choir": (lambda cast, choir: wants(cast, personal=True, own={choir: False}), "110"),
    "nothing of his": (lambda cast, choir: wants(cast, professional=False), "000"),
    "both of everybody, but not his": (
        lambda cast, choir: (Mix.objects.create(member=cast.ada, sides="both"), wants(cast)),
        "100",
    ),
    "personal, but he is kept to work": (
        lambda cast, choir: (
            wants(cast, personal=True, own={choir: True}),
            distance.set_rung(cast.ada, cast.bo, Distance.Rung.WORK_ONLY),
        ),
        "100",
    ),
    "chosen, and taken back": (
        lambda cast, choir: (wants(cast, personal=True), sides.choose_nothing(cast.ada, cast.bo)),
        "100",
    ),
}


def _home(cast: Cast, post: Post) -> bool:
    assert post.pk in everything(cast.bo), "one's own posts always come home"
    return CANARY in cast.client("ada").get("/").content.decode()


def _fresh(cast: Cast, post: Post) -> bool:
    return "1 new post" in cast.client("ada").get(f"/posts/fresh/?since={post.pk - 1}", headers=HX).content.decode()


def _stream_of_many(cast: Cast, post: Post) -> bool:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timeline, "MANY", 0)
        patch.setattr(timeline, "PLENTY", 1_000)
        return post.pk in everything(cast.ada, timeline.mix_of(cast.ada))


def _topic_page(cast: Cast, post: Post) -> bool:
    assert CANARY in cast.client("ada").get("/topics/delft/?sides=all").content.decode(), "there she asks for all"
    return CANARY in cast.client("ada").get("/topics/delft/").content.decode()


def _followed_topic(cast: Cast, post: Post) -> bool:
    """Of somebody she is not connected with, for a topic she follows."""
    network.disconnect(cast.ada, cast.bo)
    reading.follow_topic(topic("delft"), by=cast.ada)
    came = post.pk in everything(cast.ada, timeline.mix_of(cast.ada))
    reading.unfollow_topic(topic("delft"), by=cast.ada)
    connect(cast.ada, cast.bo)
    return came


def _featured(cast: Cast, post: Post) -> bool:
    assert cast.client("bo").post(f"/career/featured/posts/{post.pk}/").status_code == 302
    return CANARY in cast.client("ada").get("/in/bo-okafor/").content.decode()


def _poked(cast: Cast, post: Post) -> bool:
    return Poke.objects.filter(topic="feed", member=cast.ada).exists()


SURFACES = [_home, _fresh, _stream_of_many, _topic_page, _followed_topic, _featured, _poked]


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("place", range(3), ids=["professional", "personal", "choir"])
def test_nothing_comes_from_a_side_that_was_not_asked_for(
    cast: Cast, choir: Side, hear: Callable[[], None], choice: str, place: int
) -> None:
    ask, table = CHOICES[choice]
    ask(cast, choir)
    hear()
    Poke.objects.all().delete()
    now = clock.now()
    Line.objects.create(member=cast.ada, since=now, seen_at=now)
    spoken: dict[str, Any] = ({}, {"facet": Facet.PERSONAL}, {"side": choir})[place]
    post = actions.post(cast.bo, f"{CANARY} #delft", audience=Level.MEMBERS, **spoken)
    hear()
    said = {surface.__name__: surface(cast, post) for surface in reversed(SURFACES)}
    assert said == dict.fromkeys(said, table[place] == "1")
    ada = cast.client("ada")
    assert ada.get(post.path).status_code == 200, "what she opens she has asked for"
    # Distance is about sides, and not about single facets: her choice about them is kept apart.
    assert (post.pk in timeline_keys(cast)) == (table[place] == "1")


def timeline_keys(cast: Cast) -> set[int]:
    people, mix = timeline.people_of(cast.ada), timeline.mix_of(cast.ada)
    return {line.key for line in timeline.lines(people, mix, limit=50).lines}


def test_a_change_of_side_counts_at_once(cast: Cast, choir: Side) -> None:
    post = actions.post(cast.bo, CANARY)
    assert post.pk in everything(cast.ada)
    actions.edit_post(post, by=cast.bo, facet=Facet.PERSONAL)
    assert post.pk not in everything(cast.ada)
    wants(cast, own={choir: True})
    actions.edit_post(post, by=cast.bo, side=choir)
    assert post.pk in everything(cast.ada)
    actions.edit_post(post, by=cast.bo, facet=Facet.PERSONAL)
    assert Post.objects.get(pk=post.pk).side is None
    assert post.pk not in everything(cast.ada)


def test_being_named_is_told_whichever_side_one_reads(cast: Cast, hear: Callable[[], None]) -> None:
    actions.post(cast.bo, f"{CANARY} @ada-lindqvist", facet=Facet.PERSONAL)
    hear()
    assert CANARY in cast.client("ada").get("/notifications/").content.decode()


def _write_and_choose(people: list[Member], dice: random.Random) -> None:
    """Posts from every side of everybody, and whatever choices the dice make."""
    for person in people:
        for facet in Facet:
            side = sides.found(person, f"Of {facet}", facet)
            actions.post(person, "x", audience=Level.MEMBERS, side=side)
            actions.post(person, "x", audience=Level.MEMBERS, facet=facet)
    for reader in people:
        if dice.random() < 0.5:
            Mix.objects.create(member=reader, sides=dice.choice(list(Mix.Sides)))
        for author in people:
            if author != reader and dice.random() < 0.7:
                yes = {name: dice.random() < 0.5 for name in ("professional", "personal")}
                Wanted.objects.create(reader=reader, author=author, **yes)
        for side in Side.objects.exclude(owner=reader):
            if dice.random() < 0.4:
                WantedSide.objects.create(reader=reader, side=side, wanted=dice.random() < 0.5)


def test_the_three_forms_of_the_condition_are_one(cast: Cast) -> None:
    """Brute force: over posts, over readers, and over what was read of her wishes."""
    dice = random.Random(7)
    people = [cast.ada, cast.bo, cast.cy, cast.di]
    _write_and_choose(people, dice)
    distance.set_rung(cast.ada, cast.bo, Distance.Rung.WORK_ONLY)
    distance.set_rung(cast.cy, cast.bo, Distance.Rung.MUTED)
    answers = set()
    for post in Post.objects.all():
        assert Post.objects.filter(AskedFor(NOBODY), pk=post.pk).exists() == (post.facet == Facet.PROFESSIONAL)
        asking = set(Member.objects.filter(AsksFor(post)).values_list("pk", flat=True))
        for reader in people:
            asked = Post.objects.filter(AskedFor(Viewer(reader)), pk=post.pk).exists()
            kept = reader == cast.ada and post.author == cast.bo and post.facet == Facet.PERSONAL
            known = comes(
                wishes.of(reader),
                timeline.mix_of(reader),
                author=post.author_id,
                facet=post.facet,
                side=post.side_id,
            )
            assert asked == (reader.pk in asking) == (known and not kept), (reader, post)
            answers.add(asked)
    assert answers == {True, False}


def test_what_somebody_posted_begins_with_the_professional_side(cast: Cast, choir: Side) -> None:
    actions.post(cast.bo, "at work", audience=Level.MEMBERS)
    ada, page = cast.client("ada"), "/in/bo-okafor/posts/"
    assert "Personal" not in read(ada.get(page)), "there is nothing personal she could ask for"
    actions.post(cast.bo, "for himself", audience=Level.ONLY_ME, side=choir)
    hidden = ada.get(page).content
    assert b"Choir" not in hidden
    assert ada.get(f"{page}?side={choir.pk}").status_code == 404
    actions.post(cast.bo, CANARY, audience=Level.CONNECTIONS, side=choir)
    shown = read(ada.get(page))
    assert CANARY not in shown
    assert "also has a personal side" in shown
    assert CANARY in read(ada.get(f"{page}?side=personal"))
    assert CANARY in read(ada.get(f"{page}?side={choir.pk}"))
    for name in ("di", "nobody"):
        seen = read(cast.client(name).get(page))
        assert "personal side" not in seen, name
        assert "Choir" not in seen
        assert cast.client(name).get(f"{page}?side={choir.pk}").status_code in (404, 302)
    for wrong in ("other", "-1", "9" * 30, "\0"):
        assert ada.get(page, {"side": wrong}).status_code == 404
    assert ada.post("/posts/sides/bo-okafor/personal/").status_code == 302
    assert "also has a personal side" not in read(ada.get(page))
    assert CANARY in read(ada.get("/"))
    assert ada.post("/posts/sides/bo-okafor/removal/").status_code == 302
    assert CANARY not in read(ada.get("/"))


def test_the_sheet_is_the_same_whether_or_not_there_is_more(cast: Cast, choir: Side) -> None:
    di, sheet = cast.client("di"), "/posts/sides/bo-okafor/"

    def bare() -> str:
        return read(di.get(sheet))

    before = bare()
    assert "Personal" in before
    actions.post(cast.bo, CANARY, audience=Level.CONNECTIONS, side=choir)
    assert bare() == before
    assert "Choir" in read(cast.client("ada").get(sheet))


def test_choosing(cast: Cast, choir: Side) -> None:
    actions.post(cast.bo, CANARY, side=choir)
    ada, sheet = cast.client("ada"), "/posts/sides/bo-okafor/"
    assert ada.post(sheet, {"professional": "on", f"side-{choir.pk}": "always"}).status_code == 302
    assert CANARY in read(ada.get("/"))
    assert "with exceptions" in read(ada.get("/settings/mix/"))
    assert ada.post(sheet, {"professional": "on", "personal": "on", f"side-{choir.pk}": "never"}).status_code == 302
    assert CANARY not in read(ada.get("/"))
    assert ada.post(sheet, {"professional": "on", f"side-{choir.pk}": "now and then"}).status_code == 422
    answer = ada.post(sheet, {"professional": "on", "personal": "on"}, headers=HX)
    assert answer.headers["HX-Trigger"] == "dialog:close"
    assert not WantedSide.objects.exists(), "it goes with its side"
    assert CANARY in read(ada.get("/"))
    assert ada.post(f"{sheet}removal/").status_code == 302
    assert not Wanted.objects.exists()
    assert "Nobody yet" in read(ada.get("/settings/mix/"))


@pytest.mark.parametrize(
    ("name", "status"),
    [("ada", 404), ("bo", 200), ("cy", 200), ("di", 200), ("ed", 404), ("eve", 404), ("gus", 302), ("nobody", 302)],
)
def test_of_whom_one_chooses(cast: Cast, name: str, status: int) -> None:
    """Of Ada: not she herself, nobody parted by a block, nobody signed out."""
    answer = cast.client(name).get("/posts/sides/ada-lindqvist/")
    assert answer.status_code == status or (name == "gus" and answer.status_code in (302, 403))
    if status == 404:
        assert cast.client(name).post("/posts/sides/ada-lindqvist/personal/").status_code == 404
    with pytest.raises(Refusal):
        sides.choose(cast.ada, cast.ada, professional=True, personal=True, own={})


def test_the_page_of_ones_own_facets(cast: Cast) -> None:
    ada, page = cast.client("ada"), "/settings/facets/"
    assert ada.post(page, {"name": "  Choir ", "facet": "personal"}).status_code == 302
    side = Side.objects.get()
    assert (side.name, side.facet, side.owner) == ("Choir", Facet.PERSONAL, cast.ada)
    for wrong in ("choir", "", "personal", "PROFESSIONAL", "x" * 41, "\0"):
        assert ada.post(page, {"name": wrong, "facet": "personal"}).status_code == 422, wrong
    assert ada.post(page, {"name": "Rowing", "facet": "third"}).status_code == 422
    assert ada.post(f"{page}{side.pk}/", {"name": "Chamber choir"}).status_code == 302
    assert "Chamber choir" in read(ada.get(page))
    for number in range(MOST_SIDES - 1):
        sides.found(cast.ada, f"Facet {number}", Facet.PROFESSIONAL)
    assert ada.post(page, {"name": "One more", "facet": "personal"}).status_code == 409
    assert "as many as there is room for" in read(ada.get(page))
    for name in ("bo", "nobody"):
        browser = cast.client(name)
        for path in (f"{page}{side.pk}/", f"{page}{side.pk}/removal/"):
            expected = 404 if name == "bo" else 302
            assert (browser.get(path).status_code, browser.post(path).status_code) == (expected, expected)
    with pytest.raises(Refusal):
        sides.remove(side, by=cast.bo)
    with pytest.raises(Conflict):
        sides.rename(side, "Facet 1", by=cast.ada)


def test_the_composer_offers_them_and_the_card_names_them(cast: Cast, choir: Side) -> None:
    bo = cast.client("bo")
    assert f'<option value="{choir.pk}"' in bo.get("/").text
    assert "data-of=" not in cast.client("ada").get("/posts/").text, "who has none sees the two sides"
    sent = {"body": CANARY, "audience": "3", "commenting": "anyone"}
    assert bo.post("/posts/", sent | {"facet": str(choir.pk)}).status_code == 302
    post = Post.objects.get()
    assert (post.facet, post.side) == (Facet.PERSONAL, choir)
    assert "Personal · Choir" in read(cast.client("ada").get(post.path))
    assert f'value="{choir.pk}" data-of="personal" selected' in bo.get(f"{post.path}edit/").text
    answer = cast.client("ada").post("/posts/", sent | {"facet": str(choir.pk)})
    assert answer.status_code == 422
    assert "no longer there" in read(answer)
    assert bo.post(f"{post.path}edit/", sent | {"facet": "professional"}).status_code == 302
    post.refresh_from_db()
    assert (post.facet, post.side) == (Facet.PROFESSIONAL, None)
    other = sides.found(cast.ada, "Rowing", Facet.PERSONAL)
    for by, side in ((cast.bo, other), (cast.bo, Side(pk=1, owner=cast.bo, facet=Facet.PERSONAL))):
        with pytest.raises(Conflict):
            actions.post(by, "words", side=side)
    assert "1 person will see this" in read(
        bo.get("/posts/reach/", {"facet": choir.pk, "audience": "3"}, headers=HX)
    ) or ("people will see this" in read(bo.get("/posts/reach/", {"facet": choir.pk, "audience": "3"}, headers=HX)))


def test_taking_one_away_leaves_everything_on_its_side(cast: Cast, choir: Side) -> None:
    post = actions.post(cast.bo, CANARY, side=choir)
    bo = cast.client("bo")
    bo.post("/posts/drafts/", {"body": "half", "facet": str(choir.pk), "audience": "3", "commenting": "anyone"})
    wants(cast, own={choir: True})
    assert "1 post loses the name and stays personal" in read(bo.get(f"/settings/facets/{choir.pk}/removal/"))
    assert bo.post(f"/settings/facets/{choir.pk}/removal/").status_code == 302
    post.refresh_from_db()
    assert (post.facet, post.side) == (Facet.PERSONAL, None)
    assert Draft.objects.get().values["facet"] == "personal"
    assert post.pk not in everything(cast.ada)
    with pytest.raises(Conflict):
        sides.remove(choir, by=cast.bo)


def test_the_balance_is_counted_in_one_statement_and_is_ones_own(cast: Cast) -> None:
    assert balance.of(cast.bo) == balance.Balance(0, 0)
    assert "You posted nothing in the last 30 days" in read(cast.client("bo").get("/settings/facets/"))
    for facet in (Facet.PROFESSIONAL, Facet.PROFESSIONAL, Facet.PROFESSIONAL, Facet.PERSONAL):
        actions.post(cast.bo, "x", facet=facet)
    assert balance.of(cast.bo) == balance.Balance(3, 1)
    said = read(cast.client("bo").get("/in/bo-okafor/posts/")).replace("\u202f", " ").replace("\xa0", " ")
    assert "Last month: 75 % professional" in said
    assert "Last month" not in read(cast.client("ada").get("/in/bo-okafor/posts/"))


def test_the_number_of_statements_does_not_grow(cast: Cast) -> None:
    def grow(start: int = 0) -> None:
        for number in range(start, start + 4):
            for person in (cast.bo, cast.di):
                side = sides.found(person, f"Facet {number}", list(Facet)[number % 2])
                actions.post(person, "x", audience=Level.MEMBERS, side=side)
                sides.choose(cast.ada, person, professional=True, personal=False, own={side: True})

    grow()
    ada = cast.client("ada")
    paths = ("/", "/settings/mix/", "/in/bo-okafor/posts/", "/posts/sides/bo-okafor/")

    def pages() -> None:
        for path in paths:
            ada.get(path)

    pages()
    assert_same_queries(pages, lambda: (grow(4), pages())[0], pages)
