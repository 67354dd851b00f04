"""The number said before posting is the number of accounts that get the post, wherever it can be got, and none else.

Brute force over generated networks: for every member, and for somebody signed out, every place is asked in turn: home,
the count of new posts, the post's page and its fragments, the address of its picture, the lists of posts, what is kept,
the page of a topic, the notification of whom it names, and the pokes of open pages. Posts are searched nowhere but
among those one keeps.
"""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collegium.audience.rule import NONE
from collegium.feed import actions, notices, selecting, timeline
from collegium.feed.models import Facet, Mix, Post
from collegium.feed.selecting import Choice
from collegium.graph.tests.networks import MOST, make, networks
from collegium.journal.models import Entry
from collegium.journal.tasks import tell
from collegium.lib import clock
from collegium.members.models import Member
from collegium.notifications.models import Notification
from collegium.pictures import actions as pictures
from collegium.pictures.models import Picture
from collegium.pictures.tests.helping import picture_of
from collegium.realtime.models import Line, Poke
from collegium.testing.cast import client_of
from collegium.ties.models import Circle, Circling, Distance, Follow

HX = {"HX-Request": "true"}
CANARY = "canary-3v3ry"
some = st.sets(st.integers(0, MOST - 1), max_size=4)
seldom = settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.django_db
@seldom
@given(networks, st.integers(0, 4), st.booleans(), some, some, some, st.sampled_from(list(Facet)))
def test_who_was_promised_gets_it_and_nobody_else(
    network: dict[str, Any], level: int, only: bool, named: set[int], circled: set[int], left: set[int], facet: Facet
) -> None:
    with transaction.atomic():
        keys = make(network)
        author = Member.objects.filter(pk__in=keys, standing="active").order_by("pk").first()
        if author is not None:
            _everywhere(author, keys, facet, _choice(author, keys, level, only, named, circled, left))
        transaction.set_rollback(True)


def _choice(author: Member, keys: list[int], level: int, only: bool, *picked: set[int]) -> Choice:
    """An audience of this author, as far as she may choose it."""
    others = [key for key in keys if key != author.pk]
    named, circled, left = (tuple(others[place] for place in sorted(each) if place < len(others)) for each in picked)
    circle = Circle.objects.create(owner=author, name="Crew")
    Circling.objects.bulk_create(Circling(circle=circle, person_id=key) for key in circled)
    return Choice(level, only, named, (circle.pk,), left)


def _everywhere(author: Member, keys: list[int], facet: str, choice: Choice) -> None:
    members = list(Member.objects.filter(pk__in=keys, standing="active").select_related("user"))
    now = clock.now()
    for member in members:
        if member != author:
            Follow.objects.get_or_create(follower=member, followee=author)
        Mix.objects.create(member=member, sides=Mix.Sides.BOTH)
    Line.objects.bulk_create(Line(member_id=key, since=now, seen_at=now) for key in keys)
    row = Post.objects.create(
        author=author, body="", has_parts=True, audience=choice.audience, selection=choice.selection, facet=facet
    )
    selecting.keep(row, choice)
    proof = selecting.proof(author, choice, facet)
    promised = {author.pk}
    if choice.audience < 4:
        promised |= set(selecting.seen_by(author, choice, facet).values_list("pk", flat=True))
    assert proof.count == len(promised) - 1
    picture = picture_of(author)
    pictures.hang(row, [(picture, "what it shows")], by=author)
    everybody = " ".join(f"@{handle}" for handle in Member.objects.filter(pk__in=keys).values_list("handle", flat=True))
    actions.edit_post(row, by=author, body=f"{CANARY} #delft {everybody}")
    Entry.objects.exclude(subject=row.pk).delete()
    for entry in Entry.objects.filter(subject=row.pk).order_by("pk"):
        tell(entry=entry.pk)
    notices.posted(Entry(pk=1, kind="feed.posted", actor=author.pk, subject=row.pk, data={"mentioned": []}))
    picture = Picture.objects.get(pk=picture.pk)
    for member in members:
        reading = _reads(member, author, facet)
        _one(member, row, picture, sees=member.pk in promised, reads=reading)
    _signed_out(row, picture, sees=proof.outside)
    got = set(Poke.objects.filter(topic="feed").values_list("member_id", flat=True))
    asking = {member.pk for member in members if _asks(member, author, facet)}
    assert got == (promised & asking) - {author.pk}
    told = dict(Notification.objects.filter(kind="mentioned").values_list("recipient_id", "subject"))
    deaf = set(Distance.objects.filter(other=author, rung=Distance.Rung.RESTRICTED).values_list("member_id", flat=True))
    named = set(row.mentions.values_list("member_id", flat=True))
    assert told == dict.fromkeys((promised & named) - deaf - {author.pk}, row.pk)


def _reads(member: Member, author: Member, facet: str) -> bool:
    """Whether she reads this author at home, from this side: distance alone keeps her from it, for all follow."""
    people = timeline.people_of(member)
    return author.pk in people.near and not (facet == Facet.PERSONAL and people.personal.get(author.pk) == NONE)


def _asks(member: Member, author: Member, facet: str) -> bool:
    rung = Distance.objects.filter(member=member, other=author).values_list("rung", flat=True).first()
    return not (facet == Facet.PERSONAL and rung == Distance.Rung.WORK_ONLY)


def _one(member: Member, row: Post, picture: Picture, *, sees: bool, reads: bool) -> None:
    """Every place, through the eyes of one member."""
    browser = client_of(member)
    fine, at_home = (200 if sees else 404), sees and (reads or member.pk == row.author_id)
    fresh = browser.get(f"/posts/fresh/?since={row.pk - 1}", headers=HX).content.decode()
    assert ("1 new post" in fresh) == at_home, member
    assert (CANARY in browser.get("/").content.decode()) == at_home, member
    assert browser.get(row.path).status_code == fine, member
    for part in ("", "?part=acts", "?part=thread"):
        assert browser.get(f"{row.path}{part}", headers=HX).status_code == fine, (member, part)
    assert browser.get(picture.small).status_code == fine, member
    assert browser.post(f"{row.path}saving/").status_code == (302 if sees else 404)
    assert (CANARY in browser.get("/posts/saved/?q=delft").content.decode()) == sees, member
    written = browser.get(f"/in/{row.author.handle}/posts/?side={row.facet}")
    assert (CANARY in written.content.decode()) == (sees and written.status_code == 200), member
    topic = browser.get("/topics/delft/?sides=all").content.decode()
    assert (CANARY in topic) == sees, member
    assert CANARY not in browser.get(f"/search/?q={CANARY}x").content.decode().replace(f"{CANARY}x", ""), member


def _signed_out(row: Post, picture: Picture, *, sees: bool) -> None:
    browser, fine = Client(), 200 if sees else 404
    assert browser.get(row.path).status_code == fine
    assert browser.get(picture.small).status_code == fine
    listed = browser.get(f"/in/{row.author.handle}/posts/?side={row.facet}").content.decode()
    assert (CANARY in listed) == sees
