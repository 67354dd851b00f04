"""Posts that delete themselves: hidden at their hour, gone with the next sweep."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from collegium.audience.level import Level
from collegium.feed import actions
from collegium.feed.drafts import tasks
from collegium.feed.models import Comment, Post
from collegium.journal.models import Entry
from collegium.lib import clock
from collegium.lib.refusal import Refusal
from collegium.members.models import Member
from collegium.notifications.models import Notification
from collegium.testing.cast import Cast, make_member
from collegium.testing.racing import race

DAY = timedelta(days=1)
FIELDS = {"facet": "professional", "audience": "1", "commenting": "anyone", "body": "words"}


@pytest.mark.parametrize(("lasting", "days"), [("", None), ("1", 1), ("7", 7), ("30", 30), ("365", 365)])
def test_the_author_chooses(cast: Cast, lasting: str, days: int | None) -> None:
    cast.client("ada").post("/posts/", FIELDS | {"lasting": lasting, "form_key": str(uuid4())})
    post = Post.objects.get()
    if days is None:
        assert post.ends_at is None
    else:
        assert post.ends_at is not None
        assert abs(post.ends_at - clock.now() - days * DAY) < timedelta(minutes=1)


@pytest.mark.parametrize("lasting", ["0", "-1", "8", "kept", "٣٠", "\0", "1e9", "None"])
def test_other_spans_are_refused(cast: Cast, lasting: str) -> None:
    assert cast.client("ada").post("/posts/", FIELDS | {"lasting": lasting}).status_code == 422
    assert not Post.objects.exists()


def test_editing_keeps_the_hour_unless_another_is_chosen(cast: Cast) -> None:
    post = actions.post(cast.ada, "words", ends_at=clock.now() + 3 * DAY)
    ada = cast.client("ada")
    for sent in ({"lasting": "kept"}, {}):
        ada.post(f"{post.path}edit/", FIELDS | {"body": "other"} | sent)
        assert Post.objects.get().ends_at == post.ends_at
    ada.post(f"{post.path}edit/", FIELDS | {"lasting": ""})
    assert Post.objects.get().ends_at is None
    ada.post(f"{post.path}edit/", FIELDS | {"lasting": "1"})
    assert Post.objects.get().ends_at is not None


def test_at_its_hour_nobody_sees_it(cast: Cast) -> None:
    post = actions.post(cast.ada, "canary-11ee", audience=Level.EVERYONE, ends_at=clock.now() + DAY)
    actions.edit_post(post, by=cast.ada, body="canary-11ee, again")
    said = actions.comment(post, "under it", by=cast.bo)
    for name in ("ada", "bo", "cy"):
        page = cast.client(name).get(post.path).content.decode()
        assert "canary-11ee" in page
        assert "until" in page
    Post.objects.update(ends_at=clock.now())
    for name in ("ada", "bo", "cy", "nobody"):
        browser = cast.client(name)
        for path in (post.path, f"{post.path}history/", said.path, f"{post.path}reactions/", f"{post.path}edit/"):
            assert browser.get(path).status_code in {302, 404}, (name, path)
        assert b"canary-11ee" not in browser.get("/").content
        assert b"canary-11ee" not in browser.get(f"/in/{cast.ada.handle}/posts/").content
    with pytest.raises(Refusal):
        actions.react(post, "like", by=cast.bo)
    with pytest.raises(Refusal):
        actions.comment(post, "late", by=cast.bo)


def test_the_sweep_deletes_what_is_over_and_nothing_else(cast: Cast, hear: Callable[[], None]) -> None:
    over = actions.post(cast.ada, "@bo-okafor over", ends_at=clock.now() + DAY)
    other = actions.post(cast.bo, "over too", ends_at=clock.now() + DAY)
    stays = [actions.post(cast.ada, "stays"), actions.post(cast.ada, "not yet", ends_at=clock.now() + DAY)]
    actions.comment(over, "under it", by=cast.bo)
    hear()
    told = Notification.objects.filter(kind__in=("mentioned", "commented"))
    assert told.count() == 2
    Post.objects.filter(pk__in=[over.pk, other.pk]).update(ends_at=clock.now())
    # Nobody has to be in good standing for that.
    Member.objects.filter(pk=cast.bo.pk).update(standing=Member.Standing.SUSPENDED)
    tasks.end_posts()
    tasks.end_posts()
    assert set(Post.objects.values_list("pk", flat=True)) == {post.pk for post in stays}
    assert not Comment.objects.exists()
    assert Entry.objects.filter(kind="feed.post_deleted").count() == 2
    hear()
    assert not told.exists()


def test_what_is_not_over_cannot_be_ended(cast: Cast) -> None:
    for ends_at in (None, clock.now() + DAY):
        with pytest.raises(Refusal):
            actions.end_post(actions.post(cast.ada, "words", ends_at=ends_at))


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once() -> None:
    ada = make_member("Ada Lindqvist")
    for _each in range(4):
        for _post in range(3):
            actions.post(ada, "words", ends_at=clock.now())
        race(tasks.end_posts, tasks.end_posts)
        tasks.end_posts()
        assert not Post.objects.exists()
    assert Entry.objects.filter(kind="feed.post_deleted").count() == 12
