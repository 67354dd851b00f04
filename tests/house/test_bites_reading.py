"""The tables of what one writes and reads for oneself bite: drafts, history, saved posts, what is quiet, topics.

Ada is connected with Bo; Cy is a connection of his, Di a stranger, Ed is blocked by Ada, and Eve blocked her.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from collegium.audience import people as sight
from collegium.audience.level import Level
from collegium.feed import actions, forms, rules, selecting, timeline
from collegium.feed.drafts import rows, tasks
from collegium.feed.history import notices as history_notices
from collegium.feed.history import views as history
from collegium.feed.models import Draft, Facet, Mix, Post, Quiet, Saved, Topic, TopicFollow
from collegium.feed.reading import actions as reading
from collegium.feed.reading import saved, topics, wishes
from collegium.lib import clock
from collegium.lib.statement import Statement
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.notifications.models import Notification
from collegium.testing.cast import Cast
from tests.house.planting import anew  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("anew")

Hear = Callable[[], None]
Table = dict[str, str]
FIELDS = {"body": "words", "facet": "professional", "audience": "1", "commenting": "anyone"}
NAMES = ("ada", "bo", "cy", "di", "ed", "eve", "flo", "hal")


def listed(names: Iterable[str]) -> str:
    return " ".join(names)


def draft(author: Member, *, due: bool = True, **more: Any) -> Draft:
    past = clock.now() - timedelta(minutes=1)
    values = FIELDS | {"form_key": str(uuid4())} | more
    return Draft.objects.create(author=author, values=values, touched_at=clock.now(), due_at=past if due else None)


def drafts(cast: Cast) -> Table:
    """Whose drafts are whose."""
    row = draft(cast.ada, due=False)
    found = {"open": listed(name for name in NAMES if cast.client(name).get(row.path).status_code == 200)}
    found["list"] = listed(name for name in NAMES if row.path in cast.client(name).get("/posts/drafts/").text)
    for name in NAMES[1:]:
        cast.client(name).post(f"{row.path}removal/")
    found["there"] = str(rows.kept(cast.ada).filter(pk=row.pk).exists())
    return found


DRAFTS = {"open": "ada", "list": "ada", "there": "True"}


def by_the_clock(cast: Cast) -> Table:
    """What was scheduled is judged by what its author may when its hour comes, and reaches whom it names then."""
    made = {
        "plain": draft(cast.ada),
        "blocked since": draft(cast.ada, audience="only", named=f"@{cast.cy.handle} @{cast.bo.handle}"),
        "suspended since": draft(cast.flo),
        "left out": draft(cast.ada, left_out=f"@{cast.bo.handle}"),
    }
    network.block(cast.cy, cast.ada)
    Member.objects.filter(pk=cast.flo.pk).update(standing=Member.Standing.SUSPENDED)
    tasks.post_due()
    found = {}
    for name, row in made.items():
        post = Post.objects.filter(form_key=row.values["form_key"]).first()
        seeing = (other for other in NAMES if post and Post.objects.visible_to(cast.viewer(other)).contains(post))
        found[name] = listed(seeing) if post else "stays"
    return found


BY_THE_CLOCK = {
    "plain": "ada bo di flo hal",
    "blocked since": "stays",
    "suspended since": "stays",
    "left out": "ada di flo hal",
}


def histories(cast: Cast, hear: Hear) -> Table:
    """Who reads how a post read before; with its audience as it is now. Who is told of an edit."""
    found = {}
    post = actions.post(cast.ada, "canary-v3rsion", audience=Level.MEMBERS)
    for name in ("bo", "di"):
        actions.react(post, "like", by=getattr(cast, name))
    for level in (Level.MEMBERS, Level.CONNECTIONS, Level.ONLY_ME):
        actions.edit_post(post, by=cast.ada, audience=level)
        actions.edit_post(post, by=cast.ada, body=f"words for {level}")
        answers = {name: cast.client(name).get(f"{post.path}history/") for name in NAMES}
        found[level.name] = listed(name for name, answer in answers.items() if "canary-v3rsion" in answer.text)
    hear()
    kinds = Notification.objects.filter(kind="post_reworded", recipient__in=(cast.bo, cast.di))
    found["told"] = str(kinds.count())
    return found


HISTORIES = {"MEMBERS": "ada bo cy di flo hal", "CONNECTIONS": "ada bo", "ONLY_ME": "ada", "told": "0"}


def kept(cast: Cast) -> Table:
    """What each keeps of a post that everybody kept, while its audience shrinks; and with nothing kept."""
    post = actions.post(cast.ada, "words", audience=Level.MEMBERS)
    other = actions.post(cast.bo, "words", audience=Level.MEMBERS)
    for name in NAMES:
        Saved.objects.create(member=getattr(cast, name), post=post)
    Saved.objects.create(member=cast.hal, post=other)
    found = {}
    for level in (Level.MEMBERS, Level.CONNECTIONS, Level.ONLY_ME):
        Post.objects.filter(pk=post.pk).update(audience=level)
        found[level.name] = listed(name for name in NAMES if saved.of(cast.viewer(name)).contains(post))
        found[f"{level.name} searched"] = listed(
            name for name in NAMES if saved.of(cast.viewer(name), "words").contains(post)
        )
    found["another's"] = listed(name for name in NAMES if saved.of(cast.viewer(name)).contains(other))
    return found


KEPT = {
    "MEMBERS": "ada bo cy di flo hal",
    "MEMBERS searched": "ada bo cy di flo hal",
    "CONNECTIONS": "ada bo",
    "CONNECTIONS searched": "ada bo",
    "ONLY_ME": "ada",
    "ONLY_ME searched": "ada",
    "another's": "hal",
}


def home(me: Member) -> str:
    """The first words of what is on her home."""
    page = timeline.page(me, timeline.people_of(me), Mix(member=me, sides=Mix.Sides.BOTH), "")
    return listed(sorted(post.body.split()[0] for post in page.posts))


def quiet(cast: Cast) -> Table:
    """Words, topics and single posts that one keeps quiet, for a time and for good; and that another does."""
    found = {}
    actions.post(cast.bo, "Plain words")
    actions.post(cast.bo, "Crypto again")
    actions.post(cast.bo, "Running #marathon")
    hidden = actions.post(cast.bo, "Hidden one")
    actions.post(cast.ada, "Own crypto")
    topic = Topic.objects.get(slug="marathon")
    over = clock.now() - timedelta(hours=1)
    for member, until in ((cast.cy, None), (cast.ada, over)):
        Quiet.objects.create(member=member, word="crypto", until=until)
        Quiet.objects.create(member=member, topic=topic, until=until)
        Quiet.objects.create(member=member, post=hidden, until=until)
    found["another's, and what is over"] = home(cast.ada)
    Quiet.objects.filter(member=cast.ada).update(until=None)
    found["for good"] = home(cast.ada)
    return found


QUIET = {"another's, and what is over": "Crypto Hidden Own Plain Running", "for good": "Own Plain"}


def followed(cast: Cast) -> Table:
    """What comes home for a topic that one follows: what one sees of it, and nothing for what another follows."""
    topic = Topic.objects.create(slug="delft", name="delft")
    posts = (
        (cast.di, "Open", Level.MEMBERS),
        (cast.di, "Narrow", Level.CONNECTIONS),
        (cast.hal, "Former", Level.MEMBERS),
        (cast.flo, "Pending", Level.CONNECTIONS),
        (cast.ed, "Blocked", Level.EVERYONE),
        (cast.eve, "Blocker", Level.EVERYONE),
        (cast.bo, "Near", Level.CONNECTIONS),
    )
    for author, word, level in posts:
        actions.post(author, f"{word} #delft", audience=level, facet=Facet.PROFESSIONAL)
    TopicFollow.objects.create(member=cast.bo, topic=topic)
    found = {"another follows": home(cast.ada)}
    reading.follow_topic(topic, by=cast.ada)
    found["she follows"] = home(cast.ada)
    return found


FOLLOWED = {"another follows": "Near", "she follows": "Former Near Open"}
TABLES: dict[str, tuple[Callable[[Cast], Table], Table]] = {
    "drafts": (drafts, DRAFTS),
    "by the clock": (by_the_clock, BY_THE_CLOCK),
    "saved": (kept, KEPT),
    "quiet": (quiet, QUIET),
    "topics": (followed, FOLLOWED),
}


@pytest.mark.parametrize("table", TABLES)
def test_the_tables_are_right(cast: Cast, table: str) -> None:
    read, wanted = TABLES[table]
    assert read(cast) == wanted


def test_the_histories_are_right(cast: Cast, hear: Hear) -> None:
    assert histories(cast, hear) == HISTORIES


def objects(**ways: Any) -> SimpleNamespace:
    """A model whose manager knows these ways alone."""
    return SimpleNamespace(objects=SimpleNamespace(**ways))


def everybodys(_author: Member) -> Any:
    return Draft.objects.exclude(values__has_key=rows.GONE)


ALL_SAVED = objects(filter=lambda **_asked: Saved.objects.all())
ALL_POSTS = objects(visible_to=lambda _viewer: Post.objects.all())
ALL_PEOPLE = SimpleNamespace(**(vars(sight) | {"visible_to": lambda _viewer: Member.objects.all()}))
LAID = Statement(lambda slot: Post.objects.filter(slot.among("pk", "keys")).with_author())
UNSEEN = Statement(
    lambda slot: (
        Post.objects.filter(slot.among("pk", "keys"))
        .exclude(author=slot.int("me"))
        .order_by("-pk")
        .values_list("pk", "author_id", "facet", "side_id")
    )
)
ASKED = wishes.ASKED
FAULTS: dict[str, list[tuple[str, object, str, object]]] = {
    "another's draft opens": [("drafts", rows, "kept", everybodys)],
    "the clock asks nobody": [("by the clock", rules, "may_post", lambda _member: True)],
    "the clock names whom she sees no more": [
        ("by the clock", forms, "sight", ALL_PEOPLE),
        ("by the clock", rules, "may_choose", lambda _member, _choice: True),
    ],
    "the clock forgets whom she left out": [("by the clock", selecting, "keep", lambda _post, _choice: None)],
    "another's saved list": [("saved", saved, "Saved", ALL_SAVED)],
    "what is kept is seen for ever": [("saved", saved, "Post", ALL_POSTS)],
    "what another keeps quiet is quiet": [
        ("quiet", wishes, "ASKED", ASKED.replace("WHERE member_id = %(me)s AND word", "WHERE %(me)s > 0 AND word"))
    ],
    "what is quiet is so for ever": [("quiet", wishes, "ASKED", ASKED.replace("until > %(now)s", "until < %(now)s"))],
    "quiet words are forgotten": [("quiet", wishes.words, "says", lambda _text, _phrases: False)],
    "quiet silences its own author": [
        ("quiet", wishes, "HUSHED", wishes.HUSHED.replace("IS DISTINCT FROM %(me)s", "IS DISTINCT FROM -%(me)s"))
    ],
    "what another follows comes": [
        ("topics", wishes, "ASKED", ASKED.replace("WHERE f.member_id = %(me)s", "WHERE %(me)s > 0"))
    ],
    "what is followed is not judged": [
        ("topics", topics, "SEEN", UNSEEN),
        (
            "topics",
            timeline,
            "POSTS",
            Statement(lambda slot: Post.objects.filter(slot.among("pk", "keys")).with_author()),
        ),
    ],
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_shows(cast: Cast, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    for _table, where, name, planted in FAULTS[fault]:
        assert getattr(where, name) != planted, "the fault has no place to be planted in any more"
        monkeypatch.setattr(where, name, planted)
    read, wanted = TABLES[FAULTS[fault][0][0]]
    assert read(cast) != wanted


HISTORY_FAULTS: dict[str, tuple[object, str, object]] = {
    "history is for whoever knows its address": (
        history,
        "visible_post",
        lambda _request, pk: Post.objects.select_related("author").get(pk=pk),
    ),
    "who sees it no more is told": (history_notices, "_readers", lambda _post: Member.objects.all()),
}


@pytest.mark.parametrize("fault", HISTORY_FAULTS)
def test_a_fault_of_histories_shows(cast: Cast, hear: Hear, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    monkeypatch.setattr(*HISTORY_FAULTS[fault])
    assert histories(cast, hear) != HISTORIES
