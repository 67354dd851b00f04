"""May she invite now, may she appeal, may they restrict? As sentences for the one who asks."""

from datetime import datetime
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.conduct.models import Restriction
from collegium.conduct.reading import MOST_PENDING, WEEKLY, Standing, standing
from collegium.lib import clock
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.members.rules import may_suspend
from collegium.ui.text import day, moment


class Wait(Conflict):
    """Too many in too short a time (429). Carries when the next one is welcome."""

    def __init__(self, reason: str, until: datetime) -> None:
        super().__init__(reason)
        self.until = until

    @property
    def seconds(self) -> int:
        """For `Retry-After`."""
        return max(1, ceil((self.until - clock.now()).total_seconds()))


def hindrance_to_inviting(member: Member) -> Conflict | None:
    """What in her own standing keeps a member from inviting anybody; whom she would invite does not matter.

    Asked with the member held (`ties.pairs.hold`), so that two invitations never spend the same one.
    """
    stands = standing(member)
    return _restricted(stands) or _too_many_pending(stands) or _spent(stands) or _too_fast(stands)


def _restricted(stands: Standing) -> Conflict | None:
    if (restriction := stands.restriction) is None:
        return None
    words = _("You can invite nobody until %(day)s. Your standing says why, and you can answer there.")
    return Wait(words % {"day": day(restriction.until)}, restriction.until)


def _too_many_pending(stands: Standing) -> Conflict | None:
    if stands.pending < MOST_PENDING:
        return None
    words = _("%(n)s invitations of yours wait for an answer, and that is the most there can be. Withdraw one first.")
    return Conflict(words % {"n": stands.pending})


def _spent(stands: Standing) -> Wait | None:
    again = stands.ledger.refill_at
    if stands.ledger.balance > 0 or again is None:
        return None
    daily = stands.ledger.level.daily
    words = ngettext(
        "You have no invitation left to send. %(n)s comes back on %(day)s.",
        "You have no invitation left to send. %(n)s come back on %(day)s.",
        daily,
    )
    return Wait(words % {"n": daily, "day": moment(again)}, again)


def _too_fast(stands: Standing) -> Wait | None:
    if (again := stands.week_free_at) is None:
        return None
    words = _("One can send %(n)s invitations a week. You can send the next one on %(day)s.")
    return Wait(words % {"n": WEEKLY, "day": moment(again)}, again)


def may_restrict(by: Member | None, member: Member) -> bool:
    """Owners, but not themselves; None is the operator's command line or a rule."""
    return may_suspend(by, member)


def may_appeal(by: Member, restriction: Restriction) -> bool:
    """Only who is restricted."""
    return restriction.member_id == by.pk and by.is_active


def hindrance_to_appealing(restriction: Restriction) -> Conflict | None:
    """Once, and while there is something to lift."""
    if not restriction.is_living:
        return Conflict(_("This restriction has ended."))
    if hasattr(restriction, "appeal"):
        return Conflict(_("You have appealed already. One answer is owed to you, and it will stand here."))
    return None
