"""What a post read before it was edited, who may read it, and who is told."""

from collections.abc import Callable

import pytest

from collegium.audience.level import Level
from collegium.feed import actions
from collegium.feed.history.versions import compare
from collegium.feed.models import Post, Version
from collegium.network import actions as network
from collegium.notifications.models import Notification
from collegium.testing.cast import Cast
from collegium.testing.fixtures import assert_same_queries

Hear = Callable[[], None]
NAMES = ("ada", "bo", "cy", "di", "ed", "eve", "flo", "hal", "gus", "nobody")
SEES = {Level.MEMBERS: "ada bo cy di flo hal", Level.CONNECTIONS: "ada bo", Level.ONLY_ME: "ada"}


def history(post: Post) -> str:
    return f"{post.path}history/"


def told(kind: str) -> dict[int, int]:
    """How often each member was told."""
    members = list(Notification.objects.filter(kind=kind).values_list("recipient_id", flat=True))
    return {member: members.count(member) for member in members}


def test_only_other_words_make_a_version(cast: Cast) -> None:
    post = actions.post(cast.ada, "one")
    actions.edit_post(post, by=cast.ada, body="one", commenting="nobody")
    assert not Version.objects.exists()
    actions.edit_post(post, by=cast.ada, body="two")
    actions.edit_post(post, by=cast.ada, body="three")
    assert list(Version.objects.order_by("pk").values_list("body", flat=True)) == ["one", "two"]


@pytest.mark.parametrize("level", SEES)
def test_whoever_sees_the_post_now_reads_its_history(cast: Cast, level: Level) -> None:
    post = actions.post(cast.ada, "canary-3c77 before", audience=Level.EVERYONE)
    actions.edit_post(post, by=cast.ada, body="after")
    actions.edit_post(post, by=cast.ada, audience=level)
    for name in NAMES:
        answer = cast.client(name).get(history(post))
        sees = name in SEES[level].split()
        assert answer.status_code == (200 if sees else 404), name
        assert (b"canary-3c77" in answer.content) == sees, name


def test_the_card_leads_to_it_and_changes_are_marked(cast: Cast) -> None:
    post = actions.post(cast.ada, "We meet on Monday at <b>six</b>.")
    bo = cast.client("bo")
    assert history(post) not in bo.get(post.path).content.decode()
    actions.edit_post(post, by=cast.ada, body="We meet on Tuesday at <b>six</b>.")
    assert f'href="{history(post)}"' in bo.get(post.path).content.decode()
    page = bo.get(history(post)).content.decode()
    assert "Monday<span" in page.partition("<del>")[2].partition("</del>")[0]
    assert "Tuesday<span" in page.partition("<ins>")[2].partition("</ins>")[0]
    assert "&lt;b&gt;six&lt;/b&gt;" in page
    assert "taken out:" in page


def test_long_histories_are_paged_and_whole(cast: Cast) -> None:
    post = actions.post(cast.ada, "reading 0")
    for each in range(1, 25):
        actions.edit_post(post, by=cast.ada, body=f"reading {each}")
    ada, path, found = cast.client("ada"), history(post), 0
    last = ""
    while path:
        last = ada.get(path).content.decode()
        found += last.count('<article class="reading"')
        rest = last.partition(f'href="{history(post)}?before=')[2].partition('"')[0]
        path = f"{history(post)}?before={rest}" if rest else ""
    assert found == 25
    assert "As it was posted" in last
    assert ada.get(f"{history(post)}?before=%00").status_code == 404


def test_the_page_costs_the_same(cast: Cast) -> None:
    post = actions.post(cast.ada, "0")
    actions.edit_post(post, by=cast.ada, body="1")
    bo = cast.client("bo")

    def grow() -> None:
        for each in range(2, 8):
            actions.edit_post(post, by=cast.ada, body=str(each))

    assert_same_queries(lambda: bo.get(history(post)), grow, lambda: bo.get(history(post)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "words"),
        ("words", ""),
        ("", ""),
        ("a b c", "a x c"),
        ("a  b\n\nc", "a b\nc"),
        ("naïve 漢字", "naïve 漢字!"),
        ("same", "same"),
        ("aa", "a"),
        ("one two", "one two three"),
        ("a " * 2500, "b " * 2500),
        (" ".join(str(n) for n in range(1000)), " ".join(str(-n) for n in range(1000))),
        ("x\n" * 2500, "y\n" * 2499 + "x"),
    ],
)
def test_nothing_is_lost_in_a_comparison(before: str, after: str) -> None:
    pieces = compare(before, after)
    assert "".join(piece.words for piece in pieces if piece.how != "come") == before
    assert "".join(piece.words for piece in pieces if piece.how != "gone") == after


def test_whoever_answered_is_told_once_a_day(cast: Cast, hear: Hear) -> None:
    post = actions.post(cast.ada, "one", audience=Level.MEMBERS)
    actions.react(post, "like", by=cast.bo)
    actions.comment(post, "words", by=cast.bo)
    actions.comment(post, "words", by=cast.cy)
    actions.react(post, "like", by=cast.ada)
    for body in ("two", "three"):
        actions.edit_post(post, by=cast.ada, body=body)
    hear()
    assert told("post_reworded") == {cast.bo.pk: 1}
    assert told("post_reworded_below") == {cast.cy.pk: 1}
    page = cast.client("bo").get("/notifications/").content.decode()
    assert "edited a post you reacted to" in page
    actions.react(post, "like", by=cast.di)
    hear()
    assert cast.di.pk not in told("post_reworded")
    actions.delete_post(post, by=cast.ada)
    hear()
    assert not told("post_reworded")


def test_who_no_longer_sees_it_is_not_told(cast: Cast, hear: Hear) -> None:
    post = actions.post(cast.ada, "one", audience=Level.MEMBERS)
    for member in (cast.bo, cast.cy, cast.di):
        actions.react(post, "like", by=member)
    actions.edit_post(post, by=cast.ada, audience=Level.CONNECTIONS)
    hear()
    assert not told("post_reworded")
    actions.edit_post(post, by=cast.ada, body="canary-77aa")
    hear()
    assert told("post_reworded") == {cast.bo.pk: 1}
    network.disconnect(cast.bo, cast.ada)
    assert "canary-77aa" not in cast.client("bo").get("/notifications/").content.decode()
