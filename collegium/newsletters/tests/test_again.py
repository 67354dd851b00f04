"""A mail with an issue that the server refuses for now is sent later, a few times; nobody gets two."""

import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage

from collegium.lib import clock, mail
from collegium.newsletters import tasks
from collegium.newsletters.models import Delivery
from collegium.newsletters.tests.scene import issued, mailed, reads, series
from collegium.testing.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Addresses whose server says: not now."""
    later, send = set[str](), EmailMessage.send

    def answered(message: EmailMessage, *given: Any, **more: Any) -> int:
        if message.to[0] in later:
            raise smtplib.SMTPRecipientsRefused({message.to[0]: (450, b"4.2.0 Greylisted")})
        return send(message, *given, **more)

    monkeypatch.setattr(EmailMessage, "send", answered)
    return later


def test_one_reader_waits_and_the_others_do_not(cast: Cast, busy: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    row = series(cast.ada)
    for each in (cast.bo, cast.cy):
        reads(each, row)
    busy.add(cast.bo.user.email)
    made = issued(row)
    tasks.send(issue=made.pk)
    tasks.sweep()
    made.refresh_from_db()
    assert made.sent_at is None, "not everybody has it"
    waiting = Delivery.objects.get(member=cast.bo)
    assert (waiting.tries, waiting.mailed_at, waiting.begun_at) == (1, None, None), "and not before its time"
    assert len(mailed()) == 1
    busy.clear()
    monkeypatch.setattr(clock, "now", lambda: waiting.due_at + timedelta(seconds=1) if waiting.due_at else None)
    tasks.sweep()
    made.refresh_from_db()
    assert made.sent_at is not None
    assert len(mailed()) == 2
    assert Delivery.objects.filter(mailed_at=None).count() == 0


def test_it_is_given_up(cast: Cast, busy: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    row = series(cast.ada)
    reads(cast.bo, row)
    busy.add(cast.bo.user.email)
    made = issued(row)
    tasks.send(issue=made.pk)
    for pause in mail.PAUSES:
        now = clock.now() + pause + timedelta(seconds=1)
        monkeypatch.setattr(clock, "now", lambda now=now: now)
        tasks.sweep()
    made.refresh_from_db()
    assert made.sent_at is not None, "the notice in the app is there all the same"
    waiting = Delivery.objects.get()
    assert waiting.tries == len(mail.PAUSES)
    assert waiting.mailed_at is None
    assert mailed() == []
