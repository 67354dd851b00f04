"""The demo community reads like one, is the same every time, and has something waiting for each of its three guests."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth import authenticate

from collegium.accounts.models import User
from collegium.audience.viewer import Viewer
from collegium.feed.models import Comment, Post
from collegium.members.models import Member
from collegium.notifications.reading import unread
from collegium.portability.demo import building, content, fill_demo, guests
from collegium.portability.load import BundleError
from collegium.portability.tests.test_load import assert_counts_are_right
from collegium.ties.models import Invitation

NOON = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)


def test_the_texts_are_many_and_all_different() -> None:
    community = content.read()
    bodies = [post.body for post in community.posts]
    comments = [comment.body for post in community.posts for comment in post.comments]
    assert (len(community.people), len(set(bodies)) >= 350, len(set(comments)) >= 500) == (300, True, True)
    assert len(bodies) == len(set(bodies))
    assert len(comments) == len(set(comments))
    assert all(bodies + comments)
    assert len({person.country for person in community.people.values()}) > 60


def test_the_people_fit_the_columns() -> None:
    for person in content.read().people.values():
        assert (len(person.headline) <= 220, len(person.about) <= 2600, len(person.name) <= 100) == (True, True, True)
        assert all((person.positions, person.schools, person.languages))


def test_two_builds_at_the_same_moment_are_the_same(tmp_path: Path) -> None:
    for name in ("one", "two"):
        building.build(tmp_path / name, NOON, apart=guests.strangers(), lately=guests.ACCEPTED)
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two


def test_everything_happened_before_now_and_in_order(tmp_path: Path) -> None:
    built = building.build(tmp_path, NOON, apart=guests.strangers(), lately=guests.ACCEPTED)
    assert not guests.strangers() & built.known
    for dated in built.posts:
        moments = [dated.at, *dated.comments]
        assert moments == sorted(moments)
        assert NOON - timedelta(days=190) < dated.at <= moments[-1] < NOON
    recent = [dated for dated in built.posts if dated.at > NOON - timedelta(days=7)]
    assert len(recent) >= 15
    degrees = Counter(handle for pair in built.known for handle in pair)
    assert min(degrees.values()) >= 3
    assert 15 < sum(degrees.values()) / 300 < 40
    assert max(degrees.values()) > 60


@pytest.mark.django_db
def test_filled(tmp_path: Path) -> None:
    told = []
    accounts = fill_demo(lambda *progress: told.append(progress))
    assert told
    assert len(accounts) == 3
    assert_counts_are_right()
    assert Member.objects.count() == 300
    for account in accounts:
        user = authenticate(None, username=account.email, password=account.password) or User.objects.get(
            email=account.email
        )
        assert user.check_password(account.password)
        member = user.member
        assert member.connection_count > 20
        assert Invitation.objects.to(member).count() >= 4
        assert Invitation.objects.sent_by(member).count() == 1
        assert all(len(row.note) <= 300 for row in Invitation.objects.to(member))
        assert 5 <= unread(Viewer(member)) <= 60
        assert f"{account.email}  {account.password}" in str(account)
    assert User.objects.get(email="ada@demo.example").is_owner

    audiences = Counter(Post.objects.values_list("audience", flat=True))
    assert set(audiences) == {0, 1, 2, 3, 4}
    assert max(audiences.values()) < 0.5 * sum(audiences.values())
    personal = Post.objects.filter(facet="personal").count() / Post.objects.count()
    assert 0.15 < personal < 0.4
    assert Comment.objects.filter(parent__isnull=False).count() > 150
    for row in Comment.objects.select_related("post", "author")[::7]:
        assert Post.objects.visible_to(Viewer(row.author)).filter(pk=row.post_id).exists()

    assert fill_demo() == accounts
    assert Member.objects.count() == 300


@pytest.mark.django_db
def test_only_into_an_empty_network() -> None:
    Member.objects.create(user=User.objects.create_user("real@people.example"), handle="real", name="Real Person")
    with pytest.raises(BundleError, match="has members already"):
        fill_demo()
    assert Member.objects.count() == 1
