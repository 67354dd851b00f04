"""Home by points: the formula, its reasons, its pages, and what must not count."""

import itertools
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collegium.audience.level import Level
from collegium.cli import answers
from collegium.feed import actions, timeline
from collegium.feed.models import Comment, Facet, Mix, Post, PostTopic, Reaction, State, Topic, TopicFollow
from collegium.feed.ranking import actions as ranking
from collegium.feed.ranking import order, terms, weights
from collegium.feed.tests.points import Home
from collegium.graph.tests import networks
from collegium.lib import clock, ids
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.network.distance import Rung, set_rung
from collegium.testing.cast import Cast, connect
from collegium.testing.fixtures import assert_same_queries
from collegium.ties.models import Follow

HTMX = {"HX-Request": "true"}


def ranked(me: Member, mix: Mix | None = None) -> list[order.Ranked]:
    """All pages, one after the other."""
    mix, people = mix or timeline.mix_of(me), timeline.people_of(me)
    pages = [order.page(me, people, mix)]
    while pages[-1].older:
        pages.append(order.page(me, people, mix, pages[-1].older))
    return pages


def listed(pages: list[order.Ranked]) -> list[tuple[int, int]]:
    return [(post.pk, page.why[post.pk].score) for page in pages for post in page.posts]


def aged(hours: float, author: Member, body: str = "words", **fields: Any) -> Post:
    """A post with a past."""
    key = ids.key_at(clock.now() - timedelta(hours=hours))
    fields = {"audience": Level.MEMBERS, "html": body} | fields
    return Post.objects.create(pk=key, author=author, body=body, **fields)


@pytest.mark.parametrize(
    ("name", "numbers", "values"),
    [
        ("recency", [0, 1, 12, 24, 36, 48, 167, 168, 10_000], [100, 97, 75, 50, 37, 25, 0, 0, 0]),
        ("closeness", [0, 1, 2, 3, 4], [0, 30, 60, 100, 100]),
        ("answered", [0, 1, 2, 3, 4, 7, 8, 15, 16, 999], [0, 20, 40, 40, 60, 60, 80, 80, 100, 100]),
        ("conversation", [0, 1, 3, 4, 99], [0, 25, 75, 100, 100]),
        ("reactions", [0, 1, 4, 5, 99], [0, 20, 80, 100, 100]),
        ("topic", [0, 1], [0, 100]),
    ],
)
def test_the_values_are_what_the_page_says(name: str, numbers: list[int], values: list[int]) -> None:
    assert [terms.BY_NAME[name].value(number) for number in numbers] == values


def test_recency_only_falls_and_stays_within_its_bounds() -> None:
    values = [terms.BY_NAME["recency"].value(hours) for hours in range(400)]
    assert values == sorted(values, reverse=True)
    assert {min(values), max(values)} == {0, 100}


# --- against the reference ---

numbers = st.integers(0, networks.MOST - 1)
posts = st.lists(
    st.tuples(numbers, st.integers(0, 220), st.sampled_from([0, 1, 1, 2, 3]), st.booleans(), st.booleans()), max_size=30
)
sayings = st.lists(
    st.tuples(numbers, st.integers(0, 29), st.integers(0, 9), st.sampled_from([0, 0, 0, 1, 2, 4])), max_size=25
)
feelings = st.sets(st.tuples(numbers, st.integers(0, 29), st.booleans()), max_size=25)
chosen = st.fixed_dictionaries({name: st.integers(0, weights.MOST) for name in weights.DEFAULT})
often = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


@contextmanager
def _fresh() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _write(keys: list[int], made: dict[str, Any]) -> None:
    """Posts, comments and reactions of a generated network, straight into the tables."""
    about, rows = Topic.objects.create(slug="choir", name="choir"), []
    for place, (who, hours, audience, personal, topical) in enumerate(made["posts"]):
        facet = Facet.PERSONAL if personal else Facet.PROFESSIONAL
        rows.append(aged(hours + place / 100, Member(pk=keys[who % len(keys)]), audience=audience, facet=facet))
        if topical:
            PostTopic.objects.create(topic=about, post=rows[-1])
    said: list[Comment] = []
    for who, where, under, state in made["sayings"] if rows else ():
        post = rows[where % len(rows)]
        above = next((each for each in said[under:] if each.post_id == post.pk and each.parent_id is None), None)
        fields = {"post": post, "parent": above, "state": state, "body": "said", "html": "said"}
        said.append(Comment.objects.create(author_id=keys[who % len(keys)], **fields))
    felt = {(keys[who % len(keys)], rows[where % len(rows)].pk) for who, where, _on in made["feelings"] if rows}
    Reaction.objects.bulk_create(Reaction(member_id=who, post_id=post, kind="like") for who, post in sorted(felt))
    for who, where, on_comment in sorted(made["feelings"]):
        if on_comment and said:
            Reaction.objects.get_or_create(
                member_id=keys[who % len(keys)], comment=said[where % len(said)], defaults={"kind": "love"}
            )
    for who, whom in made["follows"]:
        if max(who, whom) < len(keys) and who != whom:
            Follow.objects.create(follower_id=keys[who], followee_id=keys[whom])
    for who in made["topics"]:
        if who < len(keys):
            TopicFollow.objects.create(member_id=keys[who], topic=about)


@pytest.mark.django_db
@often
@given(
    network=networks.networks,
    made=st.fixed_dictionaries(
        {
            "posts": posts,
            "sayings": sayings,
            "feelings": feelings,
            "follows": st.sets(st.tuples(numbers, numbers), max_size=8),
            "topics": st.sets(numbers, max_size=4),
        }
    ),
    weighed=chosen,
    one_in=st.sampled_from([1, 2, 5]),
)
def test_the_order_is_that_of_the_reference(
    network: dict[str, Any], made: dict[str, Any], weighed: dict[str, int], one_in: int
) -> None:
    with _fresh():
        keys = networks.make(network)
        _write(keys, made)
        for me in Member.objects.active().filter(pk__in=keys[:4]):
            mix = Mix(member=me, sides=Mix.Sides.BOTH, one_in=one_in, weights=weighed)
            pages = ranked(me, mix)
            assert listed(pages) == Home(me, pages[0].place.moment, weighed).order(mix), me
            assert listed(ranked(me, mix)) == listed(pages), "the same rows give the same order"


# --- reasons and pages ---


def _town(cast: Cast) -> None:
    """Some fifty posts of every age, talked about by some."""
    for number in range(50):
        facet = Facet.PERSONAL if number % 3 == 0 else Facet.PROFESSIONAL
        post = aged(number * 3.7, (cast.bo, cast.ada)[number % 2], f"number {number:02}", facet=facet)
        if number % 4 == 0:
            actions.comment(post, "indeed", by=cast.bo)
            actions.comment(post, "oh", by=cast.ada)
        if number % 5 == 0:
            actions.react(post, "love", by=cast.ada)


def test_every_post_says_why_and_its_points_add_up(cast: Cast) -> None:
    _town(cast)
    ranking.choose(Mix.View.RANKED, by=cast.ada)
    pages = ranked(cast.ada)
    assert len(pages) > 1
    for page in pages:
        for post in page.posts:
            why = page.why[post.pk]
            assert [share.term.name for share in why.shares] == list(weights.DEFAULT)
            assert why.score == sum(share.value * share.weight for share in why.shares)
            assert all(0 <= share.value <= 100 for share in why.shares)
            assert all(share.words for share in why.shares)
    scores = listed(pages)
    assert scores == sorted(scores, key=lambda each: (-each[1], -each[0]))
    html = cast.client("ada").get("/").content.decode()
    assert html.count('<details class="why">') == len(pages[0].posts), "no post lacks its reason"


def test_pages_join_though_things_happen_in_between(cast: Cast) -> None:
    _town(cast)
    mix = Mix.objects.update_or_create(member=cast.ada, defaults={"sides": Mix.Sides.BOTH, "view": Mix.View.RANKED})[0]
    whole = listed(ranked(cast.ada))
    people = timeline.people_of(cast.ada)
    first = order.page(cast.ada, people, mix)
    actions.post(cast.bo, "brand new")
    for post in Post.objects.filter(pk__in=[key for key, _score in whole[25:30]]):
        actions.react(post, "like", by=cast.bo)
        actions.comment(post, "late", by=cast.bo)
    ranking.weigh(dict.fromkeys(weights.DEFAULT, 1), by=cast.ada)
    pages = [first]
    while pages[-1].older:
        pages.append(order.page(cast.ada, timeline.people_of(cast.ada), timeline.mix_of(cast.ada), pages[-1].older))
    assert listed(pages) == whole
    assert all(page.place.weights == weights.DEFAULT for page in pages)


def test_the_cap_on_personal_posts_holds_across_pages(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order, "PAGE", 4)
    _town(cast)
    mix = Mix(member=cast.ada, sides=Mix.Sides.BOTH, one_in=5)
    pages = ranked(cast.ada, mix)
    facets = [post.facet for page in pages for post in page.posts]
    places = [place for place, facet in enumerate(facets) if facet == Facet.PERSONAL]
    assert len(places) > 3
    assert min(later - earlier for earlier, later in itertools.pairwise(places)) >= 5
    assert sum(page.left_out for page in pages) == 17 - len(places)


def test_only_the_newest_stand_in_line(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order, "WINDOW", 10)
    _town(cast)
    mix = Mix(member=cast.ada, sides=Mix.Sides.BOTH)
    pages = ranked(cast.ada, mix)
    newest = list(Post.objects.order_by("-pk").values_list("pk", flat=True)[:10])
    assert {key for key, _score in listed(pages)} == set(newest)
    assert pages[-1].oldest == ids.instant(newest[-1])


def test_what_is_quiet_or_by_a_machine_stays_out_and_is_counted(cast: Cast) -> None:
    aged(1, cast.bo, "Crypto again")
    aged(2, cast.bo, "By a machine", machine=True)
    own = aged(3, cast.ada, "My own machine", machine=True)
    kept = aged(4, cast.bo, "Words")
    Mix.objects.update_or_create(member=cast.ada, defaults={"no_machines": True})
    cast.client("ada").post("/settings/quiet/", {"word": "crypto", "days": "7"})
    (page,) = ranked(cast.ada)
    assert {post.pk for post in page.posts} == {own.pk, kept.pk}
    assert page.hushed == 2


# --- what must not count ---


def test_nobody_unseen_adds_a_point(cast: Cast, make_member: Callable[..., Member]) -> None:
    """The same page with and without what blocked, suspended, muted and unknown people did."""
    post, other = aged(1, cast.bo, "one"), aged(2, cast.bo, "two")
    muted = make_member("Mo Lind")
    connect(muted, cast.ada)
    set_rung(cast.ada, muted, Rung.MUTED)
    before = [(key, score) for key, score in listed(ranked(cast.ada))]
    counts = order.judge(cast.viewer("ada"), timeline.people_of(cast.ada), [post.pk, other.pk], _now())
    for person in (cast.ed, cast.eve, cast.gus, cast.hal, cast.di, muted, cast.bo):
        Reaction.objects.create(member=person, post=other, kind="like")
        Comment.objects.create(author=person, post=other, body="x", html="x")
    assert listed(ranked(cast.ada)) == before
    after = order.judge(cast.viewer("ada"), timeline.people_of(cast.ada), [post.pk, other.pk], _now())
    assert {key: [share.number for share in why.shares] for key, why in after.items()} == {
        key: [share.number for share in why.shares] for key, why in counts.items()
    }


def _now() -> order.Place:
    return order.Place(ids.floor_at(clock.now() + timedelta(seconds=1)), weights.DEFAULT)


def test_a_hidden_reply_and_one_below_somebody_blocked_do_not_count(
    cast: Cast, make_member: Callable[..., Member]
) -> None:
    kim = make_member("Kim Lund")
    connect(kim, cast.ada)
    post = aged(1, cast.bo, "one")
    above = Comment.objects.create(author=cast.ed, post=post, body="x", html="x")
    Comment.objects.create(author=kim, post=post, parent=above, body="x", html="x")
    Comment.objects.create(author=kim, post=post, body="x", html="x", state=State.HIDDEN)
    why = order.judge(cast.viewer("ada"), timeline.people_of(cast.ada), [post.pk], _now())[post.pk]
    assert {share.term.name: share.number for share in why.shares}["conversation"] == 0
    Comment.objects.create(author=kim, post=post, body="x", html="x")
    why = order.judge(cast.viewer("ada"), timeline.people_of(cast.ada), [post.pk], _now())[post.pk]
    assert {share.term.name: share.number for share in why.shares}["conversation"] == 1


def test_closeness_is_the_degree_that_stands_on_the_card(cast: Cast) -> None:
    """Somebody who restricts the reader does not show it here either."""
    post = aged(1, cast.bo, "one", audience=Level.EVERYONE)
    place, people = _now(), timeline.people_of(cast.ada)
    before = order.judge(cast.viewer("ada"), people, [post.pk], place)[post.pk].score
    set_rung(cast.bo, cast.ada, Rung.RESTRICTED)
    after = order.judge(cast.viewer("ada"), timeline.people_of(cast.ada), [post.pk], place)[post.pk].score
    assert after == before


def test_nothing_comes_that_would_not_come_newest_first(cast: Cast) -> None:
    _town(cast)
    aged(1, cast.di, "of a stranger", audience=Level.EVERYONE)
    network.follow(cast.ada, cast.cy)
    aged(1, cast.cy, "followed", audience=Level.EVERYONE)
    mix, people = Mix(member=cast.ada, sides=Mix.Sides.BOTH), timeline.people_of(cast.ada)
    plain, before = [], ""
    while True:
        page = timeline.page(cast.ada, people, mix, before)
        plain += [post.pk for post in page.posts]
        before = page.older
        if not before:
            break
    assert {key for key, _score in listed(ranked(cast.ada, mix))} == set(plain)


# --- the switch and the page ---


def test_newest_first_is_the_default_and_stays_until_she_switches(cast: Cast) -> None:
    _town(cast)
    browser = cast.client("ada")
    assert '<details class="why">' not in browser.get("/").content.decode()
    assert browser.post("/posts/order/view/", {"view": "ranked"}).status_code == 302
    again = cast.client("ada")
    for _ in range(3):
        assert '<details class="why">' in again.get("/").content.decode(), "on every device, at every visit"
    again.post("/posts/order/", dict.fromkeys(weights.DEFAULT, 3))
    again.post("/settings/mix/", {"sides": "both", "one_in": "1"})
    assert timeline.mix_of(cast.ada).view == Mix.View.RANKED
    again.post("/posts/order/view/", {"view": "newest"})
    assert '<details class="why">' not in browser.get("/").content.decode()
    assert weights.of(timeline.mix_of(cast.ada)) == dict.fromkeys(weights.DEFAULT, 3), "weights are kept"


def test_reading_by_points_moves_the_mark_as_far_as_everything_was_shown(cast: Cast) -> None:
    _town(cast)
    _mix = Mix.objects.update_or_create(member=cast.ada, defaults={"view": Mix.View.RANKED})
    pages, browser, shown = ranked(cast.ada), cast.client("ada"), set()
    every = {post.pk for page in pages for post in page.posts}
    address, marks = "/", [0]
    for page in pages:
        browser.get(address, headers=HTMX)
        shown |= {post.pk for post in page.posts}
        mark = timeline.mix_of(cast.ada).seen
        assert mark >= marks[-1]
        assert {key for key in every if key <= mark} <= shown
        waiting = every - shown
        assert mark == max((key for key in shown if not waiting or key < min(waiting)), default=0)
        marks.append(mark)
        address = f"/?ranked={page.older}"
    assert marks[-1] == max(every)
    browser.get("/")
    assert timeline.mix_of(cast.ada).seen == marks[-1], "it never goes back"


def test_the_mark_stays_where_older_posts_since_then_are_not_in_line(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    _town(cast)
    Mix.objects.update_or_create(member=cast.ada, defaults={"view": Mix.View.RANKED})
    newest = timeline.page(cast.ada, timeline.people_of(cast.ada), timeline.mix_of(cast.ada)).posts
    monkeypatch.setattr(order, "WINDOW", 10)
    assert cast.client("ada").get("/").status_code == 200
    assert timeline.mix_of(cast.ada).seen == 0
    Mix.objects.filter(member=cast.ada).update(seen=newest[9].pk)
    assert cast.client("ada").get("/").status_code == 200
    assert timeline.mix_of(cast.ada).seen == newest[0].pk


def test_pages_go_on_in_the_order_they_began_in(cast: Cast) -> None:
    _town(cast)
    browser = cast.client("ada")
    Mix.objects.update_or_create(member=cast.ada, defaults={"sides": Mix.Sides.BOTH, "view": Mix.View.RANKED})
    html, seen = browser.get("/").content.decode(), []
    browser.post("/posts/order/view/", {"view": "newest"})
    while True:
        seen += [part[:2] for part in html.split(">number ")[1:]]
        if 'class="older"' not in html:
            break
        address = html.split('class="older"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
        assert address.startswith("/?ranked=")
        html = browser.get(address, headers=HTMX).content.decode()
    assert len(seen) == len(set(seen)) == 50


@pytest.mark.parametrize("bad", ["x", "AAAA", "_" * 54, "f" * 54, "f" * 53, "%00"])
def test_a_cursor_that_is_none_is_not_found(cast: Cast, bad: str) -> None:
    assert cast.client("ada").get(f"/?ranked={bad}").status_code == 404


def test_weights_are_whole_numbers_from_0_to_10(cast: Cast) -> None:
    browser, good = cast.client("ada"), dict.fromkeys(weights.DEFAULT, 4)
    for bad in ("11", "-1", "1.5", "", "many", "9" * 400, "\x00"):
        answer = browser.post("/posts/order/", good | {"recency": bad})
        assert answer.status_code == 422, bad
    assert weights.of(timeline.mix_of(cast.ada)) == weights.DEFAULT
    for wrong in ({"recency": 3}, good | {"more": 1}, good | {"topic": True}, good | {"topic": 11}):
        with pytest.raises(Conflict):
            ranking.weigh(wrong, by=cast.ada)
    with pytest.raises(Conflict):
        ranking.choose("best", by=cast.ada)
    assert browser.post("/posts/order/view/", {"view": "best"}).status_code == 409
    assert browser.post("/posts/order/", good).status_code == 302
    assert weights.of(timeline.mix_of(cast.ada)) == good
    browser.post("/posts/order/", {"usual": "1"})
    assert timeline.mix_of(cast.ada).weights == {}
    assert weights.of(Mix(weights={"recency": "9", "topic": 99, "other": 3})) == weights.DEFAULT, (
        "rows of old are judged"
    )


def test_weights_are_tried_before_they_are_kept(cast: Cast) -> None:
    aged(90, cast.bo, "an old one of a friend")
    aged(1, cast.ada, "a new one")
    browser = cast.client("ada")
    tried = dict.fromkeys(weights.DEFAULT, 0) | {"answered": 10}
    actions.react(Post.objects.get(author=cast.bo), "like", by=cast.ada)
    html = browser.get("/posts/order/", tried, headers=HTMX).content.decode()
    assert html.index("an old one") < html.index("a new one")
    assert "200 points" in html
    assert timeline.mix_of(cast.ada).weights == {}
    assert browser.get("/posts/order/", tried | {"recency": "99"}).status_code == 422
    assert cast.client("nobody").get("/posts/order/").status_code == 302


def test_the_command_gives_terms_that_add_up(cast: Cast) -> None:
    _town(cast)
    ranking.weigh(dict.fromkeys(weights.DEFAULT, 2), by=cast.ada)
    said = json.loads(json.dumps(answers.timeline(cast.viewer("ada"), 30, mixed=False, view="ranked")))
    assert said["weights"] == dict.fromkeys(weights.DEFAULT, 2)
    assert len(said["posts"]) == 30
    for post in said["posts"]:
        assert post["score"] == sum(each["value"] * each["weight"] for each in post["terms"])
    whole = Mix(member=cast.ada, sides=Mix.Sides.BOTH, weights=dict.fromkeys(weights.DEFAULT, 2))
    assert [int(post["id"]) for post in said["posts"]] == [key for key, _ in listed(ranked(cast.ada, whole))][:30]
    assert "score" not in answers.timeline(cast.viewer("ada"), 5, mixed=False)["posts"][0]


def test_the_number_of_statements_does_not_grow(cast: Cast, make_member: Callable[..., Member]) -> None:
    aged(1, cast.bo)
    browser = cast.client("ada")
    browser.post("/posts/order/view/", {"view": "ranked"})

    def grow() -> None:
        for name in ("Kim Lund", "Noor Haddad", "Ola Berg"):
            friend = make_member(name)
            connect(friend, cast.ada)
            for number in range(4):
                row = aged(number, friend)
                actions.comment(row, "indeed", by=cast.bo)
                actions.react(row, "love", by=cast.bo)
        browser.get("/")

    assert_same_queries(lambda: browser.get("/"), grow, lambda: browser.get("/"))
    assert_same_queries(lambda: browser.get("/posts/order/"), grow, lambda: browser.get("/posts/order/"))
