"""The tables of old posts bite: with a fault planted into the rule, a cell is wrong."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from collegium.articles.tests.helping import published
from collegium.feed.expiry import actions as expiry
from collegium.feed.expiry import due, taking_back, tasks
from collegium.feed.models import Comment, Expiry, Origin, Post, Reaction, Saved
from collegium.feed.tests.test_expiry import RULE, begun, old
from collegium.lib import clock
from collegium.lib.refusal import Conflict, Refusal
from collegium.profiles.models import Pin
from collegium.testing.cast import Cast
from tests.house.planting import rewritten

pytestmark = pytest.mark.django_db

# Which posts a rule with every exception (and two reactions, two comments) takes, and which one without any.
GOES = {
    "plain": "11",
    "young": "00",
    "kept by hand": "00",
    "brought along": "01",
    "featured": "01",
    "featured by another": "11",
    "saved": "01",
    "saved by another": "11",
    "an article": "01",
    "loved": "01",
    "liked": "11",
    "loved by the blocked": "11",
    "discussed": "01",
    "answered": "11",
    "discussed by the blocked": "11",
    "another's": "00",
}
# What each verb says: "1" it did, "0" it did nothing, "-" it refused.
DOES = {
    "a rule that begins tomorrow": "0",
    "a rule that was changed": "0",
    "a rule of the suspended": "0",
    "no rule": "0",
    "a post that is young by now": "0",
    "another's post": "0",
    "what is due": "1",
    "keeping another's": "-",
    "restoring what was changed since": "-",
    "restoring another's": "0",
    "the sweep within the day": "0",
    "the sweep": "1",
}


def posts(cast: Cast) -> dict[str, Post]:
    """One of each."""
    made = {
        name: old(cast.bo if name == "another's" else cast.ada) for name in GOES if name not in ("young", "an article")
    }
    made["young"] = old(cast.ada, 29)
    Post.objects.filter(pk=made["kept by hand"].pk).update(stays=True)
    Post.objects.filter(pk=made["brought along"].pk).update(origin=Origin.LINKEDIN)
    Pin.objects.create(member=cast.ada, kind=Pin.Kind.POST, post_key=made["featured"].pk)
    Pin.objects.create(member=cast.bo, kind=Pin.Kind.POST, post_key=made["featured by another"].pk)
    Saved.objects.create(member=cast.ada, post=made["saved"])
    Saved.objects.create(member=cast.bo, post=made["saved by another"])
    both, blocked = (cast.bo, cast.cy), (cast.bo, cast.ed, cast.gus)
    for name, people in {"loved": both, "liked": both[:1], "loved by the blocked": blocked}.items():
        for person in people:
            Reaction.objects.create(member=person, post=made[name], kind="like")
        Post.objects.filter(pk=made[name].pk).update(reaction_count=len(people))
    for name, people in {"discussed": both, "answered": both[:1], "discussed by the blocked": blocked}.items():
        for person in people:
            Comment.objects.create(author=person, post=made[name], body="x", html="x")
        Post.objects.filter(pk=made[name].pk).update(comment_count=len(people))
    return made


def goes(cast: Cast) -> dict[str, str]:
    """The first table as the rule fills it in."""
    made = posts(cast)
    made["an article"] = of_article(cast)
    now = clock.now()
    bare = RULE | dict.fromkeys((name for name in RULE if name.startswith("keeps")), False)
    full = RULE | {"loved": 2, "discussed": 2}
    rules = [Expiry(member=cast.ada, since=now, **each) for each in (full, bare)]
    taken = [set(due.of(rule).values_list("pk", flat=True)) for rule in rules]
    return {name: "".join(str(int(made[name].pk in each)) for each in taken) for name in GOES}


def of_article(cast: Cast) -> Post:
    """A post with an article on it, from long ago."""
    post, article = old(cast.ada), published(cast.ada)
    type(article).objects.filter(pk=article.pk).update(post=post)
    return post


def said(verb: Callable[[], Any]) -> str:
    try:
        done = verb()
    except (Conflict, Refusal):
        return "-"
    return str(int(bool(done)))


def does(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The second table as the verbs fill it in."""
    found = {"no rule": said(lambda: expiry.expire(old(cast.ada).pk, cast.ada.pk))}
    expiry.set_rule(cast.ada, **RULE)
    found["a rule that begins tomorrow"] = said(lambda: expiry.expire(old(cast.ada).pk, cast.ada.pk))
    post = old(cast.ada)
    tasks.expire()
    found["the sweep within the day"] = str(int(not Post.objects.filter(pk=post.pk).exists()))
    Expiry.objects.update(since=clock.now() - timedelta(days=2))
    before = Expiry.objects.get()
    expiry.set_rule(cast.ada, **(RULE | {"days": 31}))
    found["a rule that was changed"] = said(lambda: expiry.expire(old(cast.ada).pk, cast.ada.pk))
    signed = taking_back.signed(before, before)
    found["restoring another's"] = str(int(taking_back.opened(signed, cast.bo) is not None))
    columns, instead = taking_back.opened(signed, cast.ada) or ({}, None)
    found["restoring what was changed since"] = said(lambda: expiry.restore(cast.ada, columns, instead_of=instead))
    Expiry.objects.all().delete()
    begun(cast.gus)
    found["a rule of the suspended"] = said(lambda: expiry.expire(old(cast.gus).pk, cast.gus.pk))
    begun(cast.ada)
    found["a post that is young by now"] = said(lambda: expiry.expire(old(cast.ada, 3).pk, cast.ada.pk))
    found["another's post"] = said(lambda: expiry.expire(old(cast.bo).pk, cast.ada.pk))
    found["keeping another's"] = said(lambda: expiry.keep(old(cast.bo), by=cast.ada))
    found["what is due"] = said(lambda: expiry.expire(old(cast.ada).pk, cast.ada.pk))
    tasks.expire()
    found["the sweep"] = str(int(not Post.objects.filter(pk=post.pk).exists()))
    return {name: found[name] for name in DOES}


def test_the_tables_are_right(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert goes(cast) == GOES
    Post.objects.all().delete()
    assert does(cast, monkeypatch) == DOES


Plant = Callable[[pytest.MonkeyPatch], None]
IN_THE_RULE: dict[str, Plant] = {
    "anybody's posts": rewritten(due, "of", "author=rule.member_id, ", ""),
    "young ones": rewritten(due, "of", "pk__lt=old, ", ""),
    "what was kept by hand": rewritten(due, "of", ", stays=False", ""),
    "what was brought along": rewritten(due, "of", 'found.filter(origin="")', "found"),
    "what is featured": rewritten(due, "of", 'found.exclude(pk__in=pins.values("post_key"))', "found"),
    "what anybody features stays": rewritten(
        due, "of", "Pin.objects.filter(member=rule.member_id, ", "Pin.objects.filter("
    ),
    "what was saved": rewritten(due, "of", "if rule.keeps_saved", "if False"),
    "what anybody saved stays": rewritten(
        due, "of", "Saved.objects.filter(member=rule.member_id, ", "Saved.objects.filter("
    ),
    "articles": rewritten(due, "of", "if rule.keeps_articles", "if False"),
    "one reaction too many": rewritten(due, "of", "felt__lt=", "felt__lte="),
    "reactions are not counted": rewritten(due, "of", "if rule.loved", "if False"),
    "one comment too many": rewritten(due, "of", "talked__lt=", "talked__lte="),
    "comments are not counted": rewritten(due, "of", "if rule.discussed", "if False"),
    "reactions of the blocked count": rewritten(due, "_felt", ' - _count(rows.filter(_unseen("member", author)))', ""),
    "comments of the blocked count": rewritten(due, "_talked", " - _count(rows.filter(by | below))", ""),
    "reactions of the suspended count": rewritten(due, "_unseen", " | (~Q(", " & (~Q("),
}
IN_THE_VERBS: dict[str, Plant] = {
    "it begins at once": rewritten(due, "has_begun", "begins_at(rule) <= clock.now()", "True"),
    "its beginning is not asked": rewritten(expiry, "expire", " or not due.has_begun(rule)", ""),
    "the sweep does not ask when it begins": lambda patch: patch.setattr(due, "PAUSE", timedelta(0)),
    "a change does not begin anew": rewritten(
        expiry, "set_rule", 'since": clock.now()', 'since": clock.now() - due.PAUSE'
    ),
    "the suspended lose theirs": rewritten(expiry, "expire", " or not rule.member.is_active", ""),
    "anybody's post goes": rewritten(expiry, "expire", "due.of(rule).filter(pk=key)", "Post.objects.filter(pk=key)"),
    "nothing goes": rewritten(expiry, "expire", "if row is None", "if True"),
    "anybody keeps it": rewritten(expiry, "keep", "require(rules.may_edit(by, post))", "pass"),
    "what was changed since is written over": rewritten(expiry, "restore", "!= instead_of", "== object()"),
    "anybody's signature will do": rewritten(taking_back, "opened", "owner != me.pk", "False"),
}


@pytest.mark.parametrize("fault", IN_THE_RULE)
def test_a_fault_in_the_rule_shows(cast: Cast, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    IN_THE_RULE[fault](monkeypatch)
    assert goes(cast) != GOES


@pytest.mark.parametrize("fault", IN_THE_VERBS)
def test_a_fault_in_the_verbs_shows(cast: Cast, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    IN_THE_VERBS[fault](monkeypatch)
    assert does(cast, monkeypatch) != DOES
