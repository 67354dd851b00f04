"""The demo community reads like one, is the same every time, and has something waiting for each of its three guests."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.db import connection

from collegium.accounts.models import User
from collegium.articles.models import Article
from collegium.audience.rule import IN_PLACE
from collegium.audience.viewer import Viewer
from collegium.career import partial
from collegium.career.document import texts
from collegium.career.models import Holding, Item, SkillUse
from collegium.career.sections import SPECS
from collegium.events.after.there import others
from collegium.events.models import Attendance, Event, Occurrence
from collegium.events.models import Invitation as EventInvitation
from collegium.events.rules import may_host
from collegium.feed.attachments import kinds
from collegium.feed.models import Comment, Post, State
from collegium.feed.places.queue import waiting
from collegium.groups.models import Group, Role
from collegium.groups.reading.suggesting import suggestions
from collegium.groups.rules import may_keep
from collegium.lib import clock
from collegium.lib.ids import instant
from collegium.members.models import Member
from collegium.messaging.models import Conversation
from collegium.messaging.reading import inbox
from collegium.newsletters.models import Delivery, Issue, Subscription
from collegium.notifications.reading import unread
from collegium.organizations.models import Organization
from collegium.pages.models import Dispute
from collegium.pages.rules import may_manage as manages
from collegium.pages.rules import spoken_for
from collegium.polls.models import Vote
from collegium.portability.demo import building, content, fill_demo, guests, histories
from collegium.portability.demo.showing.past import Past
from collegium.portability.load import BundleError
from collegium.portability.models import Kept
from collegium.portability.tests.test_load import assert_counts_are_right
from collegium.reposts.models import Repost
from collegium.testing.cast import Cast
from collegium.ties.models import Invitation
from collegium.videos.models import Captions

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
def test_filled(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = settings.MEDIA_ROOT = tmp_path
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
    assert set(audiences) == {0, 1, 2, 3, 4, IN_PLACE}
    assert max(audiences.values()) < 0.5 * sum(audiences.values())
    personal = Post.objects.filter(facet="personal").count() / Post.objects.count()
    assert 0.15 < personal < 0.4
    assert Comment.objects.filter(parent__isnull=False).count() > 150
    for row in Comment.objects.select_related("post", "author")[::7]:
        assert Post.objects.visible_to(Viewer(row.author)).filter(pk=row.post_id).exists()

    careers_read_like_careers()
    every_form_of_post_is_there()
    people_talk()
    people_meet()
    they_go_to_events()

    assert fill_demo() == accounts
    assert Member.objects.count() == 300


def every_form_of_post_is_there() -> None:
    """Each kind hangs somewhere, in the days before now; what people say stands where a reader would look for it."""
    posts = Post.objects.filter(has_parts=True)
    carried = {type(kind).__name__ for kind in kinds for post in posts if kind.load(Viewer(post.author), [post])}
    assert carried == {type(kind).__name__ for kind in kinds}
    assert all(timedelta() < clock.now() - post.created_at < timedelta(days=60) for post in posts)
    assert len({post.created_at.date() for post in posts}) >= 5
    album = max(posts, key=lambda post: post.pictures.count())
    assert (album.pictures.count(), all(row.alt for row in album.pictures.all())) == (4, True)
    assert Vote.objects.values("place").distinct().count() == 4
    assert set(Captions.objects.exclude(video=None).values_list("language", flat=True)) == {"en", "sv"}
    assert all(instant(row.pk) < post.created_at + timedelta(hours=3) for post in posts for row in post.reactions.all())
    assert Repost.objects.get().post.body
    assert Post.objects.filter(side__name="Radios", facet="personal").count() == 1
    assert Post.objects.filter(machine=True).count() == 1
    assert Counter(Comment.objects.filter(post__approving=True).values_list("state", flat=True)) == {
        State.SHOWN: 2, State.WAITING: 2,
    }  # fmt: skip
    letters_have_readers()


def people_talk() -> None:
    """Each of the three has a conversation, two of them one that an introduction began.

    Messages stand in the order in which they were said, before now.
    """
    ada, kofi, mei = (Viewer(Member.objects.get(user__email=f"{name}@demo.example")) for name in ("ada", "kofi", "mei"))
    said = [len(inbox.page(viewer, box).rows) for viewer in (ada, kofi, mei) for box in ("focused", "requests")]
    assert said == [4, 1, 2, 1, 1, 0]
    for talk in Conversation.objects.all():
        keys = list(talk.messages.filter(kind="words").order_by("number").values_list("pk", flat=True))
        assert keys == sorted(keys)
        assert instant(keys[-1]) <= clock.now()
    assert inbox.unread(ada) > 0


def people_meet() -> None:
    """Groups of every kind round Ada, with somebody to let in and a post to look at; pages that people work on."""
    ada, kofi = (Member.objects.get(user__email=f"{name}@demo.example") for name in ("ada", "kofi"))
    viewer = Viewer(ada)
    there = {group.visibility: group for group in Group.objects.filter(memberships__member=ada)}
    assert set(there) == {"public", "private", "unlisted"}
    assert Group.objects.filter(photo="").count() == 0
    for group in Group.objects.all():
        assert group.member_count == group.memberships.count() >= 5
        assert (
            Post.objects.visible_to(Viewer(group.memberships.get(role=Role.OWNER).member)).filter(group=group).exists()
        )
    wall = Post.objects.visible_to(viewer).filter(group=there["public"])
    marked = wall.exclude(group_marks=None).values_list("group_marks__kind", flat=True)
    assert sorted(marked) == ["pinned", "recommended"]
    assert sum(bool(kind.load(viewer, list(wall))) for kind in kinds) >= 3  # a poll, pictures, an event
    assert there["public"].rules
    assert there["public"].memberships.filter(role=Role.MODERATOR).count() == 1
    kept = there["private"]
    assert may_keep(ada, kept)
    assert (kept.requests.standing().count(), kept.questions.count(), waiting(kept).count() >= 1) == (2, 2, True)
    assert there["unlisted"].memberships.filter(member=kofi).exists()
    assert any(each.reason for each in suggestions(viewer))
    pages = list(Organization.objects.filter(page_since__isnull=False))
    assert len(pages) >= 3
    for page in pages:
        assert page.photo
        assert page.follower_count == page.followers.count() > 20
        assert Post.objects.filter(page=page).exists()
        assert Item.objects.filter(organization=page).count() >= 4
    assert [page.name for page in pages if manages(ada, page)] == ["Västra Vattenkraft"]
    assert [page.name for page in spoken_for(kofi)] == ["Thameside Infirmary"]
    assert Dispute.objects.get(state="open").organization.name == "Västra Vattenkraft"


def they_go_to_events() -> None:
    """Something to come to, to wait for, to decide about, to answer, and to look back at."""
    ada = Viewer(Member.objects.get(user__email="ada@demo.example"))
    events = {event.title: event for event in Event.objects.visible_to(ada).with_hosts()}
    assert len(events) >= 6
    states = Counter(Attendance.objects.values_list("state", flat=True))
    assert (states["waiting"], states["asked"]) == (3, 3)
    meetup = next(event for event in events.values() if event.rule)
    first = meetup.occurrences.order_by("starts_at")[0]
    assert (first.seats_taken, meetup.capacity, meetup.occurrences.count() > 20) == (12, 12, True)
    assert timedelta() < first.starts_at - clock.now() < timedelta(days=10)
    over = Occurrence.objects.get(ends_at__lt=clock.now())
    assert others(ada, over)["rows"]
    mine = next(event for event in events.values() if event.approving)
    assert (may_host(ada.member, mine), mine.questions.count()) == (True, 2)
    assert EventInvitation.objects.filter(member=ada.me, event__in=events.values()).count() == 1
    assert {event.form for event in events.values()} == {"person", "online", "both"}


def letters_have_readers() -> None:
    """Two issues, the later of them long and corrected; its readers were told, and no mail goes out for it."""
    first, second = Issue.objects.order_by("number").select_related("article")
    assert (second.article.words > 800, second.article.html.count("<h2") >= 4) == (True, True)
    assert (first.article.revisions.count(), second.article.revisions.count()) == (1, 2)
    assert Subscription.objects.count() > 20
    assert 0 < Subscription.objects.filter(by_mail=True).count() < Subscription.objects.count() / 2
    assert Delivery.objects.count() > 20
    assert not Delivery.objects.filter(by_mail=True).exists()
    assert Article.objects.filter(post=None).count() == 1


@pytest.mark.django_db
def test_the_past_gives_keys_and_ends(cast: Cast) -> None:
    past = Past(clock.now())
    with past.ago(days=3):
        earlier, later = (Post.objects.create(author=cast.ada, body="Snow.") for _each in range(2))
    since = Post.objects.create(author=cast.ada, body="Thaw.")
    assert timedelta(days=2.9) < clock.now() - earlier.created_at < timedelta(days=3.1)
    assert earlier.pk != later.pk
    assert clock.now() - since.created_at < timedelta(days=1)


def careers_read_like_careers() -> None:
    """Everybody has one, some have worked together, the first guest's is full; nothing waits on the shelf."""
    positions = Counter(Item.objects.filter(section="positions").values_list("member__handle", flat=True))
    assert (len(positions), min(positions.values()) >= 2, positions["ada-lindqvist"]) == (300, True, 9)
    assert sum(1 < count <= 5 for count in positions.values()) > 290
    skills = Counter(Holding.objects.values_list("member__handle", flat=True))
    assert (len(skills), min(skills.values()) >= 5, skills["ada-lindqvist"]) == (300, True, 40)
    assert set(Item.objects.values_list("section", flat=True)) >= {
        "education", "certificates", "projects", "publications", "volunteering", "languages", "honours",
    }  # fmt: skip
    assert not Item.objects.filter(section="languages", kind="").exists()
    own = Item.objects.filter(section="positions").exclude(organization_name__in=["Freelance", "Valhallabadet"])
    assert not own.filter(organization=None).exists()
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT count(*) FROM career_item a JOIN career_item b USING (organization_id)
            WHERE a.section = 'positions' AND b.section = 'positions' AND a.member_id < b.member_id
            AND left(a.started, 4) < left(coalesce(nullif(b.ended, ''), '9999'), 4)
            AND left(b.started, 4) < left(coalesce(nullif(a.ended, ''), '9999'), 4)""")
        assert cursor.fetchone()[0] > 100
    assert not Kept.objects.filter(taken=False).exists()
    assert SkillUse.objects.filter(holding__member__handle="ada-lindqvist").count() > 10


def test_what_is_told_of_their_careers_fits() -> None:
    for drafts, skills in histories.told().values():
        for draft in drafts:
            assert (
                set(filter(None, (name for name, value in texts(draft).items() if value))) <= SPECS[draft.section].names
            )
            assert all(partial.check(date) == date for date in (draft.started, draft.ended))
        assert len(skills) == len({skill.lower() for skill in skills})
    for person in content.read().people.values():
        for _employer, _title, began, ended in histories.positions(person):
            assert partial.check(began)
            assert not ended or began <= partial.check(ended)


@pytest.mark.django_db
def test_only_into_an_empty_network() -> None:
    Member.objects.create(user=User.objects.create_user("real@people.example"), handle="real", name="Real Person")
    with pytest.raises(BundleError, match="has members already"):
        fill_demo()
    assert Member.objects.count() == 1
