"""Writing first to somebody one shares a group with: who that is, and how often in a month.

Like the account of cold messages it is worked out from the journal each time; no row holds it.

Both have said in the group that others there may write to them, it goes on, and neither is kept out of it. Whether it
is listed does not matter: they know of each other there. Leaving it ends this at once, since it is asked when somebody
writes. What is closed for a purpose stays closed (`rules`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from collegium.conduct.levels import DAY
from collegium.groups.models import Ban, Group, Membership
from collegium.members.models import Member
from collegium.reach.account import Cold, Event, What

MOST = 15
MONTH = 30 * DAY


@dataclass(frozen=True, slots=True)
class Comembers:
    """What is left of the month.

    Attributes:
        number: how many co-members, over all groups, may still be written to.
        again_at: when one more may go; None while nothing was sent.
        paused: several people complained, so that none goes before then.
    """

    number: int
    again_at: datetime | None = None
    paused: bool = False


def left(happened: Iterable[Event], account: Cold) -> Comembers:
    """What may still be sent: each counts for a month, and none goes while the account of cold messages is paused."""
    if account.paused_until is not None:
        return Comembers(0, account.paused_until, paused=True)
    ends = sorted(event.at + MONTH for event in happened if event.what == What.MET and event.at + MONTH > account.at)
    # With more than the most in one month (there used to be another most), one goes when enough of them are over.
    over = max(0, len(ends) - MOST)
    return Comembers(max(0, MOST - len(ends)), ends[over] if ends else None)


def shared(one: Member, other: Member) -> QuerySet[Group]:
    """The groups through which these two may write to each other first, the smallest first."""
    seats = Membership.objects.filter(group=OuterRef("pk"), reachable=True)
    banned = Ban.objects.holding().filter(group=OuterRef("pk"), member__in=[one.pk, other.pk])
    rows = Group.objects.filter(Exists(seats.filter(member=one)), Exists(seats.filter(member=other)), ended_at=None)
    return rows.exclude(Exists(banned)).order_by("member_count", "pk")


def hold(one: Member, other: Member, handle: str) -> Group | None:
    """The group of this handle, if it is one of these; both seats stay as they are until the transaction ends."""
    seats = Membership.objects.select_for_update(of=("self",)).filter(group__handle=handle, reachable=True)
    if len(seats.filter(member__in=[one.pk, other.pk]).order_by("member_id")) < len({one.pk, other.pk}):
        return None
    return shared(one, other).filter(handle=handle).first()
