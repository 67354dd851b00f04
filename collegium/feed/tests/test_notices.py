"""Who is told of what happens to posts, and whose open pages look again: stream and news keep the rule of sight."""

from collections.abc import Callable

import pytest

from collegium.audience.level import Level
from collegium.feed import actions
from collegium.lib import clock
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.notifications.models import Notification
from collegium.realtime.models import Line, Poke
from collegium.testing.cast import Cast

Hear = Callable[[], None]
NAMES = ("ada", "bo", "cy", "di", "ed", "eve", "flo", "hal", "gus")

# Ada posts. Bo is connected with her; Di and Hal follow her.
#                      ada bo cy di ed eve flo hal gus
HOME_LOOKS_AGAIN = {
    Level.EVERYONE: "   0  1  0  1  0  0   0   1   0",
    Level.MEMBERS: "    0  1  0  1  0  0   0   1   0",
    Level.NETWORK: "    0  1  0  0  0  0   0   0   0",
    Level.CONNECTIONS: "0  1  0  0  0  0   0   0   0",
    Level.ONLY_ME: "    0  0  0  0  0  0   0   0   0",
}
# Somebody comments on Ada's post: the pages of everyone who sees it look at it again.
POST_LOOKS_AGAIN = {
    Level.EVERYONE: "   1  1  1  1  0  0   1   1   0",
    Level.MEMBERS: "    1  1  1  1  0  0   1   1   0",
    Level.NETWORK: "    1  1  1  0  0  0   0   0   0",
    Level.CONNECTIONS: "1  1  0  0  0  0   0   0   0",
    Level.ONLY_ME: "    1  0  0  0  0  0   0   0   0",
}


@pytest.fixture
def online(cast: Cast, hear: Hear) -> Cast:
    """Everybody has a page open."""
    for name in ("di", "hal"):
        network.follow(getattr(cast, name), cast.ada)
    hear()
    now = clock.now()
    Line.objects.bulk_create(Line(member=getattr(cast, name), since=now, seen_at=now) for name in NAMES)
    return cast


def poked(cast: Cast, topic: str) -> str:
    keys = set(Poke.objects.filter(topic=topic).values_list("member_id", flat=True))
    return " ".join("1" if getattr(cast, name).pk in keys else "0" for name in NAMES)


def told(member: Member) -> list[str]:
    return sorted(Notification.objects.filter(recipient=member, kind__in=KINDS).values_list("kind", flat=True))


KINDS = ("mentioned", "mentioned_in_comment", "commented", "replied", "reacted", "reacted_to_comment")


@pytest.mark.parametrize("level", list(Level))
def test_whose_pages_look_again(online: Cast, hear: Hear, level: Level) -> None:
    post = actions.post(online.ada, "words", audience=level)
    hear()
    row = HOME_LOOKS_AGAIN[level].split()
    assert poked(online, "feed").split()[1:] == row[1:]
    actions.comment(post, "words", by=online.ada)
    hear()
    assert poked(online, f"post-{post.pk}").split() == POST_LOOKS_AGAIN[level].split()


@pytest.mark.parametrize("level", list(Level))
def test_only_those_who_see_it_are_told_that_they_are_named(online: Cast, hear: Hear, level: Level) -> None:
    actions.post(online.ada, " ".join(f"@{getattr(online, name).handle}" for name in NAMES), audience=level)
    hear()
    for name, sees in zip(NAMES, POST_LOOKS_AGAIN[level].split(), strict=True):
        assert told(getattr(online, name)) == (["mentioned"] if sees == "1" and name != "ada" else []), name


def test_each_is_told_once_of_each_cause(online: Cast, hear: Hear) -> None:
    post = actions.post(online.ada, "words", audience=Level.MEMBERS)
    top = actions.comment(post, "@ada-lindqvist look", by=online.bo)
    actions.comment(post, "@bo-okafor indeed", by=online.di, parent=top)
    for kind in ("like", "love"):
        actions.react(post, kind, by=online.bo)
    actions.react(top, "like", by=online.ada)
    hear()
    assert told(online.ada) == ["commented", "mentioned_in_comment", "reacted"]
    assert told(online.bo) == ["mentioned_in_comment", "reacted_to_comment"]
    assert told(online.di) == []
    page = online.client("ada").get("/notifications/").content.decode()
    assert "Bo Okafor</bdi></b> reacted to your post" in page


def test_what_is_gone_is_untold(online: Cast, hear: Hear) -> None:
    post = actions.post(online.ada, "@bo-okafor look", audience=Level.MEMBERS)
    said = actions.comment(post, "words", by=online.bo)
    actions.react(said, "like", by=online.ada)
    actions.react(post, "like", by=online.bo)
    hear()
    actions.unreact(post, by=online.bo)
    hear()
    assert told(online.ada) == ["commented"]
    actions.delete_comment(said, by=online.bo)
    hear()
    assert told(online.ada) == []
    assert told(online.bo) == ["mentioned"]
    actions.delete_post(post, by=online.ada)
    hear()
    assert told(online.bo) == []


def test_news_of_what_one_may_no_longer_see_is_hidden_at_once(online: Cast, hear: Hear) -> None:
    post = actions.post(online.bo, "@ada-lindqvist canary-7f3a", audience=Level.CONNECTIONS)
    hear()
    browser = online.client("ada")
    assert "canary-7f3a" in browser.get("/notifications/").content.decode()
    network.disconnect(online.bo, online.ada)
    assert "canary-7f3a" not in browser.get("/notifications/").content.decode()
    key = Notification.objects.get(recipient=online.ada, kind="mentioned").pk
    assert browser.get(f"/notifications/{key}/").status_code == 404
    assert browser.get(post.path).status_code == 404


def test_late_news_of_a_deleted_post_breaks_nothing(online: Cast, hear: Hear) -> None:
    post = actions.post(online.ada, "@bo-okafor look", audience=Level.MEMBERS)
    said = actions.comment(post, "words", by=online.bo)
    actions.react(said, "like", by=online.ada)
    actions.edit_comment(said, "other words", by=online.bo)
    actions.edit_post(post, by=online.ada, body="other words")
    actions.delete_post(post, by=online.ada)
    hear()
    assert told(online.ada) == told(online.bo) == []
