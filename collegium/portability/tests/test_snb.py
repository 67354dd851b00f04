"""A network that nobody here wrote, through the converter and the loader, into the product."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from collegium.accounts.models import User
from collegium.audience.rule import IN_PLACE
from collegium.audience.viewer import Viewer
from collegium.feed.models import Comment, Post
from collegium.groups.models import Group, Role
from collegium.members.models import Member
from collegium.portability.load import load_bundle
from collegium.portability.tests.test_load import assert_counts_are_right
from collegium.ties.models import Connection

pytestmark = pytest.mark.django_db

SHARED = Path(__file__).resolve().parents[4] / "shared"


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    data, tool = SHARED / "data" / "snb-mini", SHARED / "tools" / "snb_to_bundle.py"
    if not (data.is_dir() and tool.is_file()):
        if os.environ.get("CI") == "true":
            pytest.fail(f"{data} and {tool} are needed in CI")
        pytest.skip("needs the shared sample data")
    subprocess.run([sys.executable, str(tool), str(data), str(tmp_path / "snb")], check=True, capture_output=True)
    return tmp_path / "snb"


def test_snb_mini(bundle: Path) -> None:
    report = load_bundle(bundle)
    assert report.loaded, report.lines()
    assert (report.added["members.csv"], report.added["connections.csv"]) == (222, 825)
    assert Connection.objects.count() == 2 * 825
    posts, comments = report.added["posts.csv"], report.added["comments.csv"]
    assert (posts, comments) == (report.read["posts.csv"], report.read["comments.csv"]) == (5_924, 2_218)
    assert not sum(report.kept.values())
    assert (Post.objects.count(), Comment.objects.count()) == (posts, comments)
    assert not Comment.objects.filter(parent__parent__isnull=False).exists()
    assert_counts_are_right()
    groups_are_there(report.added)

    # Every post of this network outside of groups is for connections only: nobody else sees one.
    author = Post.objects.filter(group=None).order_by("id").first().author
    friend = Connection.objects.filter(member=author).first().other
    stranger = Member.objects.exclude(pk=author.pk).exclude(connections__other=author).first()
    seen = {
        who: Post.objects.visible_to(Viewer(who)).filter(author=author, group=None).count()
        for who in (author, friend, stranger)
    }
    mine = author.posts.filter(group=None).count()
    assert seen == {author: mine, friend: mine, stranger: 0}

    again = load_bundle(bundle)
    assert again.loaded
    assert not sum(again.added.values()) + sum(again.kept.values())


def groups_are_there(added: Counter[str]) -> None:
    """Seventeen, public, each with its owner; what was said in them is read by every member, and no more."""
    assert (added["groups.csv"], Group.objects.count()) == (17, 17)
    memberships = sum(group.memberships.count() for group in Group.objects.all())
    assert memberships == added["group_members.csv"] > 100
    for group in Group.objects.all():
        assert group.member_count == group.memberships.count()
        assert group.memberships.filter(role=Role.OWNER).count() == 1
    inside = Post.objects.filter(group__isnull=False)
    assert inside.count() > 50
    account = User.objects.create_user("new@people.example")
    newcomer = Viewer(Member.objects.create(user=account, handle="newcomer", name="New"))
    assert Post.objects.visible_to(newcomer).count() == inside.count() == 58
    assert not inside.exclude(audience=IN_PLACE).exists()
