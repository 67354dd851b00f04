"""Drafts: kept as one types, for their author alone, posted once when their hour has come."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.test import Client

from collegium.audience.level import Level
from collegium.feed import actions as feed
from collegium.feed.drafts import actions, rows, tasks
from collegium.feed.models import Draft, Post
from collegium.lib import clock
from collegium.lib.refusal import Conflict, Refusal
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.notifications.models import Notification
from collegium.testing.cast import Cast, connect, make_member
from collegium.testing.fixtures import assert_same_queries
from collegium.testing.racing import race

DRAFTS = "/posts/drafts/"
FIELDS = {"facet": "personal", "audience": "3", "commenting": "anyone"}
ROUNDS = 6


def fields(**more: Any) -> dict[str, Any]:
    return FIELDS | {"body": "words", "form_key": str(uuid4())} | more


def in_an_hour(**more: Any) -> dict[str, Any]:
    return fields(later=f"{clock.now() + timedelta(hours=1):%Y-%m-%dT%H:%M}", **more)


def kept(member: Member, due: bool = False, **more: Any) -> Draft:
    """A draft; with `due`, one whose hour has come."""
    typed = fields(**more)
    if not due:
        row = actions.save(member, typed)
        assert row is not None
        return row
    return actions.schedule(member, typed, clock.now() - timedelta(seconds=1))


def test_what_is_typed_is_kept_once_a_form(cast: Cast) -> None:
    ada = cast.client("ada")
    key = str(uuid4())
    for words in ("w", "wo", "words"):
        answer = ada.post(DRAFTS, fields(body=words, form_key=key, quiet="1", machine="on"))
        assert (answer.status_code, answer.content.decode()) == (200, "Draft saved")
    row = rows.kept(cast.ada).get()
    assert (row.values["body"], row.values["facet"], row.due_at) == ("words", "personal", None)
    page = ada.get(row.path).content.decode()
    assert ">words</textarea>" in page
    assert key in page
    assert 'name="machine" value="on" checked' in page
    assert "words" in ada.get(DRAFTS).content.decode()
    ada.post(DRAFTS, fields(body=" ", form_key=key, quiet="1"))
    assert not Draft.objects.exists()


def test_saving_without_javascript(cast: Cast) -> None:
    ada = cast.client("ada")
    assert ada.post(DRAFTS, fields()).headers["Location"] == DRAFTS
    assert ada.post(DRAFTS, fields(body="")).status_code == 422
    assert rows.kept(cast.ada).count() == 1
    assert cast.client("nobody").post(DRAFTS, fields()).status_code == 302
    assert cast.client("gus").post(DRAFTS, fields()).status_code in {302, 403}
    assert Draft.objects.count() == 1


def test_posting_ends_the_draft_and_late_typing_does_not_bring_it_back(cast: Cast) -> None:
    ada = cast.client("ada")
    typed = fields()
    ada.post(DRAFTS, typed | {"quiet": "1"})
    ada.post("/posts/", typed)
    assert Post.objects.get(author=cast.ada).body == "words"
    assert not Draft.objects.exists()
    assert ada.post(DRAFTS, typed | {"quiet": "1"}).content == b""
    assert not Draft.objects.exists()


def test_nobody_else_has_it(cast: Cast) -> None:
    row = kept(cast.ada, body="canary-91d2")
    for name in ("bo", "di", "eve", "gus", "nobody"):
        browser = cast.client(name)
        for path in (row.path, *(f"{row.path}{verb}/" for verb in ("removal", "withdrawal", "restoration"))):
            for answer in (browser.get(path), browser.post(path)):
                assert answer.status_code in {302, 404, 405}, (name, path)
        assert b"canary-91d2" not in browser.get(DRAFTS).content
    assert rows.kept(cast.ada).count() == 1


def test_deleting_can_be_undone_for_a_day(cast: Cast) -> None:
    ada = cast.client("ada")
    row = actions.schedule(cast.ada, fields(), clock.now() + timedelta(hours=2))
    ada.post(f"{row.path}removal/")
    assert not rows.kept(cast.ada).exists()
    assert ada.get(row.path).status_code == 404
    Draft.objects.update(due_at=None)
    tasks.post_due()
    ada.post(f"{row.path}restoration/")
    back = rows.kept(cast.ada).get()
    assert back.due_at == row.due_at
    ada.post(f"{row.path}removal/")
    Draft.objects.update(touched_at=clock.now() - timedelta(hours=25))
    tasks.forget_drafts()
    assert not Draft.objects.exists()
    assert not Post.objects.exists()


def test_a_hundred_are_enough(cast: Cast) -> None:
    some = [Draft(author=cast.ada, values=fields(), touched_at=clock.now()) for _each in range(rows.MOST)]
    Draft.objects.bulk_create(some)
    ada = cast.client("ada")
    quiet = ada.post(DRAFTS, fields(quiet="1"))
    assert quiet.status_code == 409
    assert b"100 drafts" in quiet.content
    loud = ada.post(DRAFTS, fields(body="not lost"))
    assert loud.status_code == 409
    assert b"not lost" in loud.content
    assert ada.post("/posts/", in_an_hour(body="not lost")).status_code == 409
    assert rows.kept(cast.ada).count() == rows.MOST
    pages, path = 0, DRAFTS
    while path:
        page = ada.get(path).content.decode()
        pages, path = pages + 1, page.partition(f'href="{DRAFTS}?after=')[2].partition('"')[0]
        path = f"{DRAFTS}?after={path}" if path else ""
    assert pages == rows.MOST // 25


@pytest.mark.parametrize(
    "later", ["2001-01-01T00:00", "9999-12-31T23:59", "0001-01-01T00:00", "soon", "2026-02-30T10:00", "\0", "-1"]
)
def test_hours_that_are_none(cast: Cast, later: str) -> None:
    answer = cast.client("ada").post("/posts/", fields(later=later, zone="Pacific/Kiritimati"))
    assert answer.status_code == 422
    assert not Post.objects.exists()
    assert not Draft.objects.exists()


def test_an_hour_is_one_of_the_zone_the_browser_names(cast: Cast) -> None:
    soon = clock.now().replace(second=0, microsecond=0) + timedelta(days=3)
    for zone, hours in (("Asia/Tokyo", 9), ("", 0), ("../../etc/passwd", 0), ("posix", 0), ("Asia", 0), ("\0", 0)):
        answer = cast.client("ada").post("/posts/", fields(later=f"{soon:%Y-%m-%dT%H:%M}", zone=zone))
        if zone == "\0":
            assert answer.status_code == 422
            continue
        assert answer.headers["Location"] == DRAFTS
        row = rows.kept(cast.ada).get()
        assert row.due_at == soon - timedelta(hours=hours), zone
        row.delete()
    assert not Post.objects.exists()


def test_what_is_due_is_posted_as_it_says(cast: Cast) -> None:
    ada = cast.client("ada")
    ada.post("/posts/", in_an_hour(body="@bo-okafor look", audience="only", named="@bo-okafor", lasting="7"))
    row = rows.kept(cast.ada).get()
    tasks.post_due()
    assert not Post.objects.exists()
    Draft.objects.update(due_at=clock.now())
    tasks.post_due()
    tasks.post_due()
    post = Post.objects.get()
    assert (post.facet, post.author_id, str(post.form_key)) == ("personal", cast.ada.pk, row.values["form_key"])
    assert post.ends_at is not None
    assert abs(post.ends_at - clock.now() - timedelta(days=7)) < timedelta(minutes=1)
    assert Post.objects.visible_to(cast.viewer("bo")).exists()
    assert not Post.objects.visible_to(cast.viewer("cy")).exists()
    assert not Draft.objects.exists()


def test_typing_does_not_change_what_waits_for_its_hour(cast: Cast) -> None:
    ada = cast.client("ada")
    typed = in_an_hour()
    ada.post("/posts/", typed)
    ada.post(DRAFTS, typed | {"body": "half a sen", "quiet": "1"})
    row = rows.kept(cast.ada).get()
    assert (row.values["body"], row.due_at is None) == ("words", False)
    ada.post("/posts/", typed | {"body": "changed"})
    assert rows.kept(cast.ada).get().values["body"] == "changed"
    ada.post(f"{row.path}withdrawal/")
    row = rows.kept(cast.ada).get()
    assert row.due_at is None
    assert "later" not in row.values
    ada.post("/posts/", typed)
    ada.post(DRAFTS, typed | {"body": "kept"})
    assert rows.kept(cast.ada).get().due_at is None


@pytest.mark.parametrize(
    "typed",
    [
        {"body": "x" * 6000},
        {"body": "  "},
        {"audience": "only"},
        {"audience": "only", "named": "@eve-brandt-or-nobody"},
        {"audience": "77"},
        {"circles": ["12345"]},
        {"commenting": "everyone-and-their-dog"},
        {"facet": "third"},
        {"lasting": "0"},
    ],
)
def test_what_cannot_be_posted_stays_with_its_reason(
    cast: Cast, hear: Callable[[], None], typed: dict[str, Any]
) -> None:
    row = kept(cast.ada, due=True, **typed)
    good = kept(cast.bo, due=True)
    tasks.post_due()
    row.refresh_from_db()
    assert row.problem
    assert row.due_at is None
    assert Post.objects.get().author_id == cast.bo.pk
    assert not Draft.objects.filter(pk=good.pk).exists()
    hear()
    assert Notification.objects.get(recipient=cast.ada, kind="draft_stuck").subject == row.pk
    ada = cast.client("ada")
    assert "could not be posted" in ada.get("/notifications/").content.decode()
    assert "could not be posted" in ada.get(row.path).content.decode()


def test_whom_it_leaves_out_stays_left_out_when_she_is_not_found_any_more(cast: Cast) -> None:
    """And that the post appears says nothing of a block."""
    ada = cast.client("ada")
    typed = in_an_hour(audience="1", left_out=f"@{cast.cy.handle}", kept_out="forged")
    assert ada.post("/posts/", typed).status_code == 302
    row = rows.kept(cast.ada).get()
    assert row.values["kept_out"] == {cast.cy.handle: cast.cy.pk}
    network.block(cast.cy, cast.ada)
    Draft.objects.update(due_at=clock.now() - timedelta(minutes=1))
    tasks.post_due()
    post = Post.objects.get()
    network.unblock(cast.cy, cast.ada)
    assert not Post.objects.visible_to(cast.viewer("cy")).contains(post)
    assert Post.objects.visible_to(cast.viewer("di")).contains(post)


def test_what_the_clock_posts_waits_while_the_database_is_away(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    row = kept(cast.ada, due=True)

    def away(*_args: object, **_more: object) -> None:
        raise OperationalError

    with monkeypatch.context() as patch:
        patch.setattr(feed, "post", away)
        with pytest.raises(OperationalError):
            tasks.post_due()
    row.refresh_from_db()
    assert row.due_at is not None
    tasks.post_due()
    assert Post.objects.get().author_id == cast.ada.pk


def test_the_clock_posts_for_nobody_who_is_suspended(cast: Cast) -> None:
    row = kept(cast.bo, due=True)
    Member.objects.filter(pk=cast.bo.pk).update(standing=Member.Standing.SUSPENDED)
    tasks.post_due()
    row.refresh_from_db()
    assert row.problem
    assert not Post.objects.exists()


def test_a_fault_of_ours_keeps_nobody_else_waiting(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    row = kept(cast.ada, due=True)
    monkeypatch.setattr(feed, "post", lambda *_args, **_more: 1 // 0)
    tasks.post_due()
    row.refresh_from_db()
    assert "fault of ours" in row.problem


def test_drafts_of_others_are_refused_by_the_verbs_too(cast: Cast) -> None:
    row = kept(cast.ada)
    for verb in (actions.remove, actions.unschedule, actions.restore):
        with pytest.raises((Conflict, Refusal)):
            verb(row, by=cast.bo)
    with pytest.raises(Refusal):
        actions.save(cast.gus, fields())
    assert rows.kept(cast.ada).get().values["body"] == "words"


POLL = {"poll-answer_1": "Tea", "poll-days": "3", "body": "What do we drink?"}


def test_what_hangs_on_a_post_is_kept_and_not_judged_before_its_hour(cast: Cast) -> None:
    ada = cast.client("ada")
    row = kept(cast.ada, **POLL)
    page = ada.get(row.path).content.decode()
    assert 'value="Tea"' in page
    assert "at least two answers" not in page
    half = kept(cast.ada, due=True, **POLL)
    whole = kept(cast.ada, due=True, **POLL, **{"poll-answer_2": "Coffee"})
    assert 'value="Coffee"' in ada.get(whole.path).content.decode()
    tasks.post_due()
    half.refresh_from_db()
    assert "at least two answers" in half.problem
    assert Post.objects.get().has_parts
    ada.post("/posts/", {**row.values, "poll-answer_2": "Water"})
    assert Post.objects.filter(has_parts=True).count() == 2
    assert set(rows.kept(cast.ada)) == {half}


HOSTILE: list[dict[str, Any]] = [
    {"body": "\0null"},
    {"body": "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace")},
    {"form_key": "not a key"},
    {"form_key": "\0"},
    {"gone": "1"},
    {"body": "<script>alert(1)</script>{{ 7*7 }}"},
    {"body": "x" * 70_000},
    {"circles": ["1"] * 150},
    {"poll-answer_1": "\0", "poll-days": "999999999999999999999"},
]


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("quiet", [True, False])
def test_hostile_fields(cast: Cast, typed: dict[str, Any], quiet: bool) -> None:
    ada = cast.client("ada")
    answer = ada.post(DRAFTS, fields(**typed) | ({"quiet": "1"} if quiet else {}))
    assert answer.status_code in {200, 302, 409}
    assert ada.get(DRAFTS).status_code == 200
    for row in rows.kept(cast.ada):
        page = ada.get(row.path)
        assert page.status_code == 200
        assert b"<script>alert" not in page.content
        assert "gone" not in row.values
    assert ada.get(f"{DRAFTS}?after=%00").status_code == 404
    assert ada.get(f"{DRAFTS}{10**30}/").status_code == 404


def test_the_list_costs_the_same(cast: Cast) -> None:
    ada = cast.client("ada")
    kept(cast.ada)
    assert_same_queries(
        lambda: ada.get(DRAFTS), lambda: [kept(cast.ada) for _each in range(8)], lambda: ada.get(DRAFTS)
    )


@pytest.fixture
def pair() -> tuple[Member, Member]:
    """Two who are connected."""
    ada, bo = make_member("Ada Lindqvist"), make_member("Bo Okafor")
    connect(ada, bo)
    return ada, bo


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_post_once(pair: tuple[Member, Member]) -> None:
    for each in range(ROUNDS):
        rows_due = [kept(member, due=True, body=f"words {each}") for member in pair]
        assert race(*[tasks.post_due] * 3) == [None] * 3
        tasks.post_due()
        assert Post.objects.filter(body=f"words {each}").count() == len(rows_due)
        assert not Draft.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_posting_by_hand_at_the_very_minute(pair: tuple[Member, Member]) -> None:
    ada, _bo = pair
    client = Client()
    client.force_login(ada.user)
    for each in range(ROUNDS):
        row = kept(ada, due=True, body=f"words {each}", audience=str(Level.CONNECTIONS.value))
        typed = {name: value for name, value in row.values.items() if name != "later"}
        outcomes = race(tasks.post_due, lambda typed=typed: client.post("/posts/", typed).status_code)
        assert outcomes == [None, 302]
        tasks.post_due()
        assert Post.objects.filter(body=f"words {each}").count() == 1
        assert not Draft.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_withdrawing_at_the_very_minute(pair: tuple[Member, Member]) -> None:
    ada, _bo = pair
    for each in range(ROUNDS):
        row = kept(ada, due=True, body=f"words {each}")
        _swept, withdrawn = race(tasks.post_due, lambda row=row: actions.unschedule(row, by=ada))
        tasks.post_due()
        posted = Post.objects.filter(body=f"words {each}").count()
        assert posted + Draft.objects.count() == 1
        assert isinstance(withdrawn, Conflict) == bool(posted)
        Draft.objects.all().delete()
