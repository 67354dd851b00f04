"""Statements that are written out once answer like the queries they were made of."""

import pytest
from django.db.models.signals import post_init
from psycopg import _queries

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


def test_a_long_text_is_read_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    wide = Statement(
        lambda slot: Post.objects.filter(pk=slot.int("pk"), body="x" * 10).extra(where=[f"{'1' * 6000} > 0"])
    )
    assert wide.rows(pk=1) == []

    def refuse(*_given: object) -> None:
        raise AssertionError("it is read again")

    monkeypatch.setattr(_queries, "_query2pg_nocache", refuse)
    assert wide.rows(pk=2) == []


@pytest.mark.parametrize("deferred", [(), ("body", "html")])
def test_instances_are_as_django_makes_them(cast: Cast, deferred: tuple[str, ...]) -> None:
    key = actions.post(cast.bo, "words").pk
    wanted = Post.objects.filter(pk=key).with_author().defer(*deferred).get()
    (made,) = Statement(lambda slot: Post.objects.filter(pk=slot.int("pk")).with_author().defer(*deferred)).rows(pk=key)
    assert vars(made).keys() == vars(wanted).keys()
    assert made.get_deferred_fields() == wanted.get_deferred_fields() == set(deferred)
    assert {**vars(made), "_state": None} == {**vars(wanted), "_state": None}
    for row in (made, made.author):
        assert (row._state.db, row._state.adding) == ("default", False)
    assert (made.body, made.author.pk) == ("words", cast.bo.pk)
    made.body = "other"
    made.save(update_fields=["body"])
    assert Post.objects.get(pk=key).body == "other"


def test_who_listens_to_how_rows_are_made_is_heard(cast: Cast) -> None:
    heard: list[str] = []

    def listen(instance: Member, **_more: object) -> None:
        heard.append(instance.name)

    post_init.connect(listen, sender=Member)
    try:
        Statement(lambda slot: Member.objects.filter(pk=slot.int("pk"))).rows(pk=cast.bo.pk)
    finally:
        post_init.disconnect(listen, sender=Member)
    assert heard == [cast.bo.name]


def test_a_value_that_is_missing_or_never_used_is_an_error(cast: Cast) -> None:
    with pytest.raises(KeyError):
        SEEN.rows(me=1, keys=[])
    lost = Statement(lambda slot: Post.objects.filter(pk__in=[slot.int("pk") and 1]))
    with pytest.raises(ValueError, match="pk"):
        lost.rows(pk=1)
