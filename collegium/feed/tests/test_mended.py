"""Small things that once went wrong, each as its test: quiet words in what hangs, slow mode, titles, late previews."""

from datetime import timedelta

import pytest

from collegium.audience.level import Level
from collegium.audience.viewer import Viewer
from collegium.feed import actions, featuring, timeline, titles
from collegium.feed.models import Comment, Mix, Post
from collegium.feed.reading import actions as reading
from collegium.feed.talking.standing import TooSoon
from collegium.lib import clock
from collegium.network.distance import Rung, set_rung
from collegium.notifications.models import Notification
from collegium.pictures.models import Picture
from collegium.polls.models import Poll
from collegium.previews.models import Preview, Shown
from collegium.reposts.models import Repost
from collegium.testing.cast import Cast, connect, make_member
from collegium.testing.fixtures import queries

HTMX = {"HX-Request": "true"}


def at_home(cast: Cast) -> set[int]:
    people = timeline.people_of(cast.ada)
    return {post.pk for post in timeline.page(cast.ada, people, Mix(member=cast.ada)).posts}


def picture(post: Post, alt: str, place: int = 0) -> Picture:
    Post.objects.filter(pk=post.pk).update(has_parts=True)
    return Picture.objects.create(
        owner=post.author, post=post, key=f"{post.pk}-{place}", width=9, height=9, alt=alt, place=place
    )


def poll(post: Post, *answers: str) -> Poll:
    Post.objects.filter(pk=post.pk).update(has_parts=True)
    return Poll.objects.create(post=post, answers=list(answers), ends_at=clock.now() + timedelta(days=1))


def preview(post: Post, title: str, **fields: object) -> Shown:
    page = Preview.objects.create(print=str(post.pk), url="https://x.example/", title=title, fetched_at=clock.now())
    Post.objects.filter(pk=post.pk).update(has_parts=True)
    return Shown.objects.create(post=post, preview=page, **fields)


def test_quiet_words_are_looked_for_in_what_hangs_on_a_post(cast: Cast) -> None:
    posts = [actions.post(cast.bo, f"plain words {number}") for number in range(6)]
    picture(posts[0], "A coin with the word CRYPTO on it")
    poll(posts[1], "Crypto", "Gold")
    preview(posts[2], "Why crypto fell")
    preview(posts[3], "Crypto, taken off", taken_off=True)
    picture(posts[4], "cryptography")
    own = actions.post(cast.ada, "mine")
    poll(own, "Crypto", "Gold")
    assert len(at_home(cast)) == 7
    reading.mute_word("crypto", by=cast.ada)
    assert at_home(cast) == {posts[3].pk, posts[4].pk, posts[5].pk, own.pk}
    assert "3 posts are left out here" in cast.client("ada").get("/").content.decode()


def test_words_of_an_original_count_as_far_as_it_is_open(cast: Cast) -> None:
    kim = make_member("Kim Lund")
    connect(kim, cast.bo)
    open_one = actions.post(kim, "crypto for everybody", audience=Level.EVERYONE)
    closed = actions.post(kim, "crypto for my connections", audience=Level.CONNECTIONS)
    reposts = [actions.post(cast.bo, "look") for _ in range(2)]
    for post, original in zip(reposts, (open_one, closed), strict=True):
        Post.objects.filter(pk=post.pk).update(has_parts=True)
        Repost.objects.create(post=post, of=original)
    reading.mute_word("crypto", by=cast.ada)
    assert at_home(cast) == {reposts[1].pk}, "what she may not see must not show through what is left out"


def test_nothing_more_is_asked_where_no_word_is_quiet(cast: Cast) -> None:
    picture(actions.post(cast.bo, "words"), "a coin")
    assert not any("pictures_picture" in sql for sql in queries(lambda: at_home(cast)))


def test_posts_of_machines_are_left_out_where_asked(cast: Cast) -> None:
    made = actions.post(cast.bo, "By a machine", machine=True)
    own = actions.post(cast.ada, "Mine by a machine", machine=True)
    plain = actions.post(cast.bo, "By hand")
    browser = cast.client("ada")
    assert at_home(cast) == {made.pk, own.pk, plain.pk}
    assert browser.post("/settings/mix/", {"sides": "both", "one_in": "1", "no_machines": "on"}).status_code == 302
    assert at_home(cast) == {own.pk, plain.pk}
    page = browser.get("/").content.decode()
    assert "1 post is left out here" in page
    assert "By a machine" in browser.get("/?quiet=off").content.decode()
    assert "Written by a machine" in browser.get(made.path).content.decode(), "the label stays"
    fresh = browser.get(f"/posts/fresh/?since={made.pk - 1}", headers=HTMX).content.decode()
    assert "2 new posts" in fresh
    assert 'name="no_machines"' in browser.get("/settings/mix/").content.decode()
    browser.post("/settings/mix/", {"sides": "both", "one_in": "1"})
    assert at_home(cast) == {made.pk, own.pk, plain.pk}


def test_deleting_ones_comment_does_not_bring_the_next_turn_nearer(cast: Cast) -> None:
    post = actions.post(cast.bo, "slowly", slow_seconds=600)
    said = actions.comment(post, "one", by=cast.ada)
    actions.delete_comment(said, by=cast.ada)
    with pytest.raises(TooSoon):
        actions.comment(post, "two", by=cast.ada)
    other = actions.post(cast.bo, "slowly too", slow_seconds=600)
    assert actions.comment(other, "elsewhere", by=cast.ada)
    assert Comment.objects.filter(post=post).count() == 0


def test_an_original_of_somebody_kept_at_a_distance_is_not_shown_inside(cast: Cast) -> None:
    kim = make_member("Kim Lund")
    original = actions.post(kim, "what Kim said", audience=Level.EVERYONE)
    quote = actions.post(cast.bo, "I agree", audience=Level.MEMBERS)
    Post.objects.filter(pk=quote.pk).update(has_parts=True)
    Repost.objects.create(post=quote, of=original)
    browser = cast.client("ada")
    assert "what Kim said" in browser.get("/").content.decode()
    for rung in (Rung.MUTED, Rung.RESTRICTED):
        set_rung(cast.ada, kim, rung)
        for page in ("/", quote.path):
            html = browser.get(page).content.decode()
            assert "I agree" in html
            assert "what Kim said" not in html
            assert original.path in html, "she may still open it"
    assert "what Kim said" in cast.client("cy").get(quote.path).content.decode()


def test_a_wordless_repost_is_plain_whichever_button_sent_it(cast: Cast) -> None:
    original = actions.post(cast.bo, "pass this on", audience=Level.EVERYONE)
    sent = {"facet": "professional", "audience": "1", "commenting": "anyone", "reposts-of": str(original.pk)}
    browser = cast.client("ada")
    assert browser.post("/posts/", sent | {"body": ""}).status_code == 302
    assert Repost.objects.get().plain
    browser.post("/posts/", sent | {"body": "with words"})
    answers = {"poll-answers_0": "Yes", "poll-answers_1": "No"}
    browser.post("/posts/", sent | {"body": "and more words"} | answers)
    assert Repost.objects.filter(plain=True).count() == 1


def test_posts_without_words_have_a_name_in_notices_and_on_profiles(cast: Cast) -> None:
    post = Post.objects.create(author=cast.ada, has_parts=True, audience=Level.EVERYONE)
    for place in range(3):
        picture(post, "", place)
    asked = Post.objects.create(author=cast.ada, has_parts=True, audience=Level.EVERYONE)
    poll(asked, "Red ink", "Blue ink")
    nothing = Post.objects.create(author=cast.ada, has_parts=True, audience=Level.EVERYONE)
    rows = list(Post.objects.all())
    titles.give(Viewer(cast.ada), rows)
    named = {row.pk: titles.of(row) for row in rows}
    assert named == {
        post.pk: "3 pictures",
        asked.pk: "a poll: Red ink / Blue ink",
        nothing.pk: "a post without words",
    }
    told = Notification.objects.create(recipient=cast.ada, actor=cast.bo, kind="reacted", cause="x", subject=post.pk)
    assert "3 pictures" in cast.client("ada").get("/notifications/").content.decode(), told
    assert featuring.cards(Viewer(cast.bo), [post.pk])[post.pk].excerpt == "3 pictures"


def test_a_preview_comes_to_an_open_page_by_itself(cast: Cast) -> None:
    post = actions.post(cast.bo, "Read https://x.example/ today", audience=Level.MEMBERS)
    browser = cast.client("ada")
    slot = f'hx-get="{post.path}?part=late"'
    assert slot in browser.get("/").content.decode()
    assert slot in browser.get(f"{post.path}?part=late", headers=HTMX).content.decode(), "not yet: it waits on"
    preview(post, "What x says")
    late = browser.get(f"{post.path}?part=late", headers=HTMX).content.decode()
    assert "What x says" in late
    assert slot not in late
    assert slot not in browser.get("/").content.decode()
    plain = actions.post(cast.bo, "no link", audience=Level.MEMBERS)
    assert "part=late" not in browser.get(plain.path).content.decode()


def test_pages_do_not_wait_for_ever(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    post = actions.post(cast.bo, "Read https://x.example/ today", audience=Level.MEMBERS)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=6))
    assert "part=late" not in cast.client("ada").get(post.path).content.decode()
