"""The figures of a page: exact, of groups alone, and counted without knowing who."""

import csv
import io
import re
from datetime import date, timedelta

import pytest

from collegium.career import actions as career
from collegium.career.models import PartAudience
from collegium.career.sections import Section
from collegium.feed import actions as feed
from collegium.journal.models import Entry
from collegium.lib import clock, ids
from collegium.members.models import Member
from collegium.organizations.models import Organization
from collegium.pages.actions import following
from collegium.pages.figures import reading
from collegium.pages.figures.drawing import HIGH, WIDE, picture
from collegium.pages.models import Follow, Opened, Part, Role
from collegium.reposts import actions as reposts
from collegium.testing.cast import client_of, make_member
from collegium.testing.fixtures import assert_same_queries

pytestmark = pytest.mark.django_db
BROWSER = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


@pytest.fixture
def page(db):
    return Organization.objects.create(handle="dam-works", name="Dam Works", page_since=clock.now())


@pytest.fixture
def mate(page):
    member = make_member("Mate Orrin")
    Role.objects.create(member=member, organization=page, part=Part.SUPER)
    return member


def follow(page, count, **changes):
    members = [make_member(f"Reader {number}", **changes) for number in range(count)]
    for member in members:
        following.follow(page, by=member)
    return members


def opened(page):
    return sum(Opened.objects.filter(organization=page).values_list("times", flat=True))


def test_openings_are_counted_of_people_and_of_nobody_who_works_there(cast, page, mate):
    for name in ("nobody", "ada", "ada"):
        cast.client(name).get(page.path, **BROWSER)
    cast.client("di").get(f"{page.path}posts/", **BROWSER)
    assert opened(page) == 4
    client_of(mate).get(page.path, **BROWSER)
    for agent in (
        "Googlebot/2.1",
        "Mozilla/5.0 (compatible; bingbot/2.0)",
        "curl/8.5",
        "",
        "Mozilla/5.0 HeadlessChrome",
    ):
        cast.client("nobody").get(page.path, HTTP_USER_AGENT=agent)
    cast.client("ada").get(page.path, **BROWSER, HTTP_HX_REQUEST="true")
    cast.client("ada").get(page.path, **BROWSER, HTTP_SEC_PURPOSE="prefetch;prerender")
    assert opened(page) == 4
    assert {field.name for field in Opened._meta.get_fields()} == {"pk", "organization", "day", "times"}


def test_a_plain_record_is_not_counted(cast):
    Organization.objects.create(handle="plain", name="Plain")
    cast.client("ada").get("/organizations/plain/", **BROWSER)
    assert not Opened.objects.exists()


def test_days_add_up(page):
    readers = follow(page, 3)
    following.unfollow(page, by=readers[0])
    yesterday = clock.now() - timedelta(days=1)
    moved = Entry.objects.filter(kind="pages.followed").order_by("id").first()
    Entry.objects.create(id=ids.floor_at(yesterday) + 5, kind="pages.followed", subject=page.pk, actor=moved.actor)
    moved.delete()
    Opened.objects.create(organization=page, day=yesterday.date(), times=7)
    days = reading.days(page, 30)
    assert [(day.came, day.went, day.opened) for day in days[-2:]] == [(1, 0, 7), (2, 1, 0)]
    assert len(days) == 30
    assert sum(day.came for day in days[:-2]) == 0


def test_only_groups_of_five_are_told_rounded_down(page):
    follow(page, 11, place="Uppsala")
    follow(page, 4, place="Lyon")
    follow(page, 6, place="Gävle", visibility=3)
    found = reading.groups(page)["place"]
    assert [(group.label, group.count) for group in found] == [("Uppsala", 10)]


def test_what_people_do_counts_only_as_any_member_reads_it(page):
    employer = Organization.objects.create(handle="mill", name="Mill", industry="energy")
    readers = follow(page, 9)
    for number, member in enumerate(readers):
        career.add(member, Section.POSITIONS, title="Miller", organization_name="Mill", started=str(2001 + number % 2))
        if number < 3:
            PartAudience.objects.create(member=member, part="positions", audience=3)
    found = reading.groups(page)
    assert [group.count for group in found["industry"]] == [5]
    assert [group.count for group in found["years"]] == [5]
    Follow.objects.filter(member__in=readers[7:]).delete()
    assert reading.groups(page)["industry"] == []
    assert employer.industry


def test_posts_and_what_they_brought(cast, page, mate):
    post = feed.post(mate, "The weir is open.", page=page)
    feed.react(post, "like", by=cast.bo)
    feed.comment(post, "Good.", by=cast.di)
    reposts.repost(post, by=cast.bo, audience=0)
    (row,) = reading.posts(page, 30)
    assert row.brought == {"reactions": 1, "comments": 1, "reposts": 1}


def test_the_page_says_in_a_table_what_it_draws(page, mate):
    follow(page, 3)
    Opened.objects.create(organization=page, day=clock.now().date(), times=12)
    for length in reading.RANGES:
        text = client_of(mate).get(f"{page.path}figures/?days={length}").content.decode()
        assert text.count('<svg class="figure-bars"') == 2
        assert text.count('<rect class="figure-bar"') == 2
        assert re.search(r"<td>12</td>", text)
    assert client_of(mate).get(f"{page.path}figures/?days=7").status_code == 404
    assert client_of(mate).get(f"{page.path}figures/else.csv").status_code == 404


def test_files(page, mate):
    follow(page, 6, place="Uppsala")
    rows = {
        name: list(
            csv.reader(io.StringIO(client_of(mate).get(f"{page.path}figures/{name}.csv").content.decode("utf-8-sig")))
        )
        for name in ("followers", "visits", "groups", "posts")
    }
    assert len(rows["followers"]) == 31
    assert rows["followers"][-1][1:] == ["6", "0"]
    assert rows["groups"][1:] == [["Place", "Uppsala", "5"]]
    assert len(rows["posts"]) == 1


def test_a_plain_record_has_no_figures(page, mate):
    Organization.objects.update(page_since=None)
    assert client_of(mate).get(f"{page.path}figures/").status_code == 404


def test_it_costs_the_same_however_much_there_is(page, mate):
    follow(page, 2, place="Uppsala")
    feed.post(mate, "One.", page=page)
    client = client_of(mate)

    def more():
        follow(page, 9, place="Lyon")
        for number in range(5):
            feed.post(mate, f"Post {number}.", page=page)

    assert_same_queries(lambda: client.get(f"{page.path}figures/"), more, lambda: client.get(f"{page.path}figures/"))


def test_bars_stay_inside_the_picture():
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    drawn = picture(days, [number % 50 for number in range(365)], [number % 7 for number in range(365)])
    assert drawn.weekly
    assert sum(bar.number for bar in drawn.bars if not bar.below) == sum(number % 50 for number in range(365))
    for bar in drawn.bars:
        assert -0.01 <= bar.x <= bar.x + bar.width <= WIDE + 0.01
        assert -0.01 <= bar.y <= bar.y + bar.height <= HIGH + 0.01
    assert picture(days[:30], [0] * 30).bars == []
    assert Member.objects.count() == 0
