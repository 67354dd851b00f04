"""Who sees what of a repost: the cast × the original's audience × the repost's audience × whether it is forbidden.

Ada wrote the original, Bo passes it on. Whoever sees both sees the original inside; nobody sees it there who could not
see it at Ada's.
"""

import re

import pytest

from collegium.audience.level import Level
from collegium.audience.viewer import Viewer
from collegium.feed import actions as feed
from collegium.feed import cards, timeline
from collegium.feed.composing import Composer
from collegium.feed.models import Facet, Mix, Post
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.network import distance
from collegium.reposts import actions, originals
from collegium.reposts.models import Repost
from collegium.testing.cast import Cast, connect, make_member
from collegium.testing.fixtures import assert_same_queries

NAMES = ("ada", "bo", "cy", "di", "ed", "eve", "flo", "hal", "gus", "nobody")
CLOSED = "This post is not open to you."
CANARY = "canary-0r1g"


def quote(of: Post, by: Member, words: str, audience: int = Level.CONNECTIONS) -> Post:
    """A repost with words, as the composer makes it."""
    row = feed.post(by, words, audience=audience, facet=of.facet)
    Post.objects.filter(pk=row.pk).update(has_parts=True)
    actions.hang(row, of, by=by)
    return row


@pytest.mark.parametrize("forbidden", [False, True])
@pytest.mark.parametrize("outer", [Level.EVERYONE, Level.MEMBERS, Level.CONNECTIONS, Level.ONLY_ME])
@pytest.mark.parametrize("inner", [Level.EVERYONE, Level.MEMBERS, Level.NETWORK, Level.CONNECTIONS])
def test_the_table(cast: Cast, inner: Level, outer: Level, forbidden: bool) -> None:
    for person in (cast.ada, cast.bo):
        Member.objects.filter(pk=person.pk).update(visibility=Member.Visibility.PUBLIC)
    original = feed.post(cast.ada, CANARY, audience=inner)
    spoken = quote(original, cast.bo, "canary-w0rds", audience=outer)
    plain = actions.repost(original, by=cast.bo, audience=outer)
    if forbidden:
        actions.forbid(original, by=cast.ada)
    for name in NAMES:
        viewer, browser = cast.viewer("nobody" if name == "gus" else name), cast.client(name)
        sees = Post.objects.visible_to(viewer)
        sees_outer = sees.filter(pk=spoken.pk).exists()
        sees_inner = sees.filter(pk=original.pk).exists() and not forbidden
        for post in (spoken, plain):
            page = browser.get(post.path)
            assert page.status_code == (200 if sees_outer else 404), name
            said = page.content.decode()
            assert (CANARY in said) == (sees_outer and sees_inner), (name, post)
            assert (CLOSED in said) == (sees_outer and not sees_inner), (name, post)
        listed = browser.get(f"/in/{cast.bo.handle}/posts/").content.decode()
        assert ("canary-w0rds" in listed) == sees_outer
        shown = f'data-post="{plain.pk}"' in listed
        assert shown == (sees_outer and (sees_inner or name == "bo")), name
        assert (CANARY in listed) == (sees_outer and sees_inner), name


def test_at_home_an_empty_card_is_left_out_and_the_page_stays_full(cast: Cast) -> None:
    only_bo = feed.post(cast.ada, CANARY, audience=Level.CONNECTIONS)
    dan = make_member("Dan Reader")
    connect(cast.bo, dan)
    told = [feed.post(cast.bo, f"word {number}") for number in range(timeline.PAGE + 3)]
    silent = actions.repost(only_bo, by=cast.bo)
    people, mix = timeline.people_of(dan), Mix(member=dan)
    page = timeline.page(dan, people, mix)
    assert len(page.posts) == timeline.PAGE
    assert silent.pk not in [post.pk for post in page.posts]
    assert timeline.newer_than(people, mix, told[-1].pk) == 0
    rest = timeline.page(dan, people, mix, page.older)
    assert len(rest.posts) == 3
    assert silent.pk in [post.pk for post in timeline.page(cast.bo, timeline.people_of(cast.bo), mix).posts]


def test_every_reason_looks_the_same(cast: Cast) -> None:
    """Deleted, narrowed, blocked, forbidden: the same bytes inside the repost."""
    said = set()

    def narrowed(post: Post) -> None:
        feed.edit_post(post, by=cast.ada, audience=Level.ONLY_ME)

    def deleted(post: Post) -> None:
        feed.delete_post(post, by=cast.ada)

    def forbidden(post: Post) -> None:
        actions.forbid(post, by=cast.ada)

    def blocked(post: Post) -> None:
        network.block(cast.ada, cast.flo)

    connect(cast.bo, cast.flo)
    for close in (narrowed, deleted, forbidden, blocked):
        original = feed.post(cast.ada, CANARY, audience=Level.MEMBERS)
        row = quote(original, cast.bo, "words")
        assert CANARY in cast.client("flo").get(row.path).content.decode()
        close(original)
        page = cast.client("flo").get(row.path).content.decode()
        assert CANARY not in page
        assert cast.ada.name not in page
        said.add(re.search(r'<p class="quoted.*?</p>', page, re.DOTALL)[0])  # type: ignore[index]
        sheet = cast.client("flo").get(f"/posts/reposts/{row.pk}/").content.decode()
        assert CANARY not in sheet
        assert cast.ada.name not in sheet
        assert "This post cannot be reposted." in sheet
        for answer in (
            cast.client("flo").post(f"/posts/reposts/{row.pk}/", {"audience": "3"}),
            cast.client("flo").get(f"/posts/reposts/{row.pk}/new/"),
        ):
            assert answer.status_code == 409
    assert len(said) == 1


def test_permitting_restores(cast: Cast) -> None:
    original = feed.post(cast.ada, CANARY)
    row = quote(original, cast.bo, "words")
    browser = cast.client("ada")
    assert browser.post(f"/posts/reposts/{original.pk}/forbidding/").status_code == 302
    assert CANARY not in cast.client("bo").get(row.path).content.decode()
    assert browser.post(f"/posts/reposts/{original.pk}/permission/").status_code == 302
    assert CANARY in cast.client("bo").get(row.path).content.decode()


def test_who_may_forbid(cast: Cast) -> None:
    original = feed.post(cast.ada, "words")
    row = quote(original, cast.bo, "words")
    for verb in ("forbidding", "permission"):
        assert cast.client("bo").post(f"/posts/reposts/{original.pk}/{verb}/").status_code == 403
        assert cast.client("di").post(f"/posts/reposts/{original.pk}/{verb}/").status_code == 404
        assert cast.client("bo").post(f"/posts/reposts/{row.pk}/{verb}/").status_code == 403


def test_reposting_a_repost_passes_the_original_on(cast: Cast) -> None:
    connect(cast.bo, cast.flo)
    original = feed.post(cast.ada, CANARY, audience=Level.MEMBERS)
    first = quote(original, cast.bo, "words")
    assert cast.client("flo").post(f"/posts/reposts/{first.pk}/", {"audience": "3"}).status_code == 302
    assert Repost.objects.get(post__author=cast.flo).of_id == original.pk
    with pytest.raises(Conflict):
        actions.hang(feed.post(cast.flo, "x"), first, by=cast.flo)


def test_what_may_not_be_reposted(cast: Cast) -> None:
    mine = feed.post(cast.bo, "words", audience=Level.ONLY_ME)
    kept = feed.post(cast.ada, "words")
    actions.forbid(kept, by=cast.ada)
    for post in (mine, kept):
        assert cast.client("bo").post(f"/posts/reposts/{post.pk}/", {"audience": "0"}).status_code == 409
        sent = {"body": "x", "facet": "professional", "audience": "3", "commenting": "anyone", "reposts-of": post.pk}
        assert cast.client("bo").post("/posts/", sent).status_code == 422
    assert not Repost.objects.exists()


def test_what_is_personal_stays_personal(cast: Cast) -> None:
    post = feed.post(cast.ada, "words", facet=Facet.PERSONAL)
    assert actions.repost(post, by=cast.bo).facet == Facet.PERSONAL
    sent = {"body": "x", "facet": "professional", "audience": "3", "commenting": "anyone", "reposts-of": post.pk}
    assert cast.client("bo").post("/posts/", sent).status_code == 422
    assert cast.client("bo").post("/posts/", sent | {"facet": "personal"}).status_code == 302


def test_whom_one_does_not_read_does_not_come_round_about(cast: Cast) -> None:
    dan = make_member("Dan Reader")
    connect(cast.bo, dan)
    post = feed.post(cast.ada, CANARY, audience=Level.MEMBERS)
    row = actions.repost(post, by=cast.bo)
    mix = Mix(member=dan)
    assert row in timeline.page(dan, timeline.people_of(dan), mix).posts
    distance.set_rung(dan, cast.ada, distance.Rung.MUTED)
    assert row not in timeline.page(dan, timeline.people_of(dan), mix).posts


def test_counts_are_of_reposts_one_sees(cast: Cast) -> None:
    post = feed.post(cast.ada, "words", audience=Level.MEMBERS)
    actions.repost(post, by=cast.bo, audience=Level.CONNECTIONS)
    actions.repost(post, by=cast.di, audience=Level.ONLY_ME)
    actions.repost(post, by=cast.hal, audience=Level.MEMBERS)
    counted = {name: originals.count(Viewer(getattr(cast, name)), post.pk) for name in ("ada", "bo", "di", "flo")}
    assert counted == {"ada": 2, "bo": 2, "di": 2, "flo": 1}


def test_the_composer_forbids(cast: Cast) -> None:
    sent = {"body": "words", "facet": "professional", "audience": "3", "commenting": "anyone", "reposts-forbid": "on"}
    assert cast.client("ada").post("/posts/", sent).status_code == 302
    post = Post.objects.get(author=cast.ada)
    assert post.no_reposts
    assert not post.has_parts
    assert cast.client("ada").post("/posts/", sent | {"body": ""}).status_code == 422


def test_a_page_costs_the_same_however_many_reposts(cast: Cast) -> None:
    def grow() -> None:
        for _ in range(6):
            quote(feed.post(cast.ada, "words"), cast.bo, "words")
            actions.repost(feed.post(cast.ada, "words"), by=cast.bo)

    browser = cast.client("ada")

    def read() -> None:
        """The second time: what is new is remembered as seen the first time."""
        grow()
        browser.get("/")

    read()
    assert_same_queries(lambda: browser.get("/"), read, lambda: browser.get("/"))


def test_cards_of_reposts_and_the_empty_composer(cast: Cast) -> None:
    original = feed.post(cast.ada, CANARY)
    row = actions.repost(original, by=cast.bo)
    hung = cards.lay_out(Viewer(cast.ada), [row]).hung[row.pk]
    assert [each.thing.original.pk for each in hung] == [original.pk]
    page = cast.client("bo").get(f"/posts/reposts/{original.pk}/new/").content.decode()
    assert f'name="reposts-of" value="{original.pk}"' in page
    assert Composer(cast.bo).parts.forms
