"""News by mail: when, to whom, in which words, and never twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.db import connection

from collegium.accounts.models import User
from collegium.lib import clock, mail
from collegium.members import actions as members
from collegium.network import actions as network
from collegium.notifications import actions, going, keep, tasks
from collegium.notifications.mails import sending
from collegium.notifications.models import Letter, Notification, Outgoing
from collegium.notifications.tell import retract
from collegium.notifications.tests.sending import confirm, due, mails, tell
from collegium.testing.cast import Cast
from collegium.testing.racing import race

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _everything_at_once(cast: Cast, going: Any, request: pytest.FixtureRequest) -> None:
    confirm(cast.ada, cast.di)


@pytest.fixture
def things(going: Any) -> Any:
    return going[0]


def wait(minutes: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let time pass."""
    later = clock.now() + timedelta(minutes=minutes)
    monkeypatch.setattr(clock, "now", lambda: later)


def test_a_message_is_mailed_after_a_short_grace(cast: Cast, things: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    things.words[1] = ["The gate moved again."]
    tell(cast.ada, cast.bo)
    tasks.send()
    assert outbox.outbox == []
    wait(4.9, monkeypatch)
    tasks.send()
    assert outbox.outbox == []
    wait(0.2, monkeypatch)
    tasks.send()
    [sent] = outbox.outbox
    assert sent.to == [cast.ada.user.email]
    assert sent.subject == "Bo Okafor did “message & more”"
    assert "“The gate moved again.”" in sent.body
    assert "Bo Okafor did “message & more”" in sent.body
    html = sent.alternatives[0][0]
    assert "The gate moved again." in html
    assert "<bdi>Bo Okafor</bdi></b> did" in html
    assert "message &amp; more" in html
    row = Notification.objects.get()
    assert f"/notifications/{row.pk}/" in sent.body
    assert Letter.objects.get().told == [row.pk]
    assert Letter.objects.get().sent_at is not None


def test_what_was_read_meanwhile_is_not_mailed(cast: Cast) -> None:
    row = tell(cast.ada, cast.bo)
    actions.read(row, by=cast.ada)
    assert mails() == []
    assert not Outgoing.objects.filter(channel="mail").exists()


def test_what_comes_together_is_one_mail(cast: Cast) -> None:
    actions.choose(cast.ada, {"mentions": {"mail": "at_once"}})
    for number in range(3):
        tell(cast.ada, cast.bo, subject=number)
    tell(cast.ada, cast.cy, "mention")
    sent = mails()
    assert sorted(each.subject for each in sent) == [
        "Bo Okafor did “message & more”, and 2 more",
        "Cy Tanaka did “mention & more”",
    ]
    tell(cast.ada, cast.bo, subject=9)
    assert len(mails()) == 3, "what comes later is another mail"


def test_daily_gathers_all_topics_and_comes_at_her_hour(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    actions.rest(cast.ada, zone="Asia/Kolkata", hour=8)
    tell(cast.ada, cast.bo, "mention")
    tell(cast.ada, cast.cy, "invitation")
    assert mails() == [], "it waits for the hour"
    [hour] = set(Outgoing.objects.filter(channel="mail").values_list("due_at", flat=True))
    assert (hour.hour, hour.minute) == (2, 30)
    assert clock.now() < hour <= clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: hour + timedelta(seconds=1))
    tell(cast.ada, cast.bo, "mention", subject=2)
    tasks.send()
    [sent] = outbox.outbox
    assert sent.subject == "3 pieces of news you have not read at Collegium"
    assert sent.body.index("Invitations and introductions") < sent.body.index("Mentions")
    assert Letter.objects.get().rhythm == "daily"


def test_weekly_waits_for_her_day(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    actions.choose(cast.ada, {"mentions": {"mail": "weekly"}})
    actions.rest(cast.ada, weekday=4, hour=18)
    tell(cast.ada, cast.bo, "mention")
    assert mails() == []
    due_at = Outgoing.objects.get(channel="mail").due_at
    assert (due_at.weekday(), due_at.hour) == (4, 18)
    monkeypatch.setattr(clock, "now", lambda: due_at)
    tasks.send()
    assert "this week" in outbox.outbox[0].body


def test_quiet_hours_hold_mail_and_push_back(cast: Cast, going: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _things, devices = going
    now = clock.now()
    start = now.hour * 60 + now.minute
    actions.rest(cast.ada, quiet_from=start, quiet_until=(start + 120) % 1440)
    tell(cast.ada, cast.bo)
    assert mails() == []
    due(channel="push")
    tasks.sweep()
    assert devices.sent == []
    hours = set(Outgoing.objects.values_list("due_at", flat=True))
    assert len(hours) == 1, "both wait for the end of the quiet hours"
    monkeypatch.setattr(clock, "now", lambda: next(iter(hours)))
    tasks.send()
    tasks.sweep()
    assert len(outbox.outbox) == len(devices.sent) == 1


def test_setting_the_hours_anew_moves_what_waits(cast: Cast) -> None:
    actions.rest(cast.ada, hour=3)
    tell(cast.ada, cast.bo, "mention")
    mails()
    actions.rest(cast.ada, hour=5)
    mails()
    assert Outgoing.objects.get(channel="mail").due_at.hour == 5


# What ends a right between news and mail; none of them may let the mail out.
def _blocks(cast: Cast, things: Any) -> None:
    network.block(cast.ada, cast.bo)


def _is_blocked(cast: Cast, things: Any) -> None:
    network.block(cast.bo, cast.ada)


def _actor_goes(cast: Cast, things: Any) -> None:
    members.suspend(cast.bo, by=None)


def _reader_goes(cast: Cast, things: Any) -> None:
    members.suspend(cast.ada, by=None)


def _hides(cast: Cast, things: Any) -> None:
    things.hidden.add(1)


def _takes_back(cast: Cast, things: Any) -> None:
    retract(kind="test.message", subject=1)


def _changes_address(cast: Cast, things: Any) -> None:
    User.objects.filter(pk=cast.ada.user_id).update(email="elsewhere@example.org")


def _chooses_otherwise(cast: Cast, things: Any) -> None:
    actions.choose(cast.ada, {"messages": {"mail": "off", "push": False}})


def _reads(cast: Cast, things: Any) -> None:
    actions.read(Notification.objects.get(recipient=cast.ada), by=cast.ada)


ENDINGS = [
    _blocks,
    _is_blocked,
    _actor_goes,
    _reader_goes,
    _hides,
    _takes_back,
    _changes_address,
    _chooses_otherwise,
    _reads,
]


@pytest.mark.parametrize("ends", ENDINGS, ids=lambda ends: ends.__name__)
def test_nothing_goes_out_after_the_right_ended(cast: Cast, going: Any, ends: Any) -> None:
    things, devices = going
    tell(cast.ada, cast.bo)
    assert Outgoing.objects.count() == 2
    ends(cast, things)
    assert mails() == []
    if ends is not _changes_address:
        due(channel="push")
        tasks.sweep()
        assert devices.sent == []
    assert not Outgoing.objects.filter(channel="mail").exists(), "it does not lie in line for ever"


def test_a_worker_killed_while_it_sends_does_not_send_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(cast.ada, cast.bo)
    due()

    def killed(self: object, message: object) -> bool:
        assert Letter.objects.filter(sent_at=None).exists(), "marked before it leaves"
        raise KeyboardInterrupt

    monkeypatch.setattr(mail.Courier, "carry", killed)
    with pytest.raises(KeyboardInterrupt):
        tasks.send()
    monkeypatch.undo()
    assert mails() == [], "lost once at most, never twice"
    tell(cast.ada, cast.bo, subject=2)
    assert len(mails()) == 1


def test_a_worker_killed_after_it_sent_does_not_send_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(cast.ada, cast.bo)
    due()
    carry = mail.Courier.carry

    def killed(self: mail.Courier, message: Any) -> bool:
        carry(self, message)
        raise KeyboardInterrupt

    monkeypatch.setattr(mail.Courier, "carry", killed)
    with pytest.raises(KeyboardInterrupt):
        tasks.send()
    monkeypatch.undo()
    assert len(mails()) == 1


def test_a_server_that_is_away_costs_nobody_a_mail(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(self: object) -> None:
        raise ConnectionRefusedError

    tell(cast.ada, cast.bo)
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", away)
    assert mails() == []
    assert Letter.objects.count() == 0
    monkeypatch.undo()
    assert len(mails()) == 1


def test_a_device_that_fails_keeps_nobody_waiting(cast: Cast, going: Any) -> None:
    _things, devices = going
    devices.breaks = True
    tell(cast.ada, cast.bo)
    tell(cast.di, cast.bo)
    due(channel="push")
    tasks.sweep()
    tasks.sweep()
    assert sorted(key for key, _rows in devices.sent) == sorted([cast.ada.pk, cast.di.pk])


def test_push_is_carried_soon_after_it_was_told(cast: Cast) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    tell(cast.ada, cast.bo)
    jobs = ProcrastinateJob.objects.filter(task_name="notifications.carry")
    assert [job.args for job in jobs] == [{"channel": "push"}]


def test_what_is_swept_away_takes_what_waits_with_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep, "KEPT", 2)
    for number in range(5):
        tell(cast.ada, cast.bo, subject=number)
    assert keep.sweep() == 3
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert Outgoing.objects.filter(channel="mail").count() == 2


def test_what_went_out_long_ago_is_forgotten(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(cast.ada, cast.bo)
    mails()
    tasks.forget()
    assert Letter.objects.count() == 1
    wait(tasks.KEPT.total_seconds() / 60 + 1, monkeypatch)
    tasks.forget()
    assert Letter.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_many_workers_send_each_mail_once(cast: Cast) -> None:
    """Four at once, three topics of four people: one mail of each topic to each, none twice."""
    people = [cast.ada, cast.bo, cast.cy, cast.di]
    confirm(*people)
    for person in people:
        actions.choose(person, {"mentions": {"mail": "at_once"}, "comments": {"mail": "at_once"}})
        for kind in ("message", "mention", "comment"):
            for number in range(3):
                tell(person, cast.flo, kind, subject=number)
    due(channel="mail")
    race(*[lambda: sending.send_due(30)] * 4)
    sending.send_due(30)
    assert sorted(each.to[0] for each in outbox.outbox) == sorted(person.user.email for person in people * 3)
    assert not Outgoing.objects.filter(channel=going.MAIL).exists()
    told = [key for letter in Letter.objects.all() for key in letter.told]
    assert len(told) == len(set(told)) == 36
