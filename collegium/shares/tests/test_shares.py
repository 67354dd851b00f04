"""Something of this network on a post: found by its address, drawn for each reader as far as she may know of it."""

from datetime import timedelta

import pytest

from collegium.audience.level import Level
from collegium.audience.viewer import NOBODY
from collegium.events.tests import scene as events
from collegium.feed import actions as feed
from collegium.feed.models import Post
from collegium.groups.models import Joining, Visibility
from collegium.groups.tests.scene import group_of
from collegium.lib import clock
from collegium.members.models import Member
from collegium.openings.tests.scene import opening
from collegium.organizations.models import Organization
from collegium.shares import actions
from collegium.shares.kind import ShareKind
from collegium.shares.models import Share
from collegium.shares.things import path_of, things
from collegium.testing.cast import Cast
from collegium.testing.fixtures import queries

pytestmark = pytest.mark.django_db
COMMON = {"facet": "professional", "audience": str(Level.EVERYONE.value), "commenting": "anyone"}
NAMES = ("ada", "bo", "cy", "di", "flo", "nobody")


def eyes(cast: Cast, name: str):
    return NOBODY if name == "nobody" else cast.viewer(name)


def shown(cast: Cast, post: Post) -> str:
    kind = ShareKind()
    return " ".join(name for name in NAMES if kind.load(eyes(cast, name), [post]))


def on_post(by: Member, kind: str, thing: int) -> Post:
    post = feed.post(by, "Look at this.", audience=Level.EVERYONE)
    actions.show(post, kind, thing, by=by)
    Post.objects.filter(pk=post.pk).update(has_parts=True)
    post.refresh_from_db()
    return post


def test_each_reader_sees_what_she_may_know_of(cast: Cast) -> None:
    page = Organization.objects.create(handle="weirs", name="Weirs")
    meeting = events.make(cast.ada, Level.CONNECTIONS)
    work = opening(cast.ada, page, members_only=True)
    open_group = group_of(cast.ada, visibility=Visibility.PUBLIC)
    closed = group_of(cast.ada, visibility=Visibility.UNLISTED, joining=Joining.INVITATION)
    seen = {
        name: shown(cast, on_post(cast.ada, kind, thing.pk))
        for name, kind, thing in (
            ("page", "page", page),
            ("event", "event", meeting),
            ("job", "job", work),
            ("public group", "group", open_group),
            ("unlisted group", "group", closed),
        )
    }
    assert seen == {
        "page": "ada bo cy di flo nobody",
        "event": "ada bo",
        "job": "ada bo cy di flo",
        "public group": "ada bo cy di flo nobody",
        "unlisted group": "ada",
    }


def test_what_one_may_not_know_of_is_not_found(cast: Cast) -> None:
    closed = group_of(cast.ada, visibility=Visibility.UNLISTED, joining=Joining.INVITATION)
    page = Organization.objects.create(handle="weirs", name="Weirs")
    assert things.at(cast.viewer("ada"), closed.path) == ("group", closed.pk)
    assert things.at(cast.viewer("bo"), closed.path) is None
    assert things.at(cast.viewer("bo"), f"http://testserver{page.path}") in (("page", page.pk), None)
    for odd in (
        "",
        "/",
        "//",
        "/groups/",
        "/events/9x/",
        "/jobs/" + "9" * 30,
        "javascript:alert(1)",
        "https://[",
        "/a/b",
    ):
        assert things.at(cast.viewer("bo"), odd) is None


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/groups/weirs", "/groups/weirs/"),
        (" /groups/weirs/?from=1#top ", "/groups/weirs/"),
        ("https://elsewhere.example/groups/weirs/", ""),
        ("//elsewhere.example/groups/", ""),
        ("ftp:/groups/weirs/", ""),
        ("groups/weirs", ""),
    ],
)
def test_addresses(address: str, path: str, settings) -> None:
    settings.BASE_URL = "https://people.example.org"
    assert path_of(address) == path
    assert path_of("https://People.example.org/groups/weirs/") == "/groups/weirs/"


def test_from_the_link_to_the_card(cast: Cast) -> None:
    group = group_of(cast.ada, visibility=Visibility.PUBLIC)
    ada = cast.client("ada")
    composer = ada.get(f"/posts/?share={group.path}").text
    assert f'name="share-address" value="{group.path}"' in composer
    answer = ada.post("/posts/", {"body": "Come in."} | COMMON | {"share-address": group.path}, follow=True)
    assert answer.status_code == 200
    post = Post.objects.get()
    assert Share.objects.get(post=post).thing == group.pk
    for reader in (ada, cast.client("bo")):
        assert f'class="share-card" href="{group.path}"' in reader.get(post.path).text
    wrong = ada.post("/posts/", {"body": "And here?"} | COMMON | {"share-address": "/groups/nowhere/"})
    assert wrong.status_code == 422
    assert "And here?" in wrong.text
    assert "There is no group, event, page or job at this address." in wrong.text


def test_it_can_be_taken_off_and_only_by_its_author(cast: Cast) -> None:
    group = group_of(cast.ada, visibility=Visibility.PUBLIC)
    post = on_post(cast.ada, "group", group.pk)
    form = cast.client("ada").get(f"{post.path}edit/").text
    assert f'value="{group.path}"' in form
    cast.client("bo").post(f"{post.path}edit/", COMMON | {"body": "Mine", "share-address": ""})
    assert Share.objects.filter(post=post).exists()
    cast.client("ada").post(f"{post.path}edit/", COMMON | {"body": "Look at this."})
    assert Share.objects.filter(post=post).exists(), "a page without the field changes nothing"
    cast.client("ada").post(f"{post.path}edit/", COMMON | {"body": "Look at this.", "share-address": ""})
    assert not Share.objects.filter(post=post).exists()


def test_an_opening_that_is_over_says_so(cast: Cast) -> None:
    page = Organization.objects.create(handle="weirs", name="Weirs")
    work = opening(cast.ada, page)
    post = on_post(cast.ada, "job", work.pk)
    reader = cast.client("bo")
    assert "no longer open" not in reader.get(post.path).text
    type(work).objects.filter(pk=work.pk).update(expires_at=clock.now() - timedelta(days=1))
    assert "no longer open" in reader.get(post.path).text
    assert things.at(cast.viewer("bo"), work.path) is None


def test_many_cost_as_much_as_one(cast: Cast) -> None:
    groups = [group_of(cast.ada, visibility=Visibility.PUBLIC) for _each in range(3)]
    posts = [on_post(cast.ada, "group", group.pk) for group in groups]
    kind, viewer = ShareKind(), cast.viewer("bo")
    kind.load(viewer, posts)
    counted = [len(queries(lambda few=few: kind.load(viewer, few))) for few in (posts[:1], posts)]
    assert counted[0] == counted[1] == 2
