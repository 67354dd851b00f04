"""The table of what was said elsewhere bites: with a fault planted where it is read or kept, a cell is wrong."""

from collections.abc import Callable
from typing import Any

import pytest

from collegium.audience.level import Level
from collegium.feed import actions as feed
from collegium.feed.models import Comment, Origin, Post, Selection
from collegium.lib.refusal import Refusal
from collegium.portability.elsewhere import actions, reading, taking
from collegium.portability.elsewhere.models import Remark
from collegium.portability.elsewhere.tests.conftest import data_folder  # noqa: F401 - a fixture
from collegium.portability.elsewhere.tests.test_elsewhere import (
    FIRST,
    confirm,
    share,
    small,
)
from collegium.portability.imports import actions as confirming
from collegium.portability.imports import saying
from collegium.portability.imports.models import ImportRow
from collegium.portability.imports.tests.archives import SHARES, packed, reviewed, table
from collegium.testing.cast import Cast
from tests.house.planting import rewritten

pytestmark = pytest.mark.django_db

WHO = ("ada", "bo", "cy", "di", "ed", "nobody")
TABLE = {
    "Ada's posts, for her connections": "220000",
    "her comment below them": "110000",
    "what is kept for her": "200000",
    "her page says posts": "20000-",
    "her page says remarks": "20000-",
    "posts say where they come from": "2 of 2",
    "the same archive again": "nothing new",
    "the same archive of another": "all new",
    "a post of hers from here, opened for all": "only me",
    "her post for named people, opened for all": "connections",
    "posts of another, opened for all": "only me",
    "hers, opened for all": "members",
    "a share that is too long": "kept for her",
    "somebody suspended forgets": "refused",
    "another forgets": "2 kept",
    "she takes back": "0 of hers, 2 of another, 2 from here",
    "she forgets": "0 kept",
}


def fill(cast: Cast) -> dict[str, str]:
    """The table as the rooms fill it in."""
    ada, found = cast.client("ada"), dict[str, str]()
    confirm(ada, reviewed(ada, small()), Level.CONNECTIONS)
    found |= _seen(cast)
    told = Post.objects.filter(author=cast.ada)
    found["posts say where they come from"] = f"{told.filter(origin=Origin.LINKEDIN).count()} of {told.count()}"
    again = reviewed(ada, small())
    fates = set(ImportRow.objects.filter(of=again).values_list("status", flat=True)) - {ImportRow.Status.HERE}
    confirm(ada, again)
    twice = Post.objects.filter(author=cast.ada).count() > 2 or fates
    found["the same archive again"] = "something new" if twice else "nothing new"
    bo = cast.client("bo")
    row = reviewed(bo, small())
    fates = set(ImportRow.objects.filter(of=row).values_list("status", flat=True))
    found["the same archive of another"] = "all new" if fates == {ImportRow.Status.NEW} else "not all"
    confirm(bo, row)
    too_long = share(FIRST + (1 << 40), "x" * 5001)
    confirm(ada, reviewed(ada, packed({"Shares.csv": table(SHARES, [too_long])})))
    kept = Remark.objects.filter(member=cast.ada, kind="post").exists()
    found["a share that is too long"] = "kept for her" if kept else "nowhere"
    Remark.objects.filter(member=cast.ada, kind="post").delete()
    found |= _opened(cast) | _gone(cast)
    return {name: found.get(name, "") for name in TABLE}


def _seen(cast: Cast) -> dict[str, str]:
    """Who reads what, by the rule of sight and on the page itself."""

    def across(count: Callable[[Any], int]) -> str:
        return "".join(str(count(cast.viewer(name))) for name in WHO)

    def kept(viewer: Any) -> int:
        return reading.remarks(viewer.member).count() if viewer.member is not None else 0

    return {
        "Ada's posts, for her connections": across(lambda viewer: Post.objects.visible_to(viewer).count()),
        "her comment below them": across(lambda viewer: Comment.objects.visible_to(viewer).count()),
        "what is kept for her": across(kept),
        "her page says posts": "".join(
            str(sum(count for _level, count in reading.posts(getattr(cast, name)))) if name != "nobody" else "-"
            for name in WHO
        ),
        "her page says remarks": "".join(
            str(sum(reading.counts(getattr(cast, name)).values())) if name != "nobody" else "-" for name in WHO
        ),
    }


def _opened(cast: Cast) -> dict[str, str]:
    """Whose posts "for all of them at once" changes."""
    here = feed.post(cast.ada, "said here", audience=Level.ONLY_ME)
    named = Post.objects.filter(author=cast.ada, body__startswith="Hello").order_by("pk")[0]
    Post.objects.filter(pk=named.pk).update(audience=Level.CONNECTIONS, selection=Selection.ONLY)
    actions.show(Level.MEMBERS, by=cast.ada)

    def level(**which: Any) -> str:
        rows = Post.objects.filter(**which).values_list("audience", flat=True)
        return " ".join(sorted({Level(each).name.lower().replace("_", " ") for each in rows}))

    found = {
        "a post of hers from here, opened for all": level(pk=here.pk),
        "her post for named people, opened for all": level(pk=named.pk),
        "posts of another, opened for all": level(author=cast.bo),
        "hers, opened for all": level(author=cast.ada, origin=Origin.LINKEDIN, selection=Selection.NONE),
    }
    Post.objects.filter(pk=named.pk).update(selection=Selection.NONE)
    return found


def _gone(cast: Cast) -> dict[str, str]:
    """What forgetting and taking back take."""
    feed.post(cast.ada, "said here too", audience=Level.MEMBERS)

    def kept() -> str:
        return f"{Remark.objects.filter(member=cast.ada).count()} kept"

    found = {"somebody suspended forgets": "refused"}
    try:
        actions.forget(by=cast.gus)
        found["somebody suspended forgets"] = "done"
    except Refusal:
        pass
    actions.forget(by=cast.bo)
    found["another forgets"] = kept()
    actions.take_back(by=cast.ada)
    mine = Post.objects.filter(author=cast.ada)
    left = (
        mine.exclude(origin="").count(),
        Post.objects.filter(author=cast.bo).count(),
        mine.filter(origin="").count(),
    )
    found["she takes back"] = "{} of hers, {} of another, {} from here".format(*left)
    actions.forget(by=cast.ada)
    found["she forgets"] = kept()
    return found


def test_the_table_is_right(cast: Cast) -> None:
    assert fill(cast) == TABLE


def take(right: str, planted: str) -> Callable[[pytest.MonkeyPatch], None]:
    """Into the verb that others call by its name."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        rewritten(taking, "take", right, planted)(patch)
        patch.setattr(confirming, "take", taking.take)

    return plant


FAULTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "anybody reads what is kept": rewritten(reading, "remarks", "objects.filter(member=member)", "objects.all()"),
    "anybody's is counted": rewritten(reading, "counts", "objects.filter(member=member)", "objects.all()"),
    "anybody's posts are counted": rewritten(reading, "posts", "author=member, ", ""),
    "everybody sees the posts": rewritten(taking, "_posts", "audience=audience", "audience=0"),
    "nobody sees the posts": rewritten(taking, "_posts", "audience=audience", "audience=4"),
    "posts do not say where they come from": rewritten(taking, "_posts", "origin=Origin.LINKEDIN", 'origin=""'),
    "it comes in twice": rewritten(saying, "judge", "key in alive or", "False and"),
    "it is not remembered": lambda patch: patch.setattr(taking, "remember", lambda by, kind, rows: list(rows) and None),
    "what another brought counts as one's own": rewritten(
        saying, "brought", "objects.filter(member=member)", "objects.all()"
    ),
    "what is too long is lost": take("[*left, *rest, *reactions]", "[*rest, *reactions]"),
    "comments of strangers' posts are lost": take("[*left, *rest, *reactions]", "[*left, *reactions]"),
    "comments do not come below their posts": rewritten(taking, "_comments", "if above in keys", "if False"),
    "opening opens what was said here": rewritten(actions, "show", "origin=Origin.LINKEDIN, ", ""),
    "opening opens another's": rewritten(actions, "show", "author=by, ", ""),
    "opening widens what is for named people": rewritten(actions, "show", ", selection=Selection.NONE", ""),
    "opening changes nothing": rewritten(actions, "show", ".update(audience=audience)", ".count()"),
    "taking back takes what was said here": rewritten(actions, "take_back", ", origin=Origin.LINKEDIN", ""),
    "taking back leaves it": rewritten(actions, "take_back", "feed.delete_post(post, by=by)", "pass"),
    "forgetting forgets everybody's": rewritten(actions, "forget", "objects.filter(member=by)", "objects.all()"),
    "forgetting forgets nothing": rewritten(actions, "forget", "objects.filter(member=by).delete()", "objects.none()"),
    "the suspended forget": rewritten(actions, "forget", "require(rules.may_post(by))", "pass"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_shows(cast: Cast, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    FAULTS[fault](monkeypatch)
    assert fill(cast) != TABLE
