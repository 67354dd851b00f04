"""A network that nobody here wrote, through the converter and the loader, into the product."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from collegium.audience.viewer import Viewer
from collegium.feed.models import Comment, Post
from collegium.members.models import Member
from collegium.portability.load import load_bundle
from collegium.portability.models import Kept
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
    assert posts + report.kept["posts.csv"] == report.read["posts.csv"] == 5_924
    assert comments + report.kept["comments.csv"] == report.read["comments.csv"] == 2_218
    assert (Post.objects.count(), Comment.objects.count()) == (posts, comments)
    assert not Comment.objects.filter(parent__parent__isnull=False).exists()
    assert Kept.objects.filter(kind="group_posts").count() == report.kept["posts.csv"]
    assert_counts_are_right()

    # Every post of this network is for connections only: nobody else sees one.
    author = Post.objects.order_by("id").first().author
    friend = Connection.objects.filter(member=author).first().other
    stranger = Member.objects.exclude(pk=author.pk).exclude(connections__other=author).first()
    seen = {
        who: Post.objects.visible_to(Viewer(who)).filter(author=author).count() for who in (author, friend, stranger)
    }
    assert seen == {author: author.posts.count(), friend: author.posts.count(), stranger: 0}

    again = load_bundle(bundle)
    assert again.loaded
    assert not sum(again.added.values()) + sum(again.kept.values())
