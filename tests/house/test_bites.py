"""The tables of sight bite: with a fault planted in the rule, at least one of their cells is wrong.

Each fault is one that such systems really had: a block asked in one direction only, a pending invitation that counts, a
suspended person who stays, a former connection that is remembered, second degree taken for first.
"""

from collections.abc import Callable

import pytest
from django.db.models import Value

from collegium.audience import people, rule
from collegium.audience.level import Level
from collegium.feed import actions
from collegium.feed.models import Comment, Post
from collegium.feed.tests.test_visibility import COMMENTS, NAMES, POSTS
from collegium.members.models import Member
from collegium.testing.cast import Cast

SIGNED_IN = rule.Closeness.SIGNED_IN
BLOCKED_BY_OWNER = "WHEN (SELECT true FROM ties_block b WHERE b.blocker_id = {key} AND b.blocked_id = %s) THEN -1"
BLOCKED_OWNER = "WHEN (SELECT true FROM ties_block b WHERE b.blocker_id = %s AND b.blocked_id = {key}) THEN -1"
CONNECTED = "WHEN (SELECT true FROM ties_connection c WHERE c.member_id = %s AND c.other_id = {key}) THEN 3"
ASKED = """WHEN (SELECT true FROM ties_connection c WHERE c.member_id = %s AND c.other_id = {key}) THEN 3
    WHEN EXISTS (SELECT FROM ties_invitation i WHERE i.recipient_id = {key}) THEN 3"""
FAULTS = {
    "who blocked the owner still sees her": (BLOCKED_OWNER, "WHEN %s = 0 THEN -1"),
    "whom the owner blocked still sees her": (BLOCKED_BY_OWNER, "WHEN %s = 0 THEN -1"),
    "pending counts as connected": (CONNECTED, ASKED),
    "connections are strangers": (CONNECTED, "WHEN %s = 0 THEN 3"),
    "suspended people stay": ("CASE WHEN {standing} <> 'active' THEN -1", "CASE WHEN {standing} = '' THEN -1"),
    "every member is close": ("ELSE 1 END", "ELSE 3 END"),
    "nobody is a member": ("ELSE 1 END", "ELSE -1 END"),
    "one does not see one's own": ("WHEN {key} = %s THEN 4", "WHEN {key} + 0 * %s = 0 THEN 4"),
}


def posts_as_seen(cast: Cast) -> dict[Level, str]:
    """The table of posts as the rule fills it in."""
    Member.objects.filter(pk=cast.ada.pk).update(visibility=Member.Visibility.PUBLIC)
    seen = {}
    for level in Level:
        post = actions.post(cast.ada, "words", audience=level)
        cells = [Post.objects.visible_to(cast.viewer(name)).contains(post) for name in NAMES if name != "gus"]
        seen[level] = " ".join("1" if cell else "0" for cell in cells)
    return seen


def comments_as_seen(cast: Cast) -> dict[str, int]:
    """The table of comments as the rule fills it in."""
    post = actions.post(cast.bo, "words", audience=Level.EVERYONE)
    seen = {}
    for name in COMMENTS:
        said = Comment.objects.create(post=post, author=getattr(cast, name), body="words", html="words")
        seen[name] = int(Comment.objects.visible_to(cast.viewer("ada")).contains(said))
    return seen


def profiles_as_seen(cast: Cast) -> dict[str, bool]:
    """Whose profile Ada may open: all are open to members."""
    seen = people.visible_to(cast.viewer("ada"))
    return {name: seen.filter(pk=getattr(cast, name).pk).exists() for name in NAMES if name != "nobody"}


GUS = NAMES.index("gus")
EXPECTED_POSTS = {
    level: " ".join(cell for place, cell in enumerate(row.split()) if place != GUS) for level, row in POSTS.items()
}
EXPECTED_PROFILES = {name: name not in ("ed", "eve", "gus") for name in NAMES if name != "nobody"}


def wrong(cast: Cast) -> bool:
    """Whether any cell of any table is not as it should be."""
    return (
        posts_as_seen(cast) != EXPECTED_POSTS
        or comments_as_seen(cast) != COMMENTS
        or profiles_as_seen(cast) != EXPECTED_PROFILES
    )


def test_the_rule_itself_is_right(cast: Cast) -> None:
    assert posts_as_seen(cast) == EXPECTED_POSTS
    assert comments_as_seen(cast) == COMMENTS
    assert profiles_as_seen(cast) == EXPECTED_PROFILES


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_rule_shows(cast: Cast, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    right, planted = FAULTS[fault]
    assert right in SIGNED_IN, "the fault has no place to be planted in any more"
    monkeypatch.setattr(rule.Closeness, "SIGNED_IN", SIGNED_IN.replace(right, planted))
    assert wrong(cast)


def drop(*names: str) -> Callable[..., object]:
    """A question that forgets to ask."""
    return lambda rows, *args, **kwargs: rows


def near_to_all(*_args: object, **_named: object) -> Value:
    """A measure that takes everybody for a connection."""
    return Value(int(Level.CONNECTIONS))


FORGOTTEN: dict[str, Callable[..., object]] = {"posts.closeness": near_to_all, "talk.heard": drop()}


@pytest.mark.parametrize("question", FORGOTTEN)
def test_a_model_that_forgets_to_ask_shows(cast: Cast, monkeypatch: pytest.MonkeyPatch, question: str) -> None:
    monkeypatch.setattr(f"collegium.feed.models.{question}", FORGOTTEN[question])
    assert wrong(cast)


def test_the_second_degree_is_asked(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rule.Closeness, "IN_SECOND", "WHEN %s = 0 THEN 2")
    assert wrong(cast)
