"""What is observed of groups bites: with a fault planted in their rules, at least one observation is another.

Each is one that such systems really had: a private group read by everybody signed in, what waits seen by members, a
block forgotten in one statement, a ban that shows again what was hidden by hand, an approved post nobody ever sees.
"""

from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from django.db import transaction

from collegium.feed import actions, selecting, timeline
from collegium.feed.models import Facet, Held, PlaceState, Post, Topic, placing
from collegium.feed.places import banning, home, keeping, posting, queue, seats, sight, topics
from collegium.feed.selecting import Choice
from collegium.feed.tests.walls import NAMES, Walls, make_walls
from collegium.groups.actions import barring
from collegium.groups.actions import keeping as groups
from collegium.groups.models import Ban, Group, Membership, Visibility
from collegium.lib import clock
from collegium.lib.refusal import Conflict, Refusal
from collegium.members.models import Member
from collegium.testing.cast import Cast
from collegium.ties.models import Block, Distance
from tests.house.planting import anew, rewrite, rewritten

Plant = Callable[[pytest.MonkeyPatch], None]
pytestmark = pytest.mark.usefixtures(anew.__name__)
REFUSED = (Refusal, Conflict)


def tried(verb: Callable[[], Any]) -> bool:
    """Whether it was let through, in a transaction of its own."""
    try:
        with transaction.atomic():
            verb()
    except REFUSED:
        return False
    return True


def eyes(walls: Walls, row: Post) -> str:
    """Who sees a post, from both sides."""
    seen = [name for name in NAMES if Post.objects.visible_to(walls.viewer(name)).contains(row)]
    read = [name for name in NAMES[:-1] if sight.readers_of(row).filter(pk=walls.one(name).pk).exists()]
    return f"{seen} {read}"


def of_sight(walls: Walls) -> Iterator[Any]:
    """Who sees what, and who did before she left, was hidden, or went out of standing."""
    rows = [walls.says("member", state=state) for state in PlaceState]
    yield from (eyes(walls, row) for row in rows)
    groups.leave(walls.group, by=walls.one("member"))
    yield from (eyes(walls, row) for row in rows)
    Member.objects.filter(pk=walls.one("member").pk).update(visibility=Member.Visibility.MEMBERS)
    yield eyes(walls, rows[0])
    Member.objects.filter(pk=walls.one("member").pk).update(standing=Member.Standing.SUSPENDED)
    yield eyes(walls, rows[0])


def of_reach(walls: Walls) -> Iterator[Any]:
    """The numbers stated before posting."""
    for name in ("member", "moa", "blocked"):
        yield selecting.proof(walls.one(name), Choice(group=walls.group), Facet.PROFESSIONAL).count


def of_answers(walls: Walls) -> Iterator[Any]:
    """Who may answer, while the group goes on and after."""
    rows = [walls.says("member", state=state) for state in PlaceState]
    for ended in (None, clock.now()):
        Group.objects.update(ended_at=ended)
        for row in rows:
            yield [
                tried(lambda n=n, r=row: actions.react(r, "like", by=walls.one(n)))
                for n in ("owner", "moa", "stranger")
            ]
            yield tried(lambda r=row: actions.edit_post(r, by=walls.one("member"), commenting="anyone"))


def of_posting(walls: Walls) -> Iterator[Any]:
    """What waits, what waits again, and what stays where it was."""
    boats, ships = (Topic.objects.create(slug=name, name=name) for name in ("boats", "ships"))
    Topic.objects.filter(pk=ships.pk).update(same_as=boats)
    topics.name(walls.group, ["boats"], on_topic=True, by=walls.one("owner"))
    for body in ("cheese", "#boats", "#ships"):
        yield actions.post(walls.moa, body, choice=Choice(group=walls.group)).place_state
    yield actions.post(walls.one("moderator"), "cheese", choice=Choice(group=walls.group)).place_state
    Group.objects.update(on_topic=False, approving=True)
    yield actions.post(walls.moa, "words", choice=Choice(group=walls.group)).place_state
    Group.objects.update(approving=False)
    row = actions.post(walls.moa, "words", choice=Choice(group=walls.group))
    yield tried(lambda: actions.edit_post(row, by=walls.moa, choice=Choice(1)))
    Group.objects.update(approving=True)
    yield actions.edit_post(row, by=walls.moa, body="other words").place_state
    yield seats.may_pass_on(row, None), seats.may_pass_on(row, walls.group)


def of_queue(walls: Walls) -> Iterator[Any]:
    """Who decides, when it is dated, and when its time is over."""
    for name in ("moderator", "moa", "stranger"):
        row = walls.says("member", state=PlaceState.WAITING)
        later = walls.says("moa")
        yield tried(lambda n=name, r=row: queue.refuse(r, by=walls.one(n)))
        row = walls.says("member", state=PlaceState.WAITING)
        yield tried(lambda n=name, r=row: queue.let_in(r, by=walls.one(n)))
        newest = Post.objects.filter(author=walls.one("member"), place_state=PlaceState.SHOWN).order_by("-pk").first()
        yield newest is not None and newest.pk > later.pk and newest.pk > row.pk
    row = walls.says("member", state=PlaceState.WAITING)
    yield queue.expire(row.pk)
    Held.objects.update(since=clock.now() - queue.PATIENCE)
    groups.leave(walls.group, by=walls.one("member"))
    yield tried(lambda: queue.let_in(row, by=walls.one("owner")))
    yield queue.expire(row.pk)


def of_keeping(walls: Walls) -> Iterator[Any]:
    """Who hides, how many stand first, and what a ban and its lifting do."""
    row = walls.says("owner")
    yield [tried(lambda n=n: keeping.hide(row, by=walls.one(n))) for n in ("moa", "stranger", "moderator")]
    mine, by_hand = walls.says("moa"), walls.says("moa", state=PlaceState.HIDDEN)
    under = walls.says("member")
    actions.comment(under, "words", by=walls.moa)
    yield [
        tried(lambda r=r: keeping.pin(r, by=walls.one("owner")))
        for r in (mine, under, *(walls.says("moa") for _ in "12"))
    ]
    ban = barring.ban(walls.group, walls.moa, by=walls.one("owner"), with_content=True)
    for _ in range(2):
        for each in (mine, by_hand, under):
            each.refresh_from_db()
            yield each.place_state, each.comment_count
        if Ban.objects.filter(pk=ban.pk, lifted_at=None).exists():
            barring.lift(ban, by=walls.one("owner"))


def of_home(walls: Walls) -> Iterator[Any]:
    """What comes home, and how much of it is new."""
    manager, me = walls.one("manager"), walls.moa
    rows = [walls.says("manager"), walls.says("manager", state=PlaceState.HIDDEN), walls.says("member")]

    def there() -> tuple[list[int], int]:
        people, mix = timeline.people_of(me), timeline.mix_of(me)
        keys = [post.pk for post in timeline.page(me, people, mix).posts]
        return [rows.index(row) for row in rows if row.pk in keys], timeline.newer_than(people, mix, 0)

    yield there()
    kept = Distance.objects.create(member=me, other=manager, rung=Distance.Rung.MUTED)
    yield there()
    kept.delete()
    block = Block.objects.create(blocker=manager, blocked=me)
    yield there()
    block.delete()
    Membership.objects.filter(member=me).update(at_home=False)
    yield there()
    Membership.objects.filter(member=me).update(at_home=True)
    people, mix = timeline.people_of(me), timeline.mix_of(me)
    Membership.objects.filter(member=me).delete()
    yield timeline.newer_than(people, mix, 0)


LOOKS = (of_sight, of_reach, of_answers, of_posting, of_queue, of_keeping, of_home)


def observe(walls: Walls, look: Callable[[Walls], Iterator[Any]], visibility: str) -> list[Any]:
    """What one look sees; nothing of it stays."""
    made: list[Any] = []
    with transaction.atomic():
        Group.objects.filter(pk=walls.group.pk).update(visibility=visibility)
        try:
            made.extend(look(walls))
        except Exception as error:  # noqa: BLE001 - a fault may break the verbs themselves
            made.append(repr(type(error)))
        transaction.set_rollback(True)
    return made


def words(module: ModuleType, right: str, planted: str) -> Plant:
    """Plants another piece into the conditions of a post in a place."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        found = False
        for name in ("SIGNED_IN", "SIGNED_OUT", "NEWEST", "UNREACHED", "SETTLE"):
            text = getattr(module, name, "")
            if right in text:
                found = True
                patch.setattr(module, name, text.replace(right, planted))
        assert found, "the fault has no place to be planted in any more"

    return plant


SQL = placing
BLOCKED = f" AND {placing.BLOCKED} IS NULL"
FAULTS: dict[str, tuple[Callable[[Walls], Iterator[Any]], Plant]] = {
    "a block does not count": (of_sight, words(SQL, BLOCKED, "")),
    "who is signed in reads private groups": (of_sight, words(SQL, f"THEN {placing.READS}", "THEN true")),
    "authors out of standing stay": (of_sight, words(SQL, "{standing} = 'active'", "{standing} <> ''")),
    "members see what waits": (of_sight, words(SQL, placing.KEEPS, placing.INSIDE)),
    "who keeps the group sees what came back": (of_sight, words(SQL, "THEN {author} = {me}", f"THEN {placing.KEEPS}")),
    "who has left sees what is hidden": (of_sight, words(SQL, f"AND {placing.INSIDE} IS NOT NULL) END", ") END")),
    "signed out one reads private groups": (of_sight, words(SQL, f" AND {placing.OPEN}", "")),
    "signed out one reads closed people": (of_sight, words(SQL, "{visibility} = 0", "{visibility} >= 0")),
    "readers need not be inside": (of_sight, rewritten(sight, "readers", "!= Visibility.PUBLIC", "== ''")),
    "readers may be blocked": (of_sight, rewritten(sight, "readers", "if author is None", "if author")),
    "members read what waits": (of_sight, rewritten(sight, "readers_of", "role__gte=Role.MODERATOR", "role__gte=0")),
    "the blocked are counted": (of_reach, words(sight, "WHERE blocker_id = %(me)s", "WHERE blocker_id = 0")),
    "the author is counted": (of_reach, words(sight, "SELECT %(me)s::bigint\n", "SELECT 0::bigint\n")),
    "strangers answer": (of_answers, rewritten(seats, "may_answer", "is not None", "is None or True")),
    "what is hidden is answered": (
        of_answers,
        rewritten(seats, "may_answer", "post.place_state != PlaceState.SHOWN or", ""),
    ),
    "ended groups go on": (of_answers, rewritten(seats, "may_answer", "or not post.group.is_open", "")),
    "ended groups are edited": (of_answers, rewritten(seats, "may_change", "post.group.is_open and", "")),
    "private posts are passed on": (of_posting, rewritten(seats, "may_pass_on", "is not None and", "is None or")),
    "nothing waits": (of_posting, rewritten(posting, "state_of", "groups.waits(author, group) or", "")),
    "off topic is shown": (of_posting, rewritten(posting, "state_of", "or topics.is_outside(group, slugs)", "")),
    "keepers wait too": (of_posting, rewritten(posting, "state_of", "groups.may_keep(author, group)", "False")),
    "synonyms do not count": (of_posting, rewritten(topics, "_roots", '"same_as", "pk"', '"pk"')),
    "posts move": (of_posting, rewritten(posting, "stays_in_place", "post.page_id is not None", "True")),
    "changed words do not wait": (of_posting, rewritten(posting, "reworded", "!= PlaceState.SHOWN", "!= 9")),
    "anybody lets in": (of_queue, rewritten(queue, "let_in", "seats.keeps(by, row)", "True")),
    "anybody sends back": (of_queue, rewritten(queue, "refuse", "seats.keeps(by, row)", "True")),
    "it is dated when it was sent": (of_queue, rewritten(queue, "_show", "row if again else", "row if row else")),
    "nobody is too late": (of_queue, rewritten(queue, "expire", "- PATIENCE", "")),
    "who has left is let in": (
        of_queue,
        rewritten(queue, "let_in", "groups.role(row.author, row.group) is None", "False"),
    ),
    "anybody hides": (of_keeping, rewritten(keeping, "_kept", "seats.keeps(by, row) and", "")),
    "four stand first": (of_keeping, rewritten(keeping, "pin", ">= MOST_PINNED", "> MOST_PINNED")),
    "a ban leaves comments": (of_keeping, rewritten(banning, "_hide", "update(state=State.HIDDEN)", "count()")),
    "counters are left": (of_keeping, rewritten(banning, "_hide", "_settle(found.values())", "pass")),
    "lifting shows all": (
        of_keeping,
        rewritten(banning, "_show", "Held.objects.filter(ban=ban, ", "Held.objects.filter("),
    ),
    "lifting shows nothing": (
        of_keeping,
        rewritten(banning, "_show", "update(place_state=PlaceState.SHOWN)", "count()"),
    ),
    "the muted come home": (of_home, words(home, "p.author_id <> ALL(%(silent)s::bigint[])", "true")),
    "the blocked are new": (of_home, words(home, f" AND NOT {home.BLOCKED.format(author='p.author_id')}", "")),
    "who has left reads on": (of_home, words(home, home.INSIDE.format(me="%(me)s", group="place.id"), "1")),
    "what is hidden comes home": (of_home, words(home, "p.place_state = 0", "p.place_state >= 0")),
}


def looked_at(walls: Walls, look: Callable[[Walls], Iterator[Any]]) -> list[list[Any]]:
    """One look, where who reads is another matter in each visibility that it tells apart."""
    told_apart = (Visibility.PRIVATE, Visibility.PUBLIC) if look in (of_sight, of_answers) else (Visibility.PRIVATE,)
    return [observe(walls, look, each) for each in told_apart]


@pytest.mark.parametrize("look", LOOKS)
def test_without_a_fault_it_is_always_the_same(cast: Cast, look: Callable[[Walls], Iterator[Any]]) -> None:
    walls = make_walls(cast)
    assert looked_at(walls, look) == looked_at(walls, look)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_seen(cast: Cast, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    look, plant = FAULTS[fault]
    walls = make_walls(cast)
    right = looked_at(walls, look)
    plant(monkeypatch)
    rewrite()
    assert looked_at(walls, look) != right
