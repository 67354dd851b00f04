"""Loading a bundle: all of it, once and never twice, with every count right."""

from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection

from collegium.accounts.models import User
from collegium.career.models import Holding, Item
from collegium.feed.models import Comment, Mention, Post, Reaction, Topic
from collegium.journal.models import Entry
from collegium.members.models import Member
from collegium.notifications.models import Notification
from collegium.organizations.models import Organization
from collegium.portability.load import load_bundle
from collegium.portability.models import Kept
from collegium.portability.tests import bundles
from collegium.skills.models import Skill
from collegium.ties.models import Block, Connection, Follow, Invitation

pytestmark = pytest.mark.django_db

CAREERS = (Organization, Item, Skill, Holding)
TABLES = (Member, User, EmailAddress, Connection, Follow, Post, Comment, Reaction, Mention, Topic, Kept, *CAREERS)


def rows() -> list[list[tuple]]:
    return [sorted(model.objects.values_list(), key=repr) for model in TABLES]


COUNTS = {
    "feed_post": {
        "comment_count": "feed_comment WHERE post_id = t.id AND state = 0",
        "reaction_count": "feed_reaction WHERE post_id = t.id",
    },
    "feed_comment": {"reaction_count": "feed_reaction WHERE comment_id = t.id"},
    "members_member": {
        "connection_count": "ties_connection WHERE member_id = t.id",
        "follower_count": "ties_follow WHERE followee_id = t.id",
    },
}
ONE_SIDED = """
    SELECT count(*) FROM ties_connection c WHERE NOT EXISTS (SELECT FROM ties_connection d
    WHERE d.member_id = c.other_id AND d.other_id = c.member_id AND d.since = c.since)"""


def assert_counts_are_right() -> None:
    with connection.cursor() as cursor:
        for table, columns in COUNTS.items():
            for column, counted in columns.items():
                cursor.execute(f"SELECT count(*) FROM {table} t WHERE {column} <> (SELECT count(*) FROM {counted})")
                assert cursor.fetchone() == (0,), (table, column)
        cursor.execute(ONE_SIDED)
        assert cursor.fetchone() == (0,)


def test_people_come_in_without_a_password(tmp_path: Path) -> None:
    assert load_bundle(bundles.write(tmp_path)).loaded
    ada, bo, third = Member.objects.select_related("user").order_by("id")
    assert (ada.handle, ada.user.email, ada.headline) == ("ada-test", "ada@people.example", "Dams")
    assert ada.joined_at.isoformat() == "2020-01-01T08:00:00+00:00"
    assert not ada.user.has_usable_password()
    assert not EmailAddress.objects.get(user=ada.user).verified
    assert (bo.handle, bo.headline) == ("bo-test", "Chief engineer, Bridge Works")
    assert third.handle == "cenek-test"
    assert not EmailAddress.objects.filter(user=third.user).exists()
    assert third.user.email.endswith("@unclaimed.invalid")


def test_ties_and_words(tmp_path: Path) -> None:
    load_bundle(bundles.write(tmp_path))
    ada, bo, third = Member.objects.order_by("id")
    assert set(Connection.objects.values_list("member", "other")) == {
        (ada.pk, bo.pk), (bo.pk, ada.pk), (bo.pk, third.pk), (third.pk, bo.pk),
    }  # fmt: skip
    assert list(Follow.objects.values_list("follower", "followee")) == [(third.pk, ada.pk)]
    first, second = Post.objects.filter(group=None).order_by("id")
    assert first.created_at.isoformat() == "2022-01-01T10:00:00.123000+00:00"
    assert (first.audience, first.facet, second.audience, second.facet) == (0, "personal", 3, "professional")
    assert '<a class="mention" href="/in/bo-test/">' in first.html
    assert list(Mention.objects.values_list("member", "post", "comment")) == [(bo.pk, first.pk, None)]
    assert sorted(Topic.objects.values_list("slug", "name")) == [("dams", "dams"), ("old-bridges", "Old Bridges")]
    assert dict(Comment.objects.values_list("body", "parent__body")) == {
        "First": None, "Answer": "First", "Deeper still": "First", "Inside": None,
    }  # fmt: skip
    assert set(Reaction.objects.values_list("kind", flat=True)) == {"love", "like", "insightful"}
    assert_counts_are_right()


def test_what_has_no_room_yet_is_kept_and_shown_to_nobody(tmp_path: Path) -> None:
    report = load_bundle(bundles.write(tmp_path))
    assert set(Kept.objects.filter(taken=False).values_list("kind", flat=True)) == {"follows"}
    assert (report.kept["follows.csv"], report.kept["posts.csv"]) == (1, 0)


def test_nobody_is_told(tmp_path: Path) -> None:
    load_bundle(bundles.write(tmp_path))
    assert not mail.outbox
    assert not Notification.objects.exists()
    assert not Entry.objects.exists()


def test_twice_is_once(tmp_path: Path) -> None:
    bundle = bundles.write(tmp_path)
    load_bundle(bundle)
    before = rows()
    again = load_bundle(bundles.zipped(bundle, tmp_path / "again.zip", prefix="bundle/"))
    assert again.loaded
    assert not sum(again.added.values()) + sum(again.kept.values())
    assert rows() == before


def test_what_was_undone_stays_undone(tmp_path: Path) -> None:
    bundle = bundles.write(tmp_path)
    load_bundle(bundle)
    ada, bo, _third = Member.objects.order_by("id")
    Post.objects.filter(body__startswith="Hello").delete()
    Connection.objects.filter(member__in=[ada, bo], other__in=[ada, bo]).delete()
    Follow.objects.all().delete()
    Member.objects.update(follower_count=0)
    Member.objects.filter(pk=ada.pk).update(connection_count=0, name="Ada Another")
    Member.objects.filter(pk=bo.pk).update(connection_count=1)
    before = rows()
    report = load_bundle(bundle)
    assert report.loaded
    assert report.gone["posts.csv"] == 1
    assert rows() == before


def test_who_has_left_does_not_come_back(tmp_path: Path) -> None:
    bundle = bundles.write(tmp_path)
    load_bundle(bundle)
    User.objects.get(email="bo@people.example").delete()
    report = load_bundle(bundle)
    assert report.loaded
    assert not User.objects.filter(email="bo@people.example").exists()
    assert report.gone["members.csv"] == 1
    assert not Post.objects.filter(body="Plain").exists()


def test_a_later_export_adds_what_is_new(tmp_path: Path) -> None:
    load_bundle(bundles.write(tmp_path / "one"))
    more = {
        "members": bundles.GOOD["members.csv"] + "d,Dora Test,dora@people.example,,,\n",
        "connections": bundles.GOOD["connections.csv"] + "d,a,\n",
        "comments": bundles.GOOD["comments.csv"] + "c5,r,,d,New here,\nc6,p,c3,d,Late,\n",
        "reactions": bundles.GOOD["reactions.csv"] + "d,post,p,funny\nd,comment,c1,like\n",
    }
    report = load_bundle(bundles.write(tmp_path / "two", **more))
    assert (report.added["members.csv"], report.added["connections.csv"]) == (1, 1)
    assert (report.added["comments.csv"], report.added["reactions.csv"]) == (2, 2)
    assert Comment.objects.get(body="Late").parent.body == "First"
    assert_counts_are_right()


def test_a_confirmed_address_is_the_same_person(tmp_path: Path) -> None:
    user = User.objects.create_user("ada@people.example", "long and secret")
    here = Member.objects.create(user=user, handle="ada", name="Ada Here", headline="Mine")
    bundle = bundles.write(tmp_path)
    refused = load_bundle(bundle)
    assert not refused.loaded
    assert "has not confirmed it" in "\n".join(refused.lines())

    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    assert load_bundle(bundle).loaded
    here.refresh_from_db()
    assert (here.name, here.headline, here.posts.count()) == ("Ada Here", "Mine", 1)
    assert Member.objects.count() == 3
    assert_counts_are_right()


def test_a_taken_handle_gives_way(tmp_path: Path) -> None:
    user = User.objects.create_user("other@people.example", "long and secret")
    Member.objects.create(user=user, handle="ada-test", name="Another Ada")
    assert load_bundle(bundles.write(tmp_path)).loaded
    assert Member.objects.get(name="Ada Test").handle == "ada-test-2"


def two_here() -> tuple[Member, Member]:
    ada, bo = (
        Member.objects.create(user=User.objects.create_user(f"{name}@people.example"), handle=f"{name}-here", name=name)
        for name in ("ada", "bo")
    )
    for member in (ada, bo):
        EmailAddress.objects.create(user=member.user, email=member.user.email, verified=True, primary=True)
    return ada, bo


def test_a_block_is_stronger_than_a_bundle(tmp_path: Path) -> None:
    ada, bo = two_here()
    Block.objects.create(blocker=bo, blocked=ada)
    report = load_bundle(bundles.write(tmp_path))
    assert report.loaded
    assert not Connection.objects.filter(member=ada, other=bo).exists()
    assert_counts_are_right()


def test_an_invitation_between_the_connected_is_over(tmp_path: Path) -> None:
    ada, bo = two_here()
    Invitation.objects.create(sender=bo, recipient=ada)
    load_bundle(bundles.write(tmp_path))
    assert Connection.objects.filter(member=ada, other=bo).exists()
    assert not Invitation.objects.exists()


def test_the_hidden_are_not_named_by_strangers_texts(tmp_path: Path) -> None:
    user = User.objects.create_user("hid@people.example")
    hidden = Member.objects.create(user=user, handle="hid", name="Hidden Name", visibility=Member.Visibility.HIDDEN)
    posts = "key,author,body\np,a,Ask @hid about it\n"
    load_bundle(bundles.write(tmp_path, {"members.csv": bundles.GOOD["members.csv"], "posts.csv": posts}))
    assert "Hidden Name" not in Post.objects.get().html
    assert not Mention.objects.filter(member=hidden).exists()


def test_a_key_of_somebody_else_is_refused(tmp_path: Path) -> None:
    load_bundle(bundles.write(tmp_path / "one"))
    others = bundles.GOOD["members.csv"].replace("Ada Test,ada@", "Zoe Other,zoe@")
    report = load_bundle(bundles.write(tmp_path / "two", members=others))
    assert not report.loaded
    assert "members.csv:2: key 'a' came in before as another person; say another source in bundle.json" in map(
        str, report.problems
    )


def test_headers_only_and_absent_files_are_fine(tmp_path: Path) -> None:
    report = load_bundle(
        bundles.write(tmp_path, {"members.csv": "key,name\nx,Only Me\n", "posts.csv": "key,author,body\n"})
    )
    assert report.loaded
    assert Member.objects.get().name == "Only Me"


def test_a_handle_is_a_wish(tmp_path: Path) -> None:
    members = "key,name,handle\na,Ada One,p\nb,Bo Two,Bo Two!\nc,Cy Three,admin\nd,Di Four,di-4\n"
    assert load_bundle(bundles.write(tmp_path, {"members.csv": members})).loaded
    handles = list(Member.objects.order_by("name").values_list("handle", flat=True))
    assert handles == ["p-member", "bo-two", "cy-three", "di-4"]
