"""The tables of conversations bite: each state of a comment against each role, and a planted fault shows in one.

Bo's post is for all members, lets comments in one by one, and Cy keeps it with him; Di's comment is the one decided
about, Flo replied to it.
"""

from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db.models import Exists, OuterRef, Q

from collegium.audience.level import Level
from collegium.audience.rule import written_by_visible
from collegium.audience.viewer import Viewer
from collegium.feed import actions, rules, threads
from collegium.feed.models import Cohost, Comment, CommentQuerySet, Post, State
from collegium.feed.models.talk import STANDING
from collegium.feed.talking import actions as keeping
from collegium.feed.talking import notices, queues, standing
from collegium.notifications.models import Notification
from collegium.testing.cast import Cast
from collegium.ties.models import Connection
from tests.house.planting import anew  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("anew")

Hear = Callable[[], None]
Table = dict[str, str]
NAMES = ("bo", "cy", "ada", "di", "flo", "hal", "nobody")
#          bo cy ada di flo hal nobody
MEMBERS = "1  1  1   1  1   1   0"
WRITER = " 0  0  0   1  0   0   0"
KEEPERS = "1  1  0   0  0   0   0"
AUTHOR = " 1  0  0   0  0   0   0"
NONE = "   0  0  0   0  0   0   0"


def row(cells: Iterable[object]) -> str:
    return " ".join(str(int(bool(cell))) for cell in cells)


def begun(cast: Cast, author: str = "bo") -> Post:
    post = actions.post(getattr(cast, author), "words", audience=Level.MEMBERS, approving=True)
    post.refresh_from_db()
    return post


def states(cast: Cast) -> Table:
    """Who reads the comment and the reply under it, asked as rows and as the thread; who finds it to decide about."""
    post = begun(cast)
    keeping.ask_host(post, cast.cy, by=cast.bo)
    said = actions.comment(post, "words", by=cast.di)
    reply = Comment.objects.create(post=post, parent=said, author=cast.flo, body="yes", html="yes")
    eyes, found = [cast.viewer(name) for name in NAMES], {}
    for state in State:
        Comment.objects.filter(pk=said.pk).update(state=state)
        fresh = Post.objects.get(pk=post.pk)
        for name, each in (("comment", said), ("reply", reply)):
            found[f"{state.name} {name} asked"] = row(
                Comment.objects.visible_to(viewer).contains(each) for viewer in eyes
            )
        # A deleted one whose replies are shown keeps its place in the thread, without words.
        drawn = [threads.thread(viewer, fresh) for viewer in eyes]
        found[f"{state.name} comment drawn"] = row((at := each.find(said.pk)) and not at.is_gone for each in drawn)
        found[f"{state.name} reply drawn"] = row(each.find(reply.pk) for each in drawn)
        talks = [queues.Talk(viewer, fresh) for viewer in eyes]
        found[f"{state.name} waits"] = row(talk.waiting for talk in talks)
        found[f"{state.name} is away"] = row(talk.away for talk in talks)
        found[f"{state.name} listed"] = row(viewer and queues.waiting_for(viewer).exists() for viewer in eyes)
    return found


STATES = {
    "SHOWN comment": MEMBERS,
    "SHOWN reply": MEMBERS,
    "SHOWN waits": NONE,
    "SHOWN is away": NONE,
    "SHOWN listed": NONE,
    "WAITING comment": WRITER,
    "WAITING reply": WRITER,
    "WAITING waits": KEEPERS,
    "WAITING is away": NONE,
    "WAITING listed": KEEPERS,
    **{f"{state} {what}": WRITER for state in ("HIDDEN", "REFUSED") for what in ("comment", "reply")},
    **{f"{state} waits": NONE for state in ("HIDDEN", "REFUSED")},
    **{f"{state} is away": KEEPERS for state in ("HIDDEN", "REFUSED")},
    **{f"{state} listed": NONE for state in ("HIDDEN", "REFUSED")},
    "GONE comment": NONE,
    "GONE reply": MEMBERS,
    "GONE waits": NONE,
    "GONE is away": NONE,
    "GONE listed": NONE,
}


def keepers(cast: Cast) -> Table:
    """Who still keeps it when she was asked and then parted from the author, or sees the post no more; blocks."""
    post = begun(cast)
    keeping.ask_host(post, cast.cy, by=cast.bo)
    actions.comment(post, "words", by=cast.di)
    shown = Comment.objects.create(post=post, author=cast.flo, body="w", html="w")
    found = {}

    def look(when: str) -> None:
        fresh = Post.objects.get(pk=post.pk)
        eyes = [cast.viewer(name) for name in NAMES]
        found[f"{when} read"] = row(Comment.objects.visible_to(viewer).contains(shown) for viewer in eyes)
        found[f"{when} may"] = row(rules.may_keep(viewer.member, fresh) for viewer in eyes)
        found[f"{when} listed"] = row(viewer and queues.waiting_for(viewer).exists() for viewer in eyes)

    look("asked")
    Post.objects.filter(pk=post.pk).update(audience=Level.ONLY_ME)
    look("narrowed")
    Post.objects.filter(pk=post.pk).update(audience=Level.MEMBERS)
    Connection.objects.filter(member__in=(cast.bo, cast.cy), other__in=(cast.bo, cast.cy)).delete()
    look("parted")
    own = begun(cast, "ada")
    for name in ("ed", "eve"):
        Comment.objects.create(post=own, author=getattr(cast, name), body="w", html="w", state=State.WAITING)
    found["blocked"] = row(queues.Talk(cast.viewer(name), own).waiting for name in NAMES)
    return found


KEEPS = {
    "asked read": MEMBERS,
    "narrowed read": AUTHOR,
    "parted read": MEMBERS,
    "asked may": KEEPERS,
    "asked listed": KEEPERS,
    "narrowed may": AUTHOR,
    "narrowed listed": AUTHOR,
    "parted may": AUTHOR,
    "parted listed": AUTHOR,
    "blocked": NONE,
}


def told(cast: Cast) -> str:
    """Who was told of what about comments, as `name:kind`."""
    kinds = Notification.objects.filter(kind__contains="comment").values_list("recipient", "kind")
    names = {getattr(cast, name).pk: name for name in NAMES if name != "nobody"}
    return " ".join(sorted({f"{names.get(key, '?')}:{kind}" for key, kind in kinds}))


def steps(cast: Cast, hear: Hear) -> Table:
    """Counter and news, decision by decision."""
    post = begun(cast)
    keeping.ask_host(post, cast.cy, by=cast.bo)
    hear()
    Notification.objects.all().delete()
    found = {}

    def note(step: str) -> None:
        hear()
        found[step] = f"{Post.objects.values_list('comment_count', flat=True).get(pk=post.pk)} {told(cast)}".strip()
        Notification.objects.all().delete()

    said = actions.comment(post, "@ada-lindqvist look", by=cast.di)
    note("waits")
    for step, verb in (
        ("refused", keeping.refuse),
        ("let in", keeping.let_in),
        ("hidden", keeping.hide),
        ("shown", keeping.show),
    ):
        verb(Comment.objects.get(pk=said.pk), by=cast.cy)
        note(step)
    actions.delete_comment(Comment.objects.get(pk=said.pk), by=cast.bo)
    note("deleted")
    return found


STEPS = {
    "waits": "0 bo:comment_waits cy:comment_waits",
    "refused": "0 di:comment_refused",
    "let in": "1 ada:mentioned_in_comment bo:commented di:comment_let_in",
    "hidden": "0 di:comment_hidden",
    "shown": "1 di:comment_shown",
    "deleted": "0 di:comment_deleted",
}


def expected(key: str) -> str:
    """The row of a table: `asked` and `drawn` read alike."""
    wanted = STATES.get(key) or STATES.get(key.removesuffix(" asked").removesuffix(" drawn")) or KEEPS[key]
    return " ".join(wanted.split())


def wrong(table: Table) -> list[str]:
    return [key for key, cells in table.items() if cells != expected(key)]


def test_the_tables_are_right(cast: Cast) -> None:
    assert wrong(states(cast)) == []
    assert wrong(keepers(cast)) == []


def test_the_steps_are_right(cast: Cast, hear: Hear) -> None:
    assert steps(cast, hear) == STEPS


def sight(*, states: bool = True, under: bool = True, own: bool = True, sees: bool = True) -> Any:
    """The rule of comments as it is, less what is switched off."""

    def visible_to(self: CommentQuerySet, viewer: Viewer) -> CommentQuerySet:
        posts = Post.objects.visible_to(viewer).filter(pk=OuterRef("post"))
        above = written_by_visible(Comment.objects.filter(pk=OuterRef("parent")), viewer, owner="author")
        standing = Q(parent=None) | Q(parent__state__in=STANDING)
        mine = Q(pk=None)
        if viewer.id:
            standing |= Q(parent__author=viewer.id)
            mine = Q(author=viewer.id) & ~Q(state=State.GONE) if own else mine
        found = self.filter(Exists(posts)) if sees else self.all()
        found = found.filter(Q(parent=None) | Exists(above))
        found = found.filter(Q(state=State.SHOWN) | mine) if states else found
        return written_by_visible(found.filter(standing) if under else found, viewer, owner="author")

    return visible_to


ANY_TIE = SimpleNamespace(objects=SimpleNamespace(filter=lambda **_asked: Connection.objects.all()))
ANY_POST = SimpleNamespace(objects=SimpleNamespace(visible_to=lambda _viewer: Post.objects.all()))
FAULTS: dict[str, tuple[object, str, object]] = {
    "what waits is read by all": (CommentQuerySet, "visible_to", sight(states=False)),
    "replies stay where the comment does not": (CommentQuerySet, "visible_to", sight(under=False)),
    "the writer does not find her own": (CommentQuerySet, "visible_to", sight(own=False)),
    "the post is not asked": (CommentQuerySet, "visible_to", sight(sees=False)),
    "everybody keeps": (rules, "may_keep", lambda _member, _post: True),
    "nobody keeps": (rules, "may_keep", lambda _member, _post: False),
    "keeping outlives seeing": (rules, "sees", lambda _member, _post: True),
    "keeping outlives the connection": (
        rules,
        "helps",
        lambda member, post: Cohost.objects.filter(post=post, member=member).exists(),
    ),
    "the list outlives the connection": (queues, "Connection", ANY_TIE),
    "the list does not ask for the post": (queues, "Post", ANY_POST),
    "keepers are read by whom a block parts": (queues, "heard", lambda rows, _viewer: rows),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_shows(cast: Cast, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    monkeypatch.setattr(*FAULTS[fault])
    assert wrong(states(cast)) or wrong(keepers(cast))


UNTOLD: dict[str, tuple[object, str, object]] = {
    "the counter counts what is not shown": (
        standing,
        "counted",
        lambda post: Comment.objects.filter(post=post).count(),
    ),
    "what waits is told as shown": (Comment, "is_shown", True),
    "who keeps is not told that something waits": (notices, "keepers", lambda _post: []),
    "the writer is not told how it went": (notices, "_outcome", lambda *_args: None),
}


@pytest.mark.parametrize("fault", UNTOLD)
def test_a_fault_of_steps_shows(cast: Cast, hear: Hear, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    monkeypatch.setattr(*UNTOLD[fault])
    assert steps(cast, hear) != STEPS
