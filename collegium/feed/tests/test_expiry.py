"""Old posts that delete themselves by rule, and what the rule leaves alone."""

import re
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing

from collegium.audience.level import Level
from collegium.feed import actions
from collegium.feed.expiry import actions as expiry
from collegium.feed.expiry import due, tasks
from collegium.feed.models import Comment, Expiry, Origin, Post, Reaction, Saved, Topic
from collegium.journal.models import Entry
from collegium.lib import clock, ids
from collegium.lib.refusal import Refusal
from collegium.members.models import Member
from collegium.notifications.models import Notification
from collegium.profiles.models import Pin
from collegium.testing.cast import Cast, client_of
from collegium.testing.racing import race

PAGE = "/settings/old-posts/"
HTMX = {"HX-Request": "true"}
RULE = {"days": 30, "loved": None, "discussed": None} | dict.fromkeys(
    ("keeps_pinned", "keeps_saved", "keeps_articles", "keeps_brought"), True
)
TYPED = {"after": "30", "keeps_pinned": "on", "keeps_saved": "on", "keeps_articles": "on", "keeps_brought": "on"}


def old(author: Member, days: float = 40, body: str = "old words", **fields: Any) -> Post:
    key = ids.key_at(clock.now() - timedelta(days=days))
    return Post.objects.create(pk=key, author=author, body=body, html=body, audience=Level.MEMBERS, **fields)


def begun(member: Member, **changes: Any) -> Expiry:
    """A rule that was set two days ago."""
    return Expiry.objects.create(member=member, since=clock.now() - timedelta(days=2), **(RULE | changes))


def there(*posts: Post) -> list[bool]:
    return [Post.objects.filter(pk=post.pk).exists() for post in posts]


def test_what_is_old_goes_and_every_exception_stays(cast: Cast) -> None:
    plain, young = old(cast.ada), old(cast.ada, 29)
    kept, brought = old(cast.ada, stays=True), old(cast.ada, origin=Origin.LINKEDIN)
    pinned, saved = old(cast.ada), old(cast.ada)
    Pin.objects.create(member=cast.ada, kind=Pin.Kind.POST, post_key=pinned.pk)
    Saved.objects.create(member=cast.ada, post=saved)
    saved_by_another = old(cast.ada)
    Saved.objects.create(member=cast.bo, post=saved_by_another)
    loved, liked = old(cast.ada), old(cast.ada)
    for person in (cast.bo, cast.cy):
        actions.react(loved, "love", by=person)
    actions.react(liked, "like", by=cast.bo)
    discussed, told = old(cast.ada), old(cast.ada)
    for body in ("one", "two"):
        actions.comment(discussed, body, by=cast.bo)
    actions.comment(told, "one", by=cast.bo)
    others = old(cast.bo, 999)
    begun(cast.ada, loved=2, discussed=2)
    tasks.expire()
    assert there(plain, saved_by_another, liked, told) == [False] * 4
    assert there(young, kept, brought, pinned, saved, loved, discussed, others) == [True] * 8
    tasks.expire()
    assert Post.objects.filter(author=cast.ada).count() == 7, "a second run changes nothing"
    changes = {"keeps_pinned": False, "keeps_saved": False, "keeps_brought": False, "loved": None, "discussed": None}
    Expiry.objects.update(**changes)
    tasks.expire()
    assert there(pinned, saved, brought, loved, discussed) == [False] * 5
    assert there(young, kept) == [True] * 2


def test_it_goes_as_when_deleted_by_hand(cast: Cast, hear: Callable[[], None]) -> None:
    post = old(cast.ada)
    said = actions.comment(post, "words of Bo", by=cast.bo)
    actions.react(said, "like", by=cast.ada)
    hear()
    about = Notification.objects.filter(kind__in=["commented", "reacted_to_comment"])
    assert about.count() == 2
    begun(cast.ada)
    tasks.expire()
    hear()
    assert not about.exists()
    assert not Comment.objects.exists()
    assert not Reaction.objects.exists()
    assert Entry.objects.filter(kind="feed.post_deleted", subject=post.pk, actor=cast.ada.pk).count() == 1


def test_nothing_goes_within_a_day_of_setting_or_changing_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    post, browser = old(cast.ada), cast.client("ada")
    assert browser.post(PAGE, TYPED).status_code == 302
    tasks.expire()
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=23))
    tasks.expire()
    browser.post(PAGE, TYPED | {"after": "own", "own_days": "20"})
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=40))
    tasks.expire()
    assert there(post) == [True], "a change begins anew"
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=48))
    tasks.expire()
    assert there(post) == [False]


def test_it_can_be_taken_back(cast: Cast) -> None:
    post, browser = old(cast.ada), cast.client("ada")
    html = browser.post(PAGE, TYPED, follow=True).content.decode()
    assert f"{PAGE}removal/" in html
    Expiry.objects.update(since=clock.now() - timedelta(days=2))
    assert browser.post(f"{PAGE}removal/").status_code == 302
    tasks.expire()
    assert there(post) == [True]
    assert not Expiry.objects.exists()


def undo_of(html: str) -> str:
    return re.findall(r'action="([^"]*)" class="toast-undo"', html)[-1]


def test_a_change_taken_back_leaves_the_rule_before(cast: Cast) -> None:
    post, browser = old(cast.ada), cast.client("ada")
    begun(cast.ada, loved=7, keeps_saved=False)
    before = Expiry.objects.values().get()
    undo = undo_of(browser.post(PAGE, TYPED | {"after": "365"}, follow=True).content.decode())
    assert Expiry.objects.get().days == 365
    assert cast.client("bo").post(undo).status_code == 404, "it is hers"
    assert browser.post(undo.replace("restoration/", "restoration/x")).status_code == 404
    assert browser.post(undo).status_code == 302
    assert Expiry.objects.values().get() == before, "with the day on which it began"
    assert browser.post(undo).status_code == 409, "what it took back is not there any more"
    tasks.expire()
    assert there(post) == [False]


def test_an_end_taken_back_leaves_the_rule_before(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = cast.client("ada")
    begun(cast.ada)
    before = Expiry.objects.values().get()
    undo = undo_of(browser.post(f"{PAGE}removal/", follow=True).content.decode())
    assert not Expiry.objects.exists()
    assert browser.post(undo).status_code == 302
    assert Expiry.objects.values().get() == before
    undo = undo_of(browser.post(f"{PAGE}removal/", follow=True).content.decode())
    now = time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 90_000)
    assert browser.post(undo).status_code == 404, "a day later it is over"


def test_what_it_would_delete_is_shown_before(cast: Cast) -> None:
    for number in range(12):
        old(cast.ada, 40 + number, f"old number {number}")
    old(cast.ada, 3, "a young one")
    favourite = old(cast.ada, 300, "the favourite")
    actions.react(favourite, "love", by=cast.bo)
    browser = cast.client("ada")
    html = browser.get(PAGE, TYPED, headers=HTMX).content.decode()
    assert "13 of your posts would go" in html
    assert html.index("the favourite") < html.index("old number")
    assert "a young one" not in html
    whole = browser.get(PAGE, TYPED).content.decode()
    assert "13 of your posts would go" in whole
    assert 'type="hidden" name="after" value="30"' in whole, "what was looked at is what is sent"
    assert not Expiry.objects.exists()
    begun(cast.ada)
    tasks.expire()
    assert Post.objects.filter(author=cast.ada).count() == 1, "the number was exact"


@pytest.mark.parametrize(
    "bad",
    [
        {"after": "own"},
        {"after": "own", "own_days": "0"},
        {"after": "own", "own_days": "99999999999999999999"},
        {"after": "7"},
        {"after": ""},
        {"after": "30", "loved": "-1"},
        {"after": "30", "loved": "9" * 30},
        {"after": "30", "discussed": "some"},
        {},
    ],
)
def test_what_is_no_rule_is_refused(cast: Cast, bad: dict[str, str]) -> None:
    browser = cast.client("ada")
    assert browser.post(PAGE, bad).status_code == 422
    if "after" in bad:
        assert browser.get(PAGE, bad).status_code == 422
    assert not Expiry.objects.exists()
    assert cast.client("nobody").get(PAGE).status_code == 302


def test_numbers_are_those_the_author_knows(cast: Cast) -> None:
    """Nobody learns by a post that stays that somebody blocked had reacted to it."""
    post = old(cast.ada)
    for person in (cast.bo, cast.ed, cast.gus):
        Reaction.objects.create(member=person, post=post, kind="like")
        Comment.objects.create(author=person, post=post, body="x", html="x")
    Post.objects.update(reaction_count=3, comment_count=3)
    assert due.of(Expiry(member=cast.ada, since=clock.now(), **(RULE | {"loved": 2}))).contains(post)
    assert due.of(Expiry(member=cast.ada, since=clock.now(), **(RULE | {"discussed": 2}))).contains(post)
    assert not due.of(Expiry(member=cast.ada, since=clock.now(), **(RULE | {"loved": 1}))).exists()
    assert not due.of(Expiry(member=cast.ada, since=clock.now(), **(RULE | {"discussed": 1}))).exists()


def test_a_post_is_kept_and_let_go_from_its_menu(cast: Cast) -> None:
    post, browser = old(cast.ada), cast.client("ada")
    assert f"{post.path}staying/" in browser.get(post.path).content.decode()
    assert "No longer keep this post" in browser.post(f"{post.path}staying/", headers=HTMX).content.decode()
    begun(cast.ada)
    tasks.expire()
    assert there(post) == [True]
    assert browser.post(f"{post.path}staying/removal/").status_code == 302
    tasks.expire()
    assert there(post) == [False]
    another = old(cast.bo)
    assert browser.post(f"{another.path}staying/").status_code == 403
    assert f"{another.path}staying/" not in browser.get(another.path).content.decode()
    with pytest.raises(Refusal):
        expiry.keep(another, by=cast.ada)
    hidden = old(cast.eve)
    assert browser.post(f"{hidden.path}staying/").status_code == 404


def test_many_go_in_bounded_batches_and_the_week_is_told_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "BATCH", 4)
    monkeypatch.setattr(tasks, "MOST", 6)
    for number in range(10):
        old(cast.ada, 50 + number)
        old(cast.bo, 50 + number)
    begun(cast.ada)
    begun(cast.bo)
    left = []
    for _ in range(5):
        tasks.expire()
        left.append(Post.objects.count())
    assert left == [14, 8, 2, 0, 0]
    assert not Notification.objects.filter(kind="posts_expired").exists()
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=7))
    tasks.say()
    tasks.say()
    told = {each.recipient_id: each.data["count"] for each in Notification.objects.filter(kind="posts_expired")}
    assert told == {cast.ada.pk: 10, cast.bo.pk: 10}
    assert "10 old posts of yours deleted themselves" in cast.client("ada").get("/notifications/").content.decode()


def test_the_suspended_and_those_without_a_rule_keep_theirs(cast: Cast) -> None:
    post, other = old(cast.gus), old(cast.di)
    begun(cast.gus)
    tasks.expire()
    assert there(post, other) == [True, True]
    assert not expiry.expire(post.pk, cast.gus.pk)
    assert not expiry.expire(other.pk, cast.di.pk)
    assert not expiry.expire(other.pk, cast.gus.pk), "never another's"


def test_one_that_cannot_be_deleted_does_not_keep_the_others(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = old(cast.ada, 60), old(cast.ada, 50)
    begun(cast.ada)
    real = expiry.feed.delete_post

    def fails(row: Post, *, by: Member) -> None:
        if row.pk == first.pk:
            raise RuntimeError("a fault")
        real(row, by=by)

    monkeypatch.setattr(expiry.feed, "delete_post", fails)
    tasks.expire()
    assert there(first, second) == [True, False]


@pytest.mark.django_db(transaction=True)
def test_a_reaction_that_was_faster_keeps_it(cast: Cast) -> None:
    """Either the reaction finds the post gone, or the rule finds the reaction; never a reaction to a post that goes."""
    for _ in range(4):
        post = old(cast.ada, body=str(uuid.uuid4()))
        Expiry.objects.all().delete()
        begun(cast.ada, loved=1)
        felt, gone = race(lambda: actions.react(post, "love", by=cast.bo), lambda: expiry.expire(post.pk, cast.ada.pk))  # noqa: B023 - called in this turn
        assert there(post) == [gone is False]
        assert (gone is True) == isinstance(felt, Exception)


def test_topics_and_other_rows_are_left_as_they_are(cast: Cast) -> None:
    post = actions.post(cast.ada, "about #choir", audience=Level.MEMBERS)
    Expiry.objects.create(member=cast.ada, since=clock.now() - timedelta(days=2), **(RULE | {"days": 1}))
    assert there(post) == [True]
    others = Member.objects.count()
    begun(cast.bo)
    tasks.expire()
    assert Topic.objects.filter(slug="choir").exists()
    assert Member.objects.count() == others
    assert client_of(cast.ada).get(PAGE).status_code == 200
