"""Packed, loaded into an empty community and packed again is the same; and an archive holds nobody else's."""

import csv
import io
import random
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from collegium.accounts.models import User
from collegium.feed import actions as feed
from collegium.feed.expiry import actions as expiry
from collegium.feed.models import Expiry, Facet, Mix, Post, Side, Wanted, WantedSide
from collegium.feed.places import topics
from collegium.feed.ranking import actions as ranking
from collegium.feed.ranking import weights
from collegium.feed.selecting import Choice
from collegium.feed.sides import actions as sides
from collegium.groups.actions import founding
from collegium.groups.actions.founding import Charter
from collegium.groups.models import Membership
from collegium.lib import clock
from collegium.members.models import Member
from collegium.occasions import actions as occasions
from collegium.occasions.models import Occasion
from collegium.organizations.models import Organization
from collegium.polls.models import Poll, Vote
from collegium.portability.load import load_bundle
from collegium.portability.packing.packed import packed
from collegium.portability.packing.tables import tables
from collegium.portability.tests import bundles
from collegium.testing.cast import Cast, client_of

pytestmark = pytest.mark.django_db
Rows = dict[str, list[dict[str, str]]]
KEYS = {"post": "posts", "member": "members", "author": "members", "reader": "members", "facet": "facets"}
KEYS |= {"group": "groups", "owner": "members"}


def read(data: bytes) -> Rows:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {
            name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(archive.read(name).decode(), newline="")))
            for name in archive.namelist()
            if name.endswith(".csv")
        }


NOTHING = {"comments": "key,post,author,body\n", "reactions": "member,target_kind,target\n"}


def canonical(data: bytes) -> dict[str, list[Any]]:
    """The tables with keys that say what a row is, in an order that does not depend on keys."""
    found = read(data)
    called = {"members": {row["key"]: row["handle"] for row in found["members"]}}
    called["facets"] = {
        row["key"]: f"{called['members'][row['member']]}/{row['name']}" for row in found.get("facets", [])
    }
    called["groups"] = {row["key"]: row["handle"] for row in found.get("groups", [])}
    called["posts"] = {row["key"]: f"{row['created_at']} {row['body']}" for row in found.get("posts", [])}
    for name, rows in found.items():
        for row in rows:
            for column, other in (KEYS | {"own_facet": "facets"}).items():
                if row.get(column) and not (name == "posts" and column == "facet"):
                    row[column] = called[other].get(row[column], row[column])
            if "key" in row:
                row["key"] = called[name][row["key"]]
    return {name: sorted(tuple(row.items()) for row in rows) for name, rows in found.items()}


def pack_all() -> bytes:
    return packed("a test", tables(Member.objects.all()))


def say(author: Member, body: str, **more: Any) -> Post:
    post = feed.post(author, body, **more)
    return Post.objects.get(pk=post.pk)


def ask(post: Post, answers: list[str], days: float, votes: dict[Member, int]) -> Poll:
    Post.objects.filter(pk=post.pk).update(has_parts=True)
    ends_at = (clock.now() + timedelta(days=days)).replace(microsecond=123_000)
    poll = Poll.objects.create(post=post, answers=answers, ends_at=ends_at, told=days < 0)
    Vote.objects.bulk_create(Vote(poll=poll, member=member, place=place) for member, place in votes.items())
    if votes:
        Poll.objects.filter(pk=poll.pk).update(first_vote_at=clock.now().replace(microsecond=7_000))
    return poll


def fill(cast: Cast, seed: int) -> None:
    """Some of everything, by chance."""
    chance = random.Random(seed)
    people = [cast.ada, cast.bo, cast.cy, cast.di, cast.flo]
    Organization.objects.get_or_create(name="Bridge Works", handle="bridge-works")
    own = [sides.found(one, name, chance.choice(Facet.values)) for one in people[:3] for name in ("Choir", "Übung; é")]
    for number in range(12):
        author = chance.choice(people)
        mine = [side for side in own if side.owner_id == author.pk]
        post = say(
            author, f'Words "{number}", =1+1\nand #ponds', audience=chance.randrange(5),
            facet=chance.choice(Facet.values), side=chance.choice([None, *mine]),
        )  # fmt: skip
        if chance.random() < 0.5:
            voters = [one for one in people if one != author and chance.random() < 0.5]
            answers = ["Yes", "No, 100 %", "Ça va"][: chance.choice([2, 3])]
            ask(post, answers, chance.choice([-2, 3]), {one: chance.randrange(2) for one in voters})
        if chance.random() < 0.5:
            kind = chance.choice(Occasion.Kind.values)
            what = "Keeper" if kind in ("role", "volunteering", "learned") else ""
            years = chance.randrange(1, 70) if kind == "anniversary" else None
            occasions.celebrate(post, by=author, kind=kind, what=what, name="Bridge Works", years=years)
            Post.objects.filter(pk=post.pk).update(has_parts=True)
    gather(cast, people, chance)
    for one in people:
        Mix.objects.update_or_create(
            member=one, defaults={"sides": chance.choice(Mix.Sides.values), "one_in": chance.randrange(1, 9)}
        )
        if chance.random() < 0.7:
            ranking.weigh({name: chance.randrange(11) for name in weights.DEFAULT}, by=one)
            ranking.choose(chance.choice(Mix.View.values), by=one)
            expiry.set_rule(
                one, days=chance.randrange(1, 9999), loved=chance.choice([None, 4]), discussed=chance.choice([None, 9]),
                **{f"keeps_{name}": chance.random() < 0.5 for name in ("pinned", "saved", "articles", "brought")},
            )  # fmt: skip
        for other in people:
            if other != one and chance.random() < 0.4:
                Wanted.objects.create(
                    reader=one, author=other, professional=chance.random() < 0.5, personal=chance.random() < 0.5
                )
        for side in own:
            if side.owner_id != one.pk and chance.random() < 0.4:
                WantedSide.objects.create(reader=one, side=side, wanted=chance.random() < 0.5)


def gather(cast: Cast, people: list[Member], chance: random.Random) -> None:
    """Groups of some of them, of every visibility, with posts that are there, wait and are hidden."""
    for number in range(4):
        owner = chance.choice(people)
        how = {"public": "open", "private": "request", "unlisted": "invitation"}
        seen = chance.choice(list(how))
        rules = chance.choice(["", "Be kind,\nand brief."])
        charter = Charter(
            name=f'Group "{number}"', line="Één; line", rules=rules, visibility=seen, joining=how[seen],
            approving=chance.random() < 0.5, members_invite=chance.random() < 0.5, place="Delft",
        )  # fmt: skip
        group = founding.found(owner, charter)
        topics.name(group, ["ponds", "old-bridges"], on_topic=chance.random() < 0.5, by=owner)
        for member in people:
            if member != owner and chance.random() < 0.6:
                Membership.objects.create(
                    member=member, group=group, role=chance.randrange(4), at_home=chance.random() < 0.5,
                    agreed_at=chance.choice([None, clock.now()]), reachable=chance.random() < 0.5,
                )  # fmt: skip
        for state in (0, 0, 1, 2):
            post = say(owner, f"In a group, {number} {state} #ponds", choice=Choice(group=group))
            Post.objects.filter(pk=post.pk).update(place_state=state)


def forget_everybody() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE accounts_user, members_member, groups_group CASCADE")
    assert not Post.objects.exists()
    Organization.objects.get_or_create(name="Bridge Works", handle="bridge-works")


@pytest.mark.parametrize("seed", range(6))
def test_round_trip_is_equal(cast: Cast, tmp_path: Path, seed: int) -> None:
    fill(cast, seed)
    first = pack_all()
    target = tmp_path / "all.zip"
    target.write_bytes(first)
    forget_everybody()
    report = load_bundle(target)
    assert report.loaded, report.lines()
    assert not report.unknown
    assert canonical(pack_all()) == canonical(first)
    assert set(Poll.objects.values_list("told", "post__has_parts")) <= {(True, True), (False, True)}
    assert not Poll.objects.filter(told=False, ends_at__lte=clock.now()).exists()
    assert Occasion.objects.filter(organization__name="Bridge Works").count() == Occasion.objects.count()
    after = canonical(pack_all())
    again = load_bundle(target)
    assert again.loaded
    assert not sum(again.added.values())
    assert canonical(pack_all()) == after


def test_what_was_ended_here_does_not_begin_again(cast: Cast, tmp_path: Path) -> None:
    fill(cast, 1)
    target = tmp_path / "all.zip"
    target.write_bytes(pack_all())
    forget_everybody()
    load_bundle(target)
    Expiry.objects.all().delete()
    Wanted.objects.all().delete()
    WantedSide.objects.all().delete()
    Side.objects.all().delete()
    load_bundle(target)
    for model in (Expiry, Wanted, WantedSide, Side):
        assert not model.objects.exists(), model


def archive_of(member: Member) -> bytes:
    response = client_of(member).get("/settings/take-along/archive/")
    assert response.status_code == 200
    return response.content


def test_one_takes_along_what_is_ones_own(cast: Cast, tmp_path: Path) -> None:
    fill(cast, 2)
    data = archive_of(cast.ada)
    mine = str(cast.ada.pk)
    found = read(data)
    assert [row["key"] for row in found["members"]] == [mine]
    assert {row["author"] for row in found["posts"]} == {mine}
    assert len([row for row in found["posts"] if not row["group"]]) == cast.ada.posts.filter(group=None).count()
    assert {row["member"] for row in found.get("group_members", [])} <= {mine}
    assert all(row["role"] == "owner" for row in found.get("group_members", []))
    assert {row["member"] for row in found["facets"]} == {mine}
    assert "read_sides" not in found
    others = set(User.objects.exclude(pk=cast.ada.user_id).values_list("email", flat=True))
    assert not [address for address in others if address in str(found)]
    target = tmp_path / "mine.zip"
    target.write_bytes(data)
    before = canonical(data)
    forget_everybody()
    report = load_bundle(target)
    assert report.loaded, report.lines()
    after = canonical(packed("x", tables(Member.objects.all())))
    assert after == {name: rows for name, rows in before.items() if name in after}
    assert set(before) - set(after) <= {"results", "group_posts", "other_votes", "other_sides", "other_facets"}
    assert set(report.unknown) == {f"{name}.csv" for name in set(before) - set(after)}


AUTHORS = {"bo": True, "cy": True, "di": True, "ed": False, "eve": False, "gus": False}


@pytest.mark.parametrize(("author", "there"), AUTHORS.items())
def test_votes_and_choices_only_of_whom_one_sees_now(cast: Cast, author: str, there: bool) -> None:
    them = getattr(cast, author)
    side = sides.found(cast.bo, "Choir", "personal") if author == "bo" else None
    if side is None:
        side = Side.objects.create(owner=them, name="Choir", facet="personal")
    post = Post.objects.create(
        author=them, body="Which bridge?", html="", audience=0, facet="personal", side=side, has_parts=True
    )
    ask(post, ["Old", "New"], 3, {cast.ada: 1})
    Wanted.objects.create(reader=cast.ada, author=them, professional=True, personal=True)
    WantedSide.objects.create(reader=cast.ada, side=side, wanted=True)
    found = read(archive_of(cast.ada))
    assert [row["mine"] for row in found.get("other_votes", [])] == (["no", "yes"] if there else [])
    assert [row["name"] for row in found.get("other_sides", [])] == ([them.name] if there else [])
    assert [row["facet"] for row in found.get("other_facets", [])] == (["Choir"] if there else [])


def test_results_of_ones_own_polls_without_names(cast: Cast) -> None:
    ask(say(cast.ada, "Which?", audience=0), ["Old", "New"], 3, {cast.bo: 1, cast.cy: 1})
    found = read(archive_of(cast.ada))
    assert [(row["answer"], row["votes"]) for row in found["results"]] == [("Old", "0"), ("New", "2")]
    assert "votes" not in found


def test_named_audiences_narrow_and_hours_end(cast: Cast) -> None:
    say(cast.ada, "Gone soon", audience=1, ends_at=clock.now() + timedelta(hours=1))
    post = say(cast.ada, "But not Bo", audience=1)
    Post.objects.filter(pk=post.pk).update(selection=1)
    assert [(row["body"], row["audience"]) for row in read(archive_of(cast.ada))["posts"]] == [
        ("But not Bo", "only_me")
    ]


def test_signed_out_goes_to_the_door(cast: Cast) -> None:
    for path in ("/settings/take-along/", "/settings/take-along/archive/"):
        assert client_of(None).get(path).status_code == 302
    assert "download" in client_of(cast.ada).get("/settings/take-along/").content.decode()


WRONG = [
    ("polls", "post,answers,ends_at\np,One,2022-02-01T00:00:00Z\n", "answers has 1 answers"),
    ("polls", 'post,answers,ends_at\np,"A\na",2022-02-01T00:00:00Z\n', "the same answer twice"),
    ("polls", 'post,answers,ends_at\np,"A\nB",2999-02-01T00:00:00Z\n', "in the future"),
    ("polls", 'post,answers,ends_at\nnone,"A\nB",2022-02-01T00:00:00Z\n', "post refers to 'none'"),
    ("votes", "member,post,answer\nb,p,3\n", "for none of the answers"),
    ("votes", "member,post,answer\na,p,1\n", "has no vote"),
    ("votes", "member,post,answer\na,r,1\n", "without a poll"),
    ("votes", "member,post,answer\nb,p,1\nb,p,2\n", "same poll as line 2"),
    ("occasions", "post,kind,what\np,role,\n", "what: Which role is it"),
    ("occasions", "post,kind,years,organization_name\np,anniversary,71,X\n", "from 1 to 70"),
    ("facets", "key,member,name\nf,a,Personal\n", "one of the two sides"),
    ("facets", "key,member,name\nf,a,Choir\ng,a,choir\n", "already"),
    ("facets", "key,member,name\n" + "".join(f"f{n},a,Side {n}\n" for n in range(9)), "8 facets already"),
    ("reading", "member,weights\na,nonsense=3\n", "weights holds"),
    ("reading", "member,one_in\na,0\n", "from 1 to 100"),
    ("reading", "member\na\na\n", "says the same as line 2"),
    ("read_sides", "reader,author\na,a\n", "of herself"),
    ("old_posts", "member,days\na,0\n", "days is '0'"),
]


@pytest.mark.parametrize(("file", "text", "said"), WRONG)
def test_what_is_wrong_is_said(tmp_path: Path, file: str, text: str, said: str) -> None:
    polls = {"polls": 'post,answers,ends_at\np,"A\nB",2022-02-01T00:00:00Z\n'}
    report = load_bundle(bundles.write(tmp_path, **(polls | {file: text})))
    assert not report.loaded
    assert said in str(report.problems[0]), report.problems
    assert load_bundle(tmp_path, skip_bad=True).loaded


def test_a_facet_is_its_authors_and_one_that_is_here_is_found(cast: Cast, tmp_path: Path) -> None:
    facets = "key,member,name,side\nf,b,Choir,personal\n"
    posts = "key,author,own_facet,facet,body\n1,a,f,professional,Words\n"
    report = load_bundle(bundles.write(tmp_path, facets=facets, posts=posts, **NOTHING))
    assert "own_facet is somebody else" in str(report.problems[0])
    good = {"facets": facets, "posts": posts.replace("1,a", "1,b")} | NOTHING
    assert load_bundle(bundles.write(tmp_path, **good)).loaded
    assert set(Post.objects.values_list("body", "facet", "side__name")) == {("Words", "personal", "Choir")}
    other = bundles.write(tmp_path / "other", source="another", **good)
    assert load_bundle(other).loaded
    assert Side.objects.count() == 1
