"""What the tests of this room begin with: people who had to do with each other, at chance but repeatably."""

from random import Random
from typing import Any

from django.db import connection

from collegium.career import actions as career
from collegium.feed import actions as feed
from collegium.feed.models import Comment, Post
from collegium.lib.refusal import Conflict, Refusal
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.testing.cast import connect, make_member
from collegium.ties.models import Distance
from collegium.vouching import actions as vouching
from collegium.vouching.models import Relationship

KINDS = ("like", "celebrate", "insightful")


def people(count: int, *, around: Member | None = None) -> list[Member]:
    """So many people, connected with one of them if asked."""
    made = [make_member(f"Person {number:02}") for number in range(count)]
    if around is not None:
        for person in made:
            connect(person, around)
    return made


def tied_at_once(owner: Member, others: list[Member]) -> None:
    """Connect the owner with many, as a bundle brings them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ties_connection (member_id, other_id, since) SELECT x.a, x.b, now() FROM"
            " (SELECT %(me)s::bigint a, unnest(%(o)s::bigint[]) b UNION ALL SELECT unnest(%(o)s::bigint[]), %(me)s) x",
            {"me": owner.pk, "o": [other.pk for other in others]},
        )
        cursor.execute(
            "UPDATE members_member m SET connection_count ="
            " (SELECT count(*) FROM ties_connection c WHERE c.member_id = m.id)"
        )


def live(chance: Random, everybody: list[Member], steps: int = 60) -> None:
    """Things that people do, each through its verb; what is refused does not happen."""
    for member in everybody:
        career.add_skills(member, ["Python", "Dams"])
    for _step in range(steps):
        one, other = chance.sample(everybody, 2)
        try:
            chance.choice(DEEDS)(chance, one, other)
        except (Refusal, Conflict):
            continue


def _post(chance: Random, one: Member, other: Member) -> None:
    body = f"Hello @{other.handle}" if chance.random() < 0.4 else "Seals fail at 4 °C."
    feed.post(one, body, audience=chance.choice([1, 2, 3, 3, 4]))


def _any_post(chance: Random, by: Member) -> Post | None:
    rows = list(Post.objects.filter(author=by).order_by("pk"))
    return chance.choice(rows) if rows else None


def _comment(chance: Random, one: Member, other: Member) -> None:
    if (post := _any_post(chance, other)) is not None:
        above = list(Comment.objects.filter(post=post).order_by("pk"))
        parent = chance.choice([None, *above])
        body = f"Ask @{other.handle}" if chance.random() < 0.2 else "Which one?"
        feed.comment(post, body, by=one, parent=parent)


def _reply(chance: Random, one: Member, other: Member) -> None:
    rows = list(Comment.objects.filter(author=other).order_by("pk"))
    if rows:
        said = chance.choice(rows)
        feed.comment(said.post, "Yes.", by=one, parent=said)


def _react(chance: Random, one: Member, other: Member) -> None:
    things: list[Any] = [*Post.objects.filter(author=other), *Comment.objects.filter(author=other)]
    if things:
        feed.react(chance.choice(sorted(things, key=lambda row: row.pk)), chance.choice(KINDS), by=one)


def _delete(chance: Random, one: Member, other: Member) -> None:
    rows = list(Comment.objects.filter(author=one).order_by("pk"))
    if rows and chance.random() < 0.5:
        feed.delete_comment(chance.choice(rows), by=one)
    elif (post := _any_post(chance, one)) is not None and chance.random() < 0.3:
        feed.delete_post(post, by=one)


def _endorse(chance: Random, one: Member, other: Member) -> None:
    holding = other.holdings.order_by("pk").first()
    if holding is not None:
        vouching.endorse(holding, by=one)
        if chance.random() < 0.3:
            vouching.hide(holding.endorsements.get(giver=one), by=other)


def _recommend(chance: Random, one: Member, other: Member) -> None:
    words = vouching.write(one, other, relationship=Relationship.MANAGER, body="She found the fault.")
    if chance.random() < 0.6:
        vouching.approve(words, by=other, version=words.version)


def _follow(chance: Random, one: Member, other: Member) -> None:
    network.follow(one, other)


def _distance(chance: Random, one: Member, other: Member) -> None:
    Distance.objects.update_or_create(member=one, other=other, defaults={"rung": chance.choice([1, 2, 3])})


DEEDS = [_post, _post, _comment, _comment, _reply, _react, _react, _delete, _endorse, _recommend, _follow, _distance]
