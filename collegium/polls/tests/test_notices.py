"""When a poll is over its author hears, and those who voted; once, and as long as they see it."""

from collections.abc import Callable

from collegium.audience.level import Level
from collegium.feed import actions as feed
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.notifications.models import Notification
from collegium.polls import actions
from collegium.polls.models import Poll
from collegium.polls.tasks import sweep
from collegium.polls.tests.scene import ask, end
from collegium.testing.cast import Cast
from collegium.ties.models import Distance


def told() -> set[tuple[str, str]]:
    rows = Notification.objects.filter(kind__startswith="polls.")
    return {(row.recipient.name.split()[0].lower(), row.kind) for row in rows.select_related("recipient")}


def test_the_author_and_the_voters(cast: Cast) -> None:
    post = ask(cast.ada, body="canary-question?", audience=Level.MEMBERS)
    for voter in (cast.bo, cast.di, cast.cy):
        actions.vote(post, 0, by=voter)
    sweep()
    assert told() == set()
    Distance.objects.create(member=cast.di, other=cast.ada, rung=Distance.Rung.MUTED)
    end(post)
    sweep()
    sweep()
    assert told() == {("ada", "polls.over"), ("bo", "polls.voted_over"), ("cy", "polls.voted_over")}
    assert Notification.objects.filter(kind__startswith="polls.").count() == 3
    assert Poll.objects.get().told
    page = cast.client("bo").get("/notifications/").content.decode()
    assert "A poll you voted in is over" in page
    assert "canary-question" in page
    assert "Your poll is over" in cast.client("ada").get("/notifications/").content.decode()
    network.block(cast.ada, Member.objects.get(pk=cast.bo.pk))
    assert "canary-question" not in cast.client("bo").get("/notifications/").content.decode()


def test_what_is_deleted_is_not_told(cast: Cast, hear: Callable[[], None]) -> None:
    post = ask(cast.ada)
    actions.vote(post, 0, by=cast.bo)
    end(post)
    sweep()
    assert told()
    feed.delete_post(post, by=cast.ada)
    hear()
    assert told() == set()
    assert not Poll.objects.exists()
