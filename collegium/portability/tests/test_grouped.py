"""Groups of a bundle: who is in them in which role, what was said in them, who reads it; twice is once."""

from pathlib import Path

import pytest

from collegium.audience.rule import IN_PLACE
from collegium.audience.viewer import Viewer
from collegium.feed.models import Comment, Post, Reaction
from collegium.feed.places import topics
from collegium.groups.models import Ban, Group, Membership, Role
from collegium.groups.rules import may_post
from collegium.members.models import Member
from collegium.organizations.models import Organization
from collegium.portability import shelf
from collegium.portability.load import load_bundle
from collegium.portability.models import Kept, LoadedKey, LoadedTies
from collegium.portability.tests import bundles
from collegium.portability.tests.test_load import assert_counts_are_right

pytestmark = pytest.mark.django_db
WHOLE = """key,name,visibility,owner,created_at,handle,line,rules,joining,approving,topics,on_topic,ended_at
g,Quiet rivers,private,b,2021-01-01T00:00:00Z,rivers,A line,Be kind.,invitation,yes,dams;Old Bridges,yes,
h,Loud rivers,public,a,,,,,,,,,2024-01-01T00:00:00Z
u,Hidden rivers,unlisted,c,,,,,,,,,
"""
SEATS = """group,member,role,joined_at,agreed_at,at_home,in_digest,reachable
g,a,moderator,2021-02-02T02:02:02.500Z,2022-01-01T00:00:00Z,no,no,no
g,b,member,,,,,
h,c,manager,,,,,
"""


def test_groups_are_as_the_bundle_says(tmp_path: Path) -> None:
    report = load_bundle(bundles.write(tmp_path, groups=WHOLE, group_members=SEATS))
    assert report.loaded, report.lines()
    assert (report.added["groups.csv"], report.added["group_members.csv"]) == (3, 3)
    quiet, loud, hidden = (Group.objects.get(name=f"{word} rivers") for word in ("Quiet", "Loud", "Hidden"))
    assert (quiet.handle, quiet.line, quiet.rules, quiet.joining, quiet.approving) == (
        "rivers", "A line", "Be kind.", "invitation", True,
    )  # fmt: skip
    assert quiet.founded_at.isoformat() == "2021-01-01T00:00:00+00:00"
    assert quiet.rules_at == quiet.founded_at
    assert [each.slug for each in topics.of(quiet)] == ["dams", "old-bridges"]
    assert (loud.joining, loud.is_open, loud.rules_at, hidden.joining) == ("open", False, None, "invitation")
    assert [group.member_count for group in (quiet, loud, hidden)] == [2, 2, 1]
    ada, bo, third = Member.objects.order_by("id")
    roles = set(Membership.objects.values_list("group__name", "member__handle", "role"))
    assert roles == {
        ("Quiet rivers", ada.handle, Role.MODERATOR), ("Quiet rivers", bo.handle, Role.OWNER),
        ("Loud rivers", ada.handle, Role.OWNER), ("Loud rivers", third.handle, Role.MANAGER),
        ("Hidden rivers", third.handle, Role.OWNER),
    }  # fmt: skip
    mine = Membership.objects.get(group=quiet, member=ada)
    assert mine.since.isoformat() == "2021-02-02T02:02:02.500000+00:00"
    assert not any((mine.at_home, mine.in_digest, mine.reachable))
    # Nobody has accepted rules here for her, unless the bundle says that she did.
    assert (may_post(ada, quiet), may_post(bo, quiet)) == (True, False)


def test_what_is_said_in_a_group_is_read_by_its_readers(tmp_path: Path) -> None:
    load_bundle(bundles.write(tmp_path))
    ada, bo, third = Member.objects.order_by("id")
    post = Post.objects.get(body="Only for the group")
    assert (post.audience, post.facet, post.group.name, post.comment_count, post.reaction_count) == (
        IN_PLACE, "professional", "Quiet rivers", 1, 1,
    )  # fmt: skip
    seen = [Post.objects.visible_to(Viewer(who)).filter(pk=post.pk).exists() for who in (ada, bo, third, None)]
    assert seen == [True, True, False, False]
    assert Comment.objects.get(body="Inside").post == post
    assert Reaction.objects.filter(post=post).count() == 1
    assert_counts_are_right()


def test_who_left_a_group_or_is_kept_out_does_not_come_in_again(tmp_path: Path) -> None:
    bundle = bundles.write(tmp_path, groups=WHOLE, group_members=SEATS)
    load_bundle(bundle)
    ada, bo, third = Member.objects.order_by("id")
    quiet, loud = (Group.objects.get(name=f"{word} rivers") for word in ("Quiet", "Loud"))
    Membership.objects.filter(member=ada, group=quiet).delete()
    Group.objects.get(name="Hidden rivers").delete()
    Ban.objects.create(group=quiet, member=third, by=bo, until=None)
    again = bundles.write(tmp_path / "more", groups=WHOLE, group_members=SEATS + "g,c,member,,,,,\nh,b,member,,,,,\n")
    report = load_bundle(again)
    assert report.loaded, report.lines()
    assert report.added["groups.csv"] == 0
    assert set(Membership.objects.values_list("group", "member")) == {
        (quiet.pk, bo.pk), (loud.pk, ada.pk), (loud.pk, third.pk), (loud.pk, bo.pk),
    }  # fmt: skip
    assert not Group.objects.filter(name="Hidden rivers").exists()
    assert [Group.objects.get(pk=each.pk).member_count for each in (quiet, loud)] == [1, 3]


def test_a_group_of_somebody_who_has_left_stays_away_with_what_was_said_in_it(tmp_path: Path) -> None:
    load_bundle(bundles.write(tmp_path, {"members.csv": bundles.GOOD["members.csv"]}))
    Member.objects.get(handle="bo-test").user.delete()
    report = load_bundle(bundles.write(tmp_path / "more"))
    assert report.loaded, report.lines()
    assert (report.gone["groups.csv"], Group.objects.count()) == (1, 0)
    assert not Post.objects.filter(audience=IN_PLACE).exists()


def test_addresses_that_are_taken_give_way(tmp_path: Path) -> None:
    Group.objects.create(handle="rivers", name="Here before")
    load_bundle(bundles.write(tmp_path, groups=WHOLE, group_members=SEATS))
    assert Group.objects.get(name="Quiet rivers").handle == "rivers-2"


def test_what_earlier_loads_kept_comes_in(tmp_path: Path) -> None:
    load_bundle(bundles.write(tmp_path, {"members.csv": bundles.GOOD["members.csv"]}))
    ada, bo, _third = Member.objects.order_by("id")

    def keep(shelf_of: str, key: str, member: Member | None, remembered: str = "", **data: object) -> int:
        row = Kept.objects.create(source="a test", kind=shelf_of, key=key, member=member, data=data)
        if remembered:
            LoadedKey.objects.create(source="a test", kind=remembered, key=key, row=-row.pk)
        return -row.pk

    group = keep("groups", "g", None, "groups", name="Quiet rivers", visibility="private", owner=bo.pk)
    keep("group_members", "m", ada, group=group, role="member", joined_at=1_600_000_000_000)
    post = keep(
        "group_posts", "q", bo, "posts", group=group, audience="members", facet="personal", body="Hello @ada-test",
        topics=["dams"], created_at=1_641_031_200_000,
    )  # fmt: skip
    first = keep("group_comments", "c4", ada, "comments", post=post, parent=None, body="Inside")
    keep("group_comments", "c5", bo, "comments", post=post, parent=first, body="Below")
    keep("group_reactions", "r", ada, target=post, target_kind="post", kind="like")
    assert shelf.take_over() == 6
    assert shelf.take_over() == 0
    said = Post.objects.get(group__name="Quiet rivers")
    assert (said.author, said.audience, said.comment_count, said.reaction_count) == (bo, IN_PLACE, 2, 1)
    assert 'href="/in/ada-test/"' in said.html
    assert Comment.objects.get(body="Below").parent.body == "Inside"
    assert dict(Membership.objects.values_list("member__handle", "role")) == {"ada-test": 0, "bo-test": 3}
    assert not Kept.objects.exists()
    assert LoadedTies.objects.filter(kind=LoadedTies.Kind.MEMBERSHIP).count() == 2
    assert_counts_are_right()
    again = load_bundle(bundles.write(tmp_path / "again"))
    assert again.loaded, again.lines()
    assert (again.already["groups.csv"], Group.objects.count(), Post.objects.filter(group__isnull=False).count()) == (
        1,
        1,
        1,
    )


def test_a_kept_group_whose_owner_left_goes_to_the_next_in_line(tmp_path: Path) -> None:
    load_bundle(bundles.write(tmp_path, {"members.csv": bundles.GOOD["members.csv"]}))
    ada, bo, third = Member.objects.order_by("id")
    for key in ("g", "alone"):
        row = Kept.objects.create(source="a test", kind="groups", key=key, data={"name": key, "owner": third.pk})
        if key == "g":
            for member, role in ((ada, "member"), (bo, "manager")):
                Kept.objects.create(
                    source="a test",
                    kind="group_members",
                    key=role,
                    member=member,
                    data={"group": -row.pk, "role": role},
                )
    third.user.delete()
    shelf.take_over()
    assert dict(Membership.objects.values_list("member", "role")) == {ada.pk: 0, bo.pk: 3}
    assert Group.objects.get().name == "g"


def test_organizations_say_what_they_do(tmp_path: Path) -> None:
    text = "key,name,industry,size,founded,places\no,Bridge Works,energy,11-50,1910,Delft;Porto\n"
    load_bundle(bundles.write(tmp_path, organizations=text))
    found = Organization.objects.get(name="Bridge Works")
    assert (found.industry, found.size, found.founded, found.places) == ("energy", "11-50", 1910, ["Delft", "Porto"])
    assert not found.is_page
