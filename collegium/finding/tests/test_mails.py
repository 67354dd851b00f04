"""Mails of new matches: one a member, each opening once for each search, nothing that is not for her eyes."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from django.core import mail as outbox
from django.core.mail import EmailMessage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collegium.finding.keeping import actions, sending
from collegium.finding.models.saved import Letter, Saved, Told
from collegium.lib import clock, unsubscribe
from collegium.lib.mail import Courier
from collegium.members.models import Member
from collegium.openings.models import Hidden, Opening, State
from collegium.openings.tests.scene import opening

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _reachable(cast):
    for member in (cast.ada, cast.bo):
        confirm(member)


def confirm(member):
    EmailAddress.objects.update_or_create(
        user=member.user, email=member.user.email, defaults={"verified": True, "primary": True}
    )


@pytest.fixture
def kept(cast):
    """Ada keeps a search for keepers, weekly."""
    return actions.save(cast.ada, "Keepers", "q=keeper", "weekly")


def morning(*rows):
    """Their mails are due now."""
    chosen = Saved.objects.filter(pk__in=[row.pk for row in rows]) if rows else Saved.objects.exclude(rhythm="never")
    chosen.update(due_at=clock.now() - timedelta(minutes=1))


def sent():
    """The mails since the last time."""
    sending.send_due(100)
    found = list(outbox.outbox)
    outbox.outbox.clear()
    return found


def test_each_opening_is_mailed_once(cast, kept):
    opening(cast.bo, title="Baker")
    row = opening(cast.bo, title="Keeper of weirs")
    assert sent() == []  # not due yet
    morning()
    (letter,) = sent()
    assert letter.to == [cast.ada.user.email]
    assert letter.subject == "1 new opening for “Keepers”"
    assert "Keeper of weirs" in letter.body
    assert "€50,000" in letter.body
    assert row.path in letter.body
    assert "Baker" not in letter.body
    assert letter.extra_headers["List-Unsubscribe"].startswith("<")
    assert Letter.objects.get().mailed_at
    for _again in range(2):
        morning()
        assert sent() == []
    opening(cast.bo, title="Keeper of seals")
    morning()
    (letter,) = sent()
    assert "Keeper of seals" in letter.body
    assert "Keeper of weirs" not in letter.body


def test_what_was_there_when_she_saved_it_is_no_news(cast):
    opening(cast.bo, title="Keeper of weirs", posted_at=clock.now() - timedelta(minutes=5))
    actions.save(cast.ada, "Keepers", "q=keeper", "daily")
    morning()
    assert sent() == []


def test_all_her_searches_come_in_one_mail(cast, kept):
    actions.save(cast.ada, "Weirs", "q=weirs", "daily")
    actions.save(cast.bo, "Weirs", "q=weirs", "daily")
    opening(cast.di, title="Keeper of weirs")
    morning()
    mails = {letter.to[0]: letter for letter in sent()}
    assert set(mails) == {cast.ada.user.email, cast.bo.user.email}
    assert mails[cast.ada.user.email].subject == "1 new opening for your searches"
    assert mails[cast.ada.user.email].body.count("Keeper of weirs") == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda cast, row: Hidden.objects.create(opening=row, what="person", person=cast.ada),
        lambda cast, row: Opening.objects.filter(pk=row.pk).update(expires_at=clock.now()),
        lambda cast, row: Opening.objects.filter(pk=row.pk).update(
            state=State.CLOSED, closed_at=clock.now(), ended="filled"
        ),
        lambda cast, row: Member.objects.filter(pk=cast.bo.pk).update(standing=Member.Standing.SUSPENDED),
        lambda cast, row: Member.objects.filter(pk=cast.ada.pk).update(standing=Member.Standing.SUSPENDED),
        lambda cast, row: Opening.objects.filter(pk=row.pk).update(poster=cast.eve),
        lambda cast, row: Opening.objects.filter(pk=row.pk).update(poster=cast.ada),
        lambda cast, row: cast.ada.user.emailaddress_set.update(verified=False),
        lambda cast, row: Saved.objects.update(rhythm="never", due_at=None),
        lambda cast, row: Saved.objects.update(removed_at=clock.now()),
    ],
    ids=["hidden", "over", "closed", "poster gone", "reader gone", "blocked", "her own", "address", "never", "removed"],
)
def test_it_is_judged_when_it_is_sent(cast, kept, monkeypatch, change):
    row = opening(cast.bo, title="Keeper of weirs")
    judged = sending.matches.fresh

    def meanwhile(rows):
        """Between the matching, for all at once, and her mail."""
        found = judged(rows)
        change(cast, row)
        return found

    monkeypatch.setattr(sending.matches, "fresh", meanwhile)
    morning()
    assert sent() == []
    assert not Told.objects.exists()


def test_one_press_ends_what_the_mail_was_about(cast, kept):
    other = actions.save(cast.ada, "Weirs", "q=weirs", "daily")
    opening(cast.bo, title="Keeper of weirs")
    morning()
    (letter,) = sent()
    one, *_rest, every = re.findall(r"/unsubscribe/(\S+)/", letter.body)
    unsubscribe.end(one)
    assert sorted(Saved.objects.values_list("name", "rhythm")) == [("Keepers", "never"), ("Weirs", "daily")]
    kept.refresh_from_db()
    actions.change(kept, "Keepers", "weekly", by=cast.ada)
    unsubscribe.end(every)
    # What she chose after that mail, it does not end.
    assert sorted(Saved.objects.values_list("name", "rhythm")) == [("Keepers", "weekly"), ("Weirs", "never")]
    other.refresh_from_db()
    assert other.due_at is None


def test_what_the_server_puts_off_comes_later_and_once(cast, kept, monkeypatch):
    opening(cast.bo, title="Keeper of weirs")
    carry = Courier.carry

    def later(self, message: EmailMessage) -> bool:
        self.for_now = True
        return False

    monkeypatch.setattr(Courier, "carry", later)
    morning()
    assert sent() == []
    kept.refresh_from_db()
    assert kept.tries == 1
    assert not Told.objects.exists()
    assert kept.due_at < clock.now() + timedelta(hours=1)
    monkeypatch.setattr(Courier, "carry", carry)
    morning()
    assert len(sent()) == 1
    morning()
    assert sent() == []


def test_a_worker_that_is_killed_sends_nothing_twice(cast, kept, monkeypatch):
    opening(cast.bo, title="Keeper of weirs")

    def killed(*given):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(sending, "carry", killed)
        morning()
        with pytest.raises(KeyboardInterrupt):
            sending.send_due(100)
    morning()
    assert sent() == []


def test_many_equal_searches_are_worked_out_once(cast, make_member, monkeypatch):
    worked = []
    among = sending.matches.searching.among
    monkeypatch.setattr(
        sending.matches.searching,
        "among",
        lambda table, asked, *given: worked.append(asked) or among(table, asked, *given),
    )

    def statements():
        opening(cast.bo, title="Baker")
        morning()
        with CaptureQueriesContext(connection) as captured:
            assert sent() == []
        return len(captured)

    for number in range(2):
        actions.save(make_member(f"Kim {number}"), "Keepers", "q=keeper", "daily")
    statements()
    few = statements()
    for number in range(2, 12):
        actions.save(make_member(f"Kim {number}"), "Keepers", "q=keeper", "daily")
    worked.clear()
    assert statements() == few
    assert len(worked) == 1


def test_the_mail_shows_the_newest_and_counts_the_rest(cast, kept, monkeypatch):
    monkeypatch.setattr("collegium.finding.keeping.letters.SHOWN", 2)
    for number in range(5):
        opening(cast.bo, title=f"Keeper {number}", posted_at=clock.now() + timedelta(seconds=number))
    morning()
    (letter,) = sent()
    assert letter.subject == "5 new openings for “Keepers”"
    assert "And 3 more" in letter.body
    assert letter.body.index("Keeper 4") < letter.body.index("Keeper 3")
    assert SimpleNamespace(html=letter.alternatives[0].content).html.count("Keeper ") == 2
