"""Statements that are written out once answer like the queries they were made of."""

import pytest

from collegium.audience.viewer import Viewer
from collegium.feed import actions
from collegium.feed.models import Post
from collegium.lib.statement import Statement
from collegium.members.models import Member
from collegium.testing.cast import Cast

SEEN = Statement(
    lambda slot: (
        Post.objects.visible_to(Viewer(Member(id=slot.int("me"))))
        .filter(slot.among("pk", "keys"), body=slot.text("body"))
        .with_author()
        .order_by("-pk")
    )
)


@pytest.mark.parametrize("name", ["ada", "bo", "cy", "di", "ed", "eve", "flo", "hal"])
def test_it_answers_like_the_query(cast: Cast, name: str) -> None:
    posts = [actions.post(cast.bo, "words", audience=level) for level in range(5)]
    actions.post(cast.bo, "other words", audience=0)
    keys = [post.pk for post in posts[1:]]
    viewer = cast.viewer(name)
    asked = list(Post.objects.visible_to(viewer).filter(pk__in=keys, body="words").with_author().order_by("-pk"))
    rows = SEEN.rows(me=viewer.id, keys=keys, body="words")
    assert rows == asked
    assert [row.author.name for row in rows] == [row.author.name for row in asked]
    assert [vars(row).keys() for row in rows] == [vars(row).keys() for row in asked]


def test_one_statement_and_no_more(cast: Cast, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    post = actions.post(cast.bo, "words")
    with django_assert_num_queries(1):
        (row,) = SEEN.rows(me=cast.ada.pk, keys=[post.pk], body="words")
        assert row.author.handle == "bo-okafor"


def test_a_value_that_is_missing_or_never_used_is_an_error(cast: Cast) -> None:
    with pytest.raises(KeyError):
        SEEN.rows(me=1, keys=[])
    lost = Statement(lambda slot: Post.objects.filter(pk__in=[slot.int("pk") and 1]))
    with pytest.raises(ValueError, match="pk"):
        lost.rows(pk=1)
