"""Counting what comes back, for each address, and stopping in time.

Three times for good, with no more than a month between, and nothing more is sent there but what somebody asks for
herself. She is told in the app, and one mail that arrives begins everything anew.
"""

from datetime import timedelta

from django.db import transaction

from collegium.accounts.models import User
from collegium.journal.record import record
from collegium.lib import clock, envelope
from collegium.lib.mail import Refused
from collegium.members.models import Member
from collegium.notifications.bounces.parse import Failure, Report, is_for_good
from collegium.notifications.models import Returned

MOST = 3
TOGETHER = timedelta(days=30)


def refused(address: str, said: Refused) -> bool:
    """A server would not take a mail for this address; whether that counts."""
    if not is_for_good(said.code, said.words):
        return False
    return _note(address, f"{said.code} {said.words}", "")


def reported(report: Report) -> list[str]:
    """Take a report in; returns the addresses it counts for.

    Only what carries the key that mails to that very address carry counts, so nobody can stop another's mails.
    """
    gone = [(_whose(report, failure), failure.words) for failure in report.failures if failure.is_for_good]
    return [address for address, words in gone if address and _note(address, words, report.name)]


def _whose(report: Report, failure: Failure) -> str:
    """The address that a key of the report was made for; empty when there is none.

    A forwarded mail fails at another address than it was sent to. If that one stands nowhere in the report, all
    addresses are tried.
    """
    near = (*failure.addresses, *report.written_to)
    for key in report.keys:
        for address in near:
            if envelope.is_key_of(key, address):
                return address
        for address in User.objects.order_by().values_list("email", flat=True).iterator():
            if envelope.is_key_of(key, address):
                return str(address)
    return ""


@transaction.atomic
def _note(address: str, words: str, name: str) -> bool:
    """Count one for this address; False when nobody has it, or this very report was counted before."""
    user = User.objects.filter(email=address.lower()).first()
    if user is None:
        return False
    now = clock.now()
    Returned.objects.get_or_create(address=user.email, defaults={"user": user, "last_at": now})
    row = Returned.objects.select_for_update().get(address=user.email)
    if name and name == row.last:
        return False
    row.times = 1 if row.last_at < now - TOGETHER else min(row.times + 1, 1_000)
    row.user, row.last_at, row.last, row.words = user, now, name[:200], words[:300]
    stops = row.times >= MOST and row.stopped_at is None
    row.stopped_at = now if stops else row.stopped_at
    row.save()
    member = Member.objects.filter(user=user).first()
    if stops and member is not None:
        record("notifications.address_stopped", actor=None, subject=row, member=member.pk)
    return True


@transaction.atomic
def arrived(key: int) -> bool:
    """A mail to this address was read after all: mails go there again. False when there was nothing to take back.

    Args:
        key: of the row, out of a signed address that stood in that mail.
    """
    row = Returned.objects.select_for_update().filter(pk=key).first()
    if row is None:
        return False
    record("notifications.address_arrived", actor=None, subject=row)
    row.delete()
    return True


def stopped(member: Member) -> Returned | None:
    """What came back of her present address, if nothing is sent there any more."""
    return Returned.objects.filter(address=member.user.email, stopped_at__isnull=False).first()


def forget() -> None:
    """Forget what came back of addresses that belong to no account any more, and single ones of long ago."""
    Returned.objects.exclude(address__in=User.objects.values("email")).delete()
    old = clock.now() - TOGETHER
    Returned.objects.filter(stopped_at=None, last_at__lt=old).delete()
