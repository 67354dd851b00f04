"""Mails that a server refuses for now: tried again, with growing pauses, a few times."""

import smtplib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMessage

from collegium.lib import clock, mail
from collegium.notifications import actions, tasks
from collegium.notifications.models import Letter, Outgoing, Returned
from collegium.notifications.tests.sending import confirm, mails, tell
from collegium.testing.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("going")]
BUSY = smtplib.SMTPRecipientsRefused({"a@example.org": (450, b"4.2.0 Greylisted")})


class Server:
    """A mail server that answers what it is told to, and counts how often it was asked."""

    def __init__(self) -> None:
        self.says: Exception | None = BUSY
        self.asked = 0


@pytest.fixture
def server(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Server:
    confirm(cast.ada)
    made, send = Server(), EmailMessage.send

    def answered(message: EmailMessage, *given: Any, **more: Any) -> int:
        made.asked += 1
        if made.says is not None:
            raise made.says
        return send(message, *given, **more)

    monkeypatch.setattr(EmailMessage, "send", answered)
    return made


@pytest.fixture
def wait(monkeypatch: pytest.MonkeyPatch) -> Any:
    def until(moment: Any) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    return until


def turns(wait: Any) -> Iterator[timedelta]:
    """Send whatever waits at its hour, as long as anything does; how long each waited."""
    while (row := Outgoing.objects.filter(channel="mail").first()) is not None:
        pause = row.due_at - clock.now()
        wait(row.due_at + timedelta(seconds=1))
        tasks.send()
        yield pause


def test_what_is_refused_for_now_goes_out_later_and_once(cast: Cast, server: Server, wait: Any) -> None:
    tell(cast.ada, cast.bo)
    assert mails() == []
    assert Letter.objects.get().sent_at is None, "a row that says sent was sent"
    tasks.send()
    assert server.asked == 1, "not before its hour"
    server.says = None
    [pause] = turns(wait)
    assert pause > timedelta(minutes=9)
    assert len(outbox.outbox) == 1
    assert Letter.objects.filter(sent_at=None).count() == 1
    assert not Returned.objects.exists()


def test_pauses_grow_and_end(cast: Cast, server: Server, wait: Any) -> None:
    tell(cast.ada, cast.bo)
    mails()
    pauses = list(turns(wait))
    assert len(pauses) == len(mail.PAUSES)
    assert pauses == sorted(pauses)
    assert server.asked == 1 + len(mail.PAUSES)
    assert outbox.outbox == []


def test_a_daily_mail_does_not_wait_for_the_next_day(cast: Cast, server: Server, wait: Any) -> None:
    actions.rest(cast.ada, zone="Asia/Kolkata", hour=8)
    tell(cast.ada, cast.bo, "mention")
    mails()
    wait(Outgoing.objects.get(channel="mail").due_at + timedelta(seconds=1))
    tasks.send()
    server.says = None
    assert [pause < timedelta(minutes=11) for pause in turns(wait)] == [True]
    assert len(outbox.outbox) == 1


def test_newer_news_does_not_use_up_the_pauses_of_what_waits(cast: Cast, server: Server) -> None:
    tell(cast.ada, cast.bo)
    mails()
    tell(cast.ada, cast.bo, subject=2)
    Outgoing.objects.filter(channel="mail", tries=0).update(due_at=clock.now() - timedelta(seconds=1))
    tasks.send()
    assert sorted(Outgoing.objects.filter(channel="mail").values_list("tries", flat=True)) == [1, 1]


@pytest.mark.parametrize(
    "trouble",
    [
        smtplib.SMTPServerDisconnected("gone"),
        TimeoutError("silent"),
        smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"5.1.1 Nobody")}),
        smtplib.SMTPDataError(554, b"5.7.1 No"),
    ],
    ids=lambda trouble: type(trouble).__name__,
)
def test_what_may_have_arrived_or_never_will_is_not_tried_again(cast: Cast, server: Server, trouble: Any) -> None:
    server.says = trouble
    tell(cast.ada, cast.bo)
    mails()
    assert not Outgoing.objects.filter(channel="mail").exists()


@pytest.mark.parametrize("trouble", [smtplib.SMTPDataError(452, b"full"), smtplib.SMTPSenderRefused(421, b"busy", "b")])
def test_every_answer_of_the_server_that_says_later_counts(cast: Cast, server: Server, trouble: Any) -> None:
    server.says = trouble
    tell(cast.ada, cast.bo)
    mails()
    assert Outgoing.objects.get(channel="mail").tries == 1


def test_what_was_taken_back_meanwhile_is_not_sent(cast: Cast, server: Server, wait: Any) -> None:
    row = tell(cast.ada, cast.bo)
    mails()
    actions.read(row, by=cast.ada)
    server.says = None
    list(turns(wait))
    assert outbox.outbox == []
