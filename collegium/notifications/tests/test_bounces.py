"""Mails that come back: read, believed only with the signed key, counted, and ended in time."""

import io
import re
import smtplib
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail as outbox
from django.test import Client

from collegium.cli import bounces as word
from collegium.cli.arguments import parser
from collegium.digests import rules as digests
from collegium.lib import clock, envelope
from collegium.newsletters import rules as newsletters
from collegium.notifications import tasks
from collegium.notifications.bounces import noting
from collegium.notifications.bounces.parse import LARGEST, is_for_good, read
from collegium.notifications.models import Notification, Returned
from collegium.notifications.tests.reports import EXIM, FORWARDED, OUT_OF_OFFICE, POSTFIX, written
from collegium.notifications.tests.sending import confirm, mails, tell
from collegium.testing.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("going")]
ADA = "adalindqvist@example.org"


@pytest.fixture(autouse=True)
def _reads_mail(cast: Cast, settings: Any) -> None:
    settings.MAIL_BOUNCES = "bounces@people.example.org"
    confirm(cast.ada, cast.bo)
    assert cast.ada.user.email == ADA


def arrive(raw: bytes) -> list[str]:
    report = read(raw)
    return noting.reported(report) if report is not None else []


def report(number: int = 1, sample: str = POSTFIX, **more: Any) -> bytes:
    return written(sample, ADA, envelope.key(ADA), number=number, **more)


def test_the_envelope_names_the_address_and_the_reader_sees_the_community(cast: Cast, settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "People <people@example.org>"
    tell(cast.ada, cast.bo)
    [sent] = mails()
    assert sent.from_email == f"bounces+{envelope.key(ADA)}@people.example.org"
    assert sent.message()["From"] == "People <people@example.org>"
    local = sent.from_email.partition("@")[0]
    assert len(local) <= 64, "servers take no longer one"
    assert "ada" not in local
    settings.MAIL_BOUNCES = ""
    tell(cast.ada, cast.bo, subject=2)
    assert mails()[-1].from_email == "People <people@example.org>"


@pytest.mark.parametrize("sample", [POSTFIX, EXIM, FORWARDED], ids=["postfix", "exim", "forwarded"])
def test_reports_are_read(cast: Cast, sample: str) -> None:
    assert arrive(report(sample=sample)) == [ADA]
    row = Returned.objects.get()
    assert (row.address, row.times, row.stopped_at) == (ADA, 1, None)
    assert "550" in row.words


@pytest.mark.parametrize(
    ("status", "action", "code", "counts"),
    [
        ("5.1.1", "failed", 550, True),
        ("5.1.2", "failed", 550, True),
        ("5.2.1", "failed", 550, True),
        ("5.4.4", "failed", 550, True),
        ("5.2.2", "failed", 552, False),
        ("5.3.4", "failed", 552, False),
        ("5.7.1", "failed", 550, False),
        ("5.6.0", "failed", 554, False),
        ("4.2.2", "failed", 452, False),
        ("4.4.1", "delayed", 451, False),
        ("2.0.0", "delivered", 250, False),
        ("5.1.1", "delayed", 550, False),
        ("nonsense", "failed", 550, False),
    ],
)
def test_only_what_says_that_nobody_is_there_counts(
    cast: Cast, status: str, action: str, code: int, counts: bool
) -> None:
    assert bool(arrive(report(status=status, action=action, code=code))) == counts


def test_the_same_report_counts_once(cast: Cast) -> None:
    assert arrive(report(1)) == [ADA]
    assert arrive(report(1)) == []
    assert Returned.objects.get().times == 1


def test_what_does_not_carry_the_key_stops_nobody(cast: Cast) -> None:
    """Anybody can write a report about anybody; the key is only in mails to that very address."""
    others = envelope.key(cast.bo.user.email)
    for key in ("a" * 24, "", others):
        for number in range(4):
            arrive(written(POSTFIX, ADA, key, number=number))
    assert not Returned.objects.filter(address=ADA).exists()
    assert envelope.key(ADA) == envelope.key(ADA.upper())


HEAD = b"Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n"
STATUS = b"--x\r\nContent-Type: message/delivery-status\r\n\r\n"
HOSTILE = [
    b"",
    b"\x00\xff" * 100,
    HEAD,
    HEAD + STATUS + b"\r\n--x--",
    b"Content-Type: multipart/report; boundary=x\r\n\r\n" + STATUS + b"a: b\r\n--x--",
    b"To: =?utf-8?q?=ff=fe?=\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\r\n\r\nx",
    HEAD + STATUS + b"A: b\r\n\r\nFinal-Recipient: rfc822;" + b"a" * 100_000 + b"\r\nStatus: 5.1.1\r\nAction: failed",
    HEAD + STATUS + b"A: b\r\n\r\n" + b"Final-Recipient: rfc822;a@b.example\r\nAction: failed\r\n\r\n" * 3_000,
]


@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_arrives_is_read_or_left(cast: Cast, raw: bytes) -> None:
    assert arrive(raw) == []
    assert not Returned.objects.exists()


def test_a_report_nested_without_end_is_left(cast: Cast) -> None:
    part = b"Content-Type: multipart/report; report-type=delivery-status; boundary=%d\r\n\r\n--%d\r\n"
    raw = b"".join(part % (depth, depth) for depth in range(5_000)) + report()
    assert len(raw) < LARGEST
    assert arrive(raw) == []


def stop(number: int = noting.MOST) -> Returned:
    for each in range(number):
        arrive(report(each))
    return Returned.objects.get(address=ADA)


def test_after_three_nothing_more_is_sent_and_she_is_told(cast: Cast, hear: Any) -> None:
    stop(noting.MOST - 1)
    tell(cast.ada, cast.bo)
    assert len(mails()) == 1
    row = stop()
    hear()
    assert row.stopped_at is not None
    assert not digests.may_be_mailed(cast.ada)
    assert not newsletters.reads_mail(cast.ada)
    assert digests.may_be_mailed(cast.bo)
    tell(cast.ada, cast.bo, subject=2)
    assert len(mails()) == 1
    told = Notification.objects.get(kind="notifications.stopped")
    browser = cast.client("ada")
    assert ADA in browser.get("/notifications/").content.decode()
    assert browser.get(told.path).url == "/notifications/settings/#address"
    page = browser.get("/notifications/settings/").content.decode()
    assert "nothing is sent there any more" in page
    assert "User unknown" in page
    assert "nothing is sent there" not in cast.client("bo").get("/notifications/settings/").content.decode()
    stop(noting.MOST + 2)
    hear()
    assert Notification.objects.filter(kind="notifications.stopped").count() == 1


def test_what_waited_in_line_is_not_sent_either(cast: Cast) -> None:
    tell(cast.ada, cast.bo)
    stop()
    assert mails() == []


def test_codes_she_asks_for_are_still_tried(cast: Cast) -> None:
    stop()
    Client().post("/accounts/password/reset/", {"email": ADA})
    assert [each.to for each in outbox.outbox] == [[ADA]]


def trial(cast: Cast) -> Any:
    assert cast.client("ada").post("/notifications/trial/").status_code == 302
    tasks.trial(member=cast.ada.pk, when=clock.now().isoformat())
    return outbox.outbox[-1]


def test_one_mail_that_arrives_begins_everything_anew(cast: Cast, hear: Any) -> None:
    stop()
    hear()
    sent = trial(cast)
    found = re.search(r"/notifications/arrived/[^\s\"]+", sent.body)
    assert found is not None
    browser = Client()
    assert browser.get(found[0]).status_code == 200
    assert Returned.objects.exists(), "mail programs look at links by themselves"
    assert browser.post(found[0]).status_code == 200
    assert not Returned.objects.exists()
    hear()
    assert not Notification.objects.filter(kind="notifications.stopped").exists()
    tell(cast.ada, cast.bo)
    assert "did" in mails()[-1].subject
    stop()
    browser.post(found[0])
    assert Returned.objects.exists(), "an old mail's address is dead"


@pytest.mark.parametrize("token", ["x", "1.aaaa", "%00", "1" * 400, "４２.aaaa"])
def test_what_was_not_signed_here_lets_nothing_in(cast: Cast, token: str) -> None:
    stop()
    for answer in (Client().get(f"/notifications/arrived/{token}/"), Client().post(f"/notifications/arrived/{token}/")):
        assert answer.status_code in (200, 404)
    assert Returned.objects.exists()


def test_a_trial_is_for_confirmed_addresses_and_carries_no_button_else(cast: Cast) -> None:
    sent = trial(cast)
    assert sent.subject == "Your trial mail from Collegium"
    assert "arrived/" not in sent.body
    assert sent.extra_headers["Auto-Submitted"] == "auto-replied"
    assert cast.client("cy").post("/notifications/trial/").status_code == 403


def test_months_apart_they_do_not_add_up(cast: Cast) -> None:
    stop(2)
    Returned.objects.update(last_at=clock.now() - noting.TOGETHER - timedelta(days=1))
    assert stop(1).times == 1
    Returned.objects.update(last_at=clock.now() - noting.TOGETHER - timedelta(days=1))
    noting.forget()
    assert not Returned.objects.exists()


def test_another_address_of_hers_is_tried_anew(cast: Cast) -> None:
    stop()
    cast.ada.user.email = "ada@elsewhere.example"
    cast.ada.user.save()
    EmailAddress.objects.filter(user=cast.ada.user).update(email=cast.ada.user.email)
    assert digests.may_be_mailed(cast.ada)
    noting.forget()
    assert not Returned.objects.exists(), "nobody has that address any more"


@pytest.mark.parametrize(
    ("code", "words", "counts"),
    [
        (550, "5.1.1 User unknown", True),
        (550, "No such user", True),
        (553, "mailbox name not allowed", True),
        (552, "5.2.2 Mailbox full", False),
        (550, "5.7.1 Message rejected as spam", False),
        (554, "Transaction failed", False),
        (450, "4.2.0 Greylisted", False),
    ],
)
def test_what_a_server_says_while_a_mail_is_handed_over(code: int, words: str, counts: bool) -> None:
    assert is_for_good(code, words) == counts


def test_a_refusal_at_the_door_counts_like_a_report(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: object, messages: Any) -> None:
        raise smtplib.SMTPRecipientsRefused({ADA: (550, b"5.1.1 User unknown")})

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    for number in range(noting.MOST):
        tell(cast.ada, cast.bo, subject=number)
        mails()
    row = Returned.objects.get()
    assert (row.times, row.words) == (noting.MOST, "550 5.1.1 User unknown")
    assert row.stopped_at is not None


def test_the_command_takes_a_report_in(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(word, "house", nullcontext)

    def run(raw: bytes) -> str:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
        assert word.bounces(parser().parse_args(["bounces"])) == 0
        return capsys.readouterr().out

    assert run(report()) == f"Counted for {ADA}.\n"
    assert "nothing was changed" in run(report())
    assert "no report" in run(written(OUT_OF_OFFICE, ADA, envelope.key(ADA)))
    assert Returned.objects.get().times == 1
