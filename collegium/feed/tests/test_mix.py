"""The cap on personal posts: in every fifty in a row, wherever they begin, however pages join."""

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.audience.level import Level
from collegium.feed import actions, timeline
from collegium.feed.models import Facet, Mix, Post
from collegium.feed.reading import actions as reading
from collegium.feed.reading.fold import MEMORY, WINDOW, Fold, Line, Stretch
from collegium.feed.tests.test_quiet import topic
from collegium.lib import cursor
from collegium.testing.cast import Cast, connect, make_member

CAPS = (2, 3, 4, 5, 10)
SIDES = (Facet.PROFESSIONAL, Facet.PERSONAL)


def fullest(personal: list[bool], window: int = WINDOW) -> int:
    """The most personal ones among so many in a row."""
    return max((sum(personal[start : start + window]) for start in range(len(personal))), default=0)


def nearest(personal: list[bool]) -> int:
    """How far apart the two nearest personal ones stand."""
    places = [place for place, is_personal in enumerate(personal) if is_personal]
    return min((later - earlier for earlier, later in itertools.pairwise(places)), default=WINDOW)


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.tuples(st.sampled_from(SIDES), st.booleans()), max_size=260),
    st.sampled_from(CAPS),
    st.integers(1, 25),
    st.integers(1, 60),
)
def test_every_window_keeps_the_cap_however_pages_and_stretches_join(
    posts: list[tuple[Facet, bool]], one_in: int, page: int, wide: int
) -> None:
    """Pages are put together through their cursors, from stretches of any width, with quiet posts among them."""
    line = [Line(len(posts) - place, facet) for place, (facet, _quiet) in enumerate(posts)]
    quiet = {each.key for each, (_facet, is_quiet) in zip(line, posts, strict=True) if is_quiet}
    shown: list[Line] = []
    last, past = len(posts) + 1, 0
    while True:
        fold, kept = Fold(one_in, past), list[Line]()
        rest, floor = [each for each in line if each.key < last], last
        while rest and len(kept) <= page:
            found, rest = rest[:wide], rest[wide:]
            fold.take(Stretch(found, found[-1].key, bool(rest), quiet), kept, page)
            floor = found[-1].key
        if len(kept) <= page:
            fold.mark()
        shown += kept[:page]
        joint = kept[page - 1].key if len(kept) > page else floor
        last, past = cursor.unpack(cursor.pack(joint, fold.past_at_mark), 2)
        if not (rest or len(kept) > page):
            break
    personal = [each.facet == Facet.PERSONAL for each in shown]
    assert fullest(personal) <= WINDOW // one_in
    assert nearest(personal) >= one_in
    work = [each.key for each in line if each.facet != Facet.PERSONAL and each.key not in quiet]
    assert [each.key for each in shown if each.facet != Facet.PERSONAL] == work, (
        "what is professional is never left out"
    )
    assert not quiet & {each.key for each in shown}


@settings(deadline=None, max_examples=200)
@given(st.integers(-(1 << 63), (1 << 63) - 1), st.lists(st.sampled_from(SIDES), max_size=120), st.sampled_from(CAPS))
def test_it_holds_from_any_start(past: int, facets: list[Facet], one_in: int) -> None:
    """Whatever a cursor says was shown before: what follows keeps the cap by itself, and with it."""
    fold = Fold(one_in, past)
    before = [bool(past & MEMORY & (1 << place)) for place in reversed(range(WINDOW - 1))]
    shown = [facet == Facet.PERSONAL for facet in facets if fold.keeps(facet)]
    assert fullest(shown) <= WINDOW // one_in
    for end, is_personal in enumerate(shown, WINDOW):
        if is_personal:
            assert sum((before + shown)[end - WINDOW : end]) <= WINDOW // one_in


def test_without_a_cap_nothing_is_left_out() -> None:
    assert all(Fold(1, MEMORY).keeps(facet) for facet in SIDES * 40)


@pytest.mark.parametrize("seed", range(4))
def test_home_keeps_the_cap_across_pages(cast: Cast, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Generated homes: own posts, topics and quiet words among them, read page by page, at every cap."""
    dice = random.Random(seed)
    others = [make_member(name) for name in ("Kim Lund", "Noor Haddad")]
    for other in others:
        connect(other, cast.ada)
    writers = [cast.ada, cast.bo, cast.di, *others]
    for _number in range(150):
        facet = dice.choices(SIDES, [1, dice.choice([1, 3])])[0]
        body = " ".join(dice.choices(["seals", "crypto", "dams", "#delft"], k=2))
        writer = dice.choice(writers)
        Post.objects.create(author=writer, body=body, html=body, audience=Level.MEMBERS, facet=facet)
    for post in Post.objects.filter(body__contains="#delft"):
        actions.edit_post(post, by=post.author, body=f"{post.body}.")
    reading.follow_topic(topic("delft"), by=cast.ada)
    reading.mute_word("crypto", by=cast.ada)
    monkeypatch.setattr(timeline, "PAGE", dice.choice([3, 7, 20]))
    people = timeline.people_of(cast.ada)
    for one_in in CAPS:
        mix, before, facets = Mix(member=cast.ada, sides=Mix.Sides.BOTH, one_in=one_in), "", list[str]()
        while True:
            page = timeline.page(cast.ada, people, mix, before)
            facets += [post.facet for post in page.posts]
            if not (before := page.older):
                break
        personal = [facet == Facet.PERSONAL for facet in facets]
        assert any(personal)
        assert fullest(personal) <= WINDOW // one_in
        assert nearest(personal) >= one_in
        assert timeline.newer_than(people, mix, 0, limit=20) <= 20


def test_the_page_says_what_is_left_out_and_offers_the_shares(cast: Cast) -> None:
    ada = cast.client("ada")
    page = ada.get("/settings/mix/").content.decode()
    for share in (10, 20, 25, 33, 50):
        assert f"at most {share} % of your home" in page.replace("\u202f", " ").replace("\xa0", " ")
    assert ada.post("/settings/mix/", {"sides": "both", "one_in": "4"}).status_code == 302
    mix = Mix.objects.get(member=cast.ada)
    assert (mix.sides, mix.one_in) == (Mix.Sides.BOTH, 4)
    for wrong in ({"sides": "third"}, {"sides": "both", "one_in": "7"}, {"sides": "\0"}, {}):
        assert ada.post("/settings/mix/", wrong).status_code == 422
