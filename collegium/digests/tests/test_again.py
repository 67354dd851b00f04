"""A digest that the mail server refuses for now comes later that day, a few times, and never twice."""

import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMessage

from collegium.digests import tasks
from collegium.digests.models import Digest, Wish
from collegium.digests.tests.test_digests import wants
from collegium.feed import actions as feed
from collegium.lib import clock, mail
from collegium.testing.cast import Cast

pytestmark = pytest.mark.django_db


def _busy(*_given: Any, **_more: Any) -> int:
    raise smtplib.SMTPDataError(451, b"4.3.0 Try again later")


def _turn(monkeypatch: pytest.MonkeyPatch) -> timedelta:
    """Let her next turn come; how long it was until then."""
    due_at, now = Wish.objects.get().due_at, clock.now()
    assert due_at is not None
    monkeypatch.setattr(clock, "now", lambda: due_at + timedelta(seconds=1))
    tasks.sweep()
    return due_at - now


def test_it_comes_later_that_day(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    wants(cast.ada)
    feed.post(cast.bo, "Later.")
    with monkeypatch.context() as refusing:
        refusing.setattr(EmailMessage, "send", _busy)
        tasks.sweep()
    assert Digest.objects.get().mailed_at is None
    wish = Wish.objects.get()
    assert wish.due_at is not None
    assert wish.due_at <= clock.now() + mail.PAUSES[0]
    assert _turn(monkeypatch) <= mail.PAUSES[0]
    assert len(outbox.outbox) == 1
    assert Digest.objects.exclude(mailed_at=None).count() == 1


def test_a_few_times_and_then_at_her_next_hour(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    noon = clock.now().replace(hour=7, minute=1)
    monkeypatch.setattr(clock, "now", lambda: noon)
    wants(cast.ada)
    feed.post(cast.bo, "Later.")
    monkeypatch.setattr(EmailMessage, "send", _busy)
    tasks.sweep()
    waited = [_turn(monkeypatch) for _pause in mail.PAUSES]
    assert waited == sorted(waited)
    assert Digest.objects.count() == 1 + len(mail.PAUSES)
    wish = Wish.objects.get()
    assert wish.due_at is not None
    assert wish.due_at.hour == 7
    assert outbox.outbox == []
