"""What a digest holds, when it comes, and that it comes once."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail as outbox
from django.test import Client

from collegium.audience.level import Level
from collegium.digests import actions, notices, sending, tasks
from collegium.digests.hours import next_due
from collegium.digests.missed import SHOWN, missed
from collegium.digests.models import Digest, Wish
from collegium.feed import actions as feed
from collegium.feed import timeline
from collegium.feed.models import Facet, Mix, Post
from collegium.lib import clock, mail
from collegium.lib.refusal import Refusal
from collegium.members import actions as members
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.notifications import actions as telling
from collegium.notifications.choices import rest_of
from collegium.testing.cast import Cast, make_member
from collegium.testing.fixtures import queries
from collegium.testing.racing import race

pytestmark = pytest.mark.django_db


def confirm(member: Member) -> None:
    EmailAddress.objects.update_or_create(
        user=member.user, email=member.user.email, defaults={"verified": True, "primary": True}
    )


def wants(member: Member, rhythm: str = "daily", **more: Any) -> Wish:
    """A wish that is due now, of somebody who reads mail."""
    confirm(member)
    wish = actions.choose(member, **({"rhythm": rhythm, "weekday": 0, "hour": 7, "zone": ""} | more))
    Wish.objects.filter(pk=wish.pk).update(due_at=clock.now() - timedelta(minutes=1))
    return Wish.objects.select_related("member__user").get(pk=wish.pk)


def mails() -> list[Any]:
    return list(outbox.outbox)


def test_a_digest_tells_what_came_since_she_last_looked(cast: Cast) -> None:
    wants(cast.ada)
    feed.post(cast.bo, "Before she looked.")
    cast.client("ada").get("/")
    feed.post(cast.bo, "The <b>weir</b> holds & hums.")
    feed.post(cast.ada, "My own words.")
    tasks.sweep()
    [sent] = mails()
    assert sent.to == [cast.ada.user.email]
    assert "1 post" in sent.subject
    html = sent.alternatives[0][0]
    assert "&lt;b&gt;weir&lt;/b&gt; holds &amp; hums." in html
    assert "The <b>weir</b> holds & hums." in sent.body
    for gone in ("Before she looked", "My own words", "<img", "<script"):
        assert gone not in html + sent.body
    assert sent.extra_headers["List-Unsubscribe"].startswith("<http")
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"


def test_nothing_comes_when_nothing_was_missed(cast: Cast) -> None:
    wants(cast.ada, "weekly")
    network.withdraw(_flo(cast), by=cast.flo)
    tasks.sweep()
    assert mails() == []
    assert Digest.objects.get(member=cast.ada).mailed_at is None
    assert Wish.objects.get(member=cast.ada).due_at > clock.now()


def _flo(cast: Cast) -> Any:
    from collegium.ties.models import Invitation

    return Invitation.objects.with_people().get(sender=cast.flo, recipient=cast.ada)


def test_an_invitation_alone_is_no_reason_where_it_is_mailed_anyway(cast: Cast) -> None:
    wants(cast.ada)
    tasks.sweep()
    assert mails() == []


def test_an_invitation_alone_is_something(cast: Cast) -> None:
    wants(cast.ada)
    telling.choose(cast.ada, {"invitations": {"mail": "off"}})
    tasks.sweep()
    [sent] = mails()
    assert "1 invitation waits" in sent.subject
    assert "Flo" not in sent.body


def test_each_comes_once_a_period(cast: Cast) -> None:
    wants(cast.ada)
    feed.post(cast.bo, "Once.")
    for _ in range(3):
        tasks.sweep()
    assert len(mails()) == 1
    Wish.objects.update(due_at=clock.now() - timedelta(seconds=1))
    network.withdraw(_flo(cast), by=cast.flo)
    tasks.sweep()
    assert len(mails()) == 1, "what one mail told of, the next does not tell again"
    feed.post(cast.bo, "Twice.")
    Wish.objects.update(due_at=clock.now() - timedelta(seconds=1))
    tasks.sweep()
    assert ["Once." in each.body for each in mails()] == [True, False]
    assert "Twice." in mails()[1].body


@pytest.mark.django_db(transaction=True)
def test_many_workers_send_each_mail_once(cast: Cast) -> None:
    people = [cast.ada, cast.bo, cast.cy, cast.di]
    for person in people:
        wants(person)
        network.follow(person, cast.flo)
    feed.post(cast.flo, "For everybody.", audience=Level.MEMBERS)
    assert sum(race(*[lambda: sending.send_due(10)] * 4)) == len(people)
    assert sorted(each.to[0] for each in mails()) == sorted(person.user.email for person in people)


def test_a_worker_killed_while_it_sends_does_not_send_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    wants(cast.ada)
    feed.post(cast.bo, "Perhaps.")

    def killed(self: object, message: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(mail.Courier, "carry", killed)
    with pytest.raises(KeyboardInterrupt):
        tasks.sweep()
    monkeypatch.undo()
    tasks.sweep()
    assert mails() == []
    Wish.objects.update(due_at=clock.now() - timedelta(seconds=1))
    tasks.sweep()
    assert "Perhaps." in mails()[0].body, "the next mail begins where the last one that was sent ended"


def test_a_server_that_is_away_costs_nobody_a_mail(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    wants(cast.ada)
    feed.post(cast.bo, "Later.")
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", _refuse)
    tasks.sweep()
    assert Digest.objects.count() == 0
    monkeypatch.undo()
    tasks.sweep()
    assert len(mails()) == 1


def _refuse(self: object) -> None:
    raise ConnectionRefusedError


@pytest.mark.parametrize("state", ["unconfirmed", "suspended", "never", "other address"])
def test_who_gets_none(cast: Cast, state: str) -> None:
    wish = wants(cast.ada)
    feed.post(cast.bo, "Not for her now.")
    match state:
        case "unconfirmed":
            EmailAddress.objects.update(verified=False)
        case "suspended":
            members.suspend(cast.ada, by=None)
        case "never":
            actions.end(wish.pk)
        case _:
            EmailAddress.objects.update(email="another@example.org")
    tasks.sweep()
    assert mails() == []


def test_rights_are_judged_when_it_is_sent(cast: Cast) -> None:
    """Between what was due and the mail, the author may have parted, blocked, narrowed or deleted."""
    wants(cast.ada)
    posts = [feed.post(cast.bo, f"Number {n}.") for n in range(3)]
    network.withdraw(_flo(cast), by=cast.flo)
    feed.edit_post(posts[0], by=cast.bo, audience=Level.ONLY_ME)
    feed.delete_post(posts[1], by=cast.bo)
    assert [post.pk for post in missed(cast.ada, wants(cast.ada)).posts] == [posts[2].pk]
    network.block(cast.bo, cast.ada)
    tasks.sweep()
    assert mails() == []


def test_the_rest_is_counted(cast: Cast) -> None:
    wish = wants(cast.ada)
    for number in range(SHOWN + 3):
        feed.post(cast.bo, f"Number {number}.")
    found = missed(cast.ada, wish)
    assert [post.body for post in found.posts] == [f"Number {n}." for n in range(SHOWN + 2, 2, -1)]
    assert (found.rest, found.is_open) == (3, False)
    for number in range(70):
        feed.post(cast.bo, f"Many {number}.")
    assert missed(cast.ada, wish).is_open


def test_a_mail_costs_the_same_whatever_was_missed(cast: Cast) -> None:
    wish = wants(cast.ada)
    feed.post(cast.bo, "One.")
    missed(cast.ada, wish)
    few = len(queries(lambda: missed(cast.ada, wish)))
    for number in range(15):
        feed.post(cast.bo, f"Number {number}.")
    assert len(queries(lambda: missed(cast.ada, wish))) == few


def test_the_preview_is_made_by_what_makes_the_mail(cast: Cast) -> None:
    wants(cast.ada)
    feed.post(cast.bo, "On both.")
    page = cast.client("ada").get("/settings/digest/preview/").content.decode()
    assert "On both." in page
    tasks.sweep()
    assert "On both." in mails()[0].body
    assert "Nothing: you have seen" in cast.client("di").get("/settings/digest/preview/").content.decode()


def test_choosing_and_ending(cast: Cast) -> None:
    browser = cast.client("ada")
    sent = {"rhythm": "weekly", "weekday": "2", "hour": "18", "zone": "Asia/Kolkata"}
    assert browser.post("/settings/digest/", sent).status_code == 302
    wish = Wish.objects.get(member=cast.ada)
    assert (wish.rhythm, wish.weekday, wish.hour) == ("weekly", 2, 18)
    assert rest_of(cast.ada).zone == "Asia/Kolkata"
    local = wish.due_at.astimezone(UTC) + timedelta(hours=5, minutes=30)
    assert (local.weekday(), local.hour, local.minute) == (2, 18, 0)
    assert "Asia/Kolkata" in browser.get("/settings/digest/").content.decode()
    for bad in ({"rhythm": "hourly"}, {"hour": "24"}, {"weekday": "9"}, {"zone": "Moon/Base"}, {"zone": "x" * 500}):
        assert browser.post("/settings/digest/", sent | bad).status_code == 422
    old = wish.pk
    browser.post("/settings/digest/", sent | {"rhythm": "never"})
    browser.post("/settings/digest/", sent)
    actions.end(old)
    assert Wish.objects.get(member=cast.ada).rhythm == "weekly", "the address of before is dead"


def test_one_press_in_the_mail_ends_it(cast: Cast) -> None:
    wants(cast.ada)
    feed.post(cast.bo, "Something.")
    tasks.sweep()
    where = re.search(r"/unsubscribe/[^>]+", mails()[0].extra_headers["List-Unsubscribe"])
    assert where
    assert where[0] in mails()[0].body.replace("\n", "")
    Client().get(where[0])
    assert Wish.objects.get().rhythm == "daily"
    assert Client(enforce_csrf_checks=True).post(where[0], {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Wish.objects.get().rhythm == "never"


def test_who_joins_is_mailed_weekly_and_who_was_moved_in_is_not(hear: Callable[[], None]) -> None:
    kim = make_member("Kim Lund")
    assert not Wish.objects.filter(member=kim).exists()
    hear()
    assert Wish.objects.get(member=kim).rhythm == "weekly"
    from collegium.journal.models import Entry

    notices.joined(Entry.objects.get(kind="members.joined", subject=kim.pk))
    assert Wish.objects.filter(member=kim).count() == 1


def test_only_who_is_in_good_standing_chooses(cast: Cast) -> None:
    with pytest.raises(Refusal):
        actions.choose(cast.gus, rhythm="daily", weekday=0, hour=7, zone="")
    assert Client().get("/settings/digest/").status_code == 302


@pytest.mark.parametrize(
    ("rhythm", "zone", "after", "due"),
    [
        ("daily", "", "2026-11-23 06:59", "2026-11-23 07:00"),
        ("daily", "", "2026-11-23 07:00", "2026-11-24 07:00"),
        ("weekly", "", "2026-11-23 07:00", "2026-11-30 07:00"),
        ("weekly", "", "2026-11-24 00:00", "2026-11-30 07:00"),
        ("daily", "Asia/Kolkata", "2026-11-23 01:00", "2026-11-23 01:30"),
        ("daily", "Europe/Stockholm", "2027-03-27 12:00", "2027-03-28 05:00"),
        ("weekly", "Pacific/Auckland", "2026-11-22 17:59", "2026-11-22 18:00"),
        ("daily", "No/Where", "2026-11-23 06:00", "2026-11-23 07:00"),
    ],
)
def test_when_the_next_is_due(rhythm: str, zone: str, after: str, due: str) -> None:
    wish = Wish(rhythm=rhythm, weekday=0, hour=7)
    read = lambda text: datetime.fromisoformat(text).replace(tzinfo=UTC)  # noqa: E731 - a name for what is asked twice
    assert next_due(wish, zone, read(after)) == read(due)


def test_a_clock_set_elsewhere_moves_the_next_mail(cast: Cast, hear: Callable[[], None]) -> None:
    """The clock is one, whichever page it is set on."""
    actions.choose(cast.ada, rhythm="daily", weekday=0, hour=7, zone="")
    hear()
    telling.rest(cast.ada, zone="Asia/Kolkata", quiet_from=22 * 60, quiet_until=6 * 60)
    hear()
    due = Wish.objects.get(member=cast.ada).due_at
    assert (due.hour, due.minute) == (1, 30)
    actions.choose(cast.ada, rhythm="daily", weekday=0, hour=7, zone="Europe/Stockholm")
    rest = rest_of(cast.ada)
    assert (rest.zone, rest.quiet_from) == ("Europe/Stockholm", 22 * 60)


def test_an_hour_the_clock_jumps_over_still_comes_once() -> None:
    wish = Wish(rhythm="daily", hour=2)
    at, seen = datetime(2027, 3, 26, tzinfo=UTC), []
    for _ in range(4):
        at = next_due(wish, "Europe/Stockholm", at)
        seen.append(at)
    assert [each.day for each in seen] == [26, 27, 28, 29]


def test_never_more_than_home_shows(cast: Cast) -> None:
    """Everything of everybody, at every audience and from both sides, against home itself."""
    people = [getattr(cast, name) for name in ("ada", "bo", "cy", "di", "flo", "hal")]
    for round_ in range(2):
        for author in people:
            for level in Level:
                for facet in Facet:
                    feed.post(author, f"{author.handle} {level} {facet} {round_}", audience=level, facet=facet)
    for mix in ({}, {"sides": "both"}, {"sides": "both", "one_in": 4}):
        for reader in people:
            Mix.objects.update_or_create(member=reader, defaults=mix | {"seen": 0})
            wish = Wish(member=reader, rhythm="weekly")
            home = _home(reader)
            found = missed(reader, wish)
            keys = [post.pk for post in found.posts]
            theirs = [key for key in home if not Post.objects.visible_to(_eyes(reader)).filter(pk=key, author=reader)]
            assert keys == theirs[: len(keys)]
            assert found.count == min(len(theirs), found.count)
            assert found.is_open or found.count == len(theirs)


def _eyes(reader: Member) -> Any:
    from collegium.audience.viewer import Viewer

    return Viewer(reader)


def _home(reader: Member) -> list[int]:
    keys, before = [], ""
    while True:
        page = timeline.page(reader, timeline.people_of(reader), timeline.mix_of(reader), before)
        keys += [post.pk for post in page.posts]
        before = page.older
        if not before:
            return keys
