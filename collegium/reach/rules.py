"""May she write to this stranger now? As sentences for the one who asks."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.conduct.levels import DAY
from collegium.conduct.rules import Wait
from collegium.lib import clock
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.reach import comembers, reading
from collegium.reach.models import Key
from collegium.ui.text import day, moment

MOST_KEYS = 50
# Somebody who came today has read nothing yet, and most accounts made for pitches are used on their first day.
FIRST_AFTER = DAY


def hindrance_to_approaching(sender: Member, recipient: Member, *, purpose: str) -> Conflict | None:
    """What keeps a member from writing to somebody she is not connected with, without a key.

    Asked with the sender held (`ties.pairs.hold`), so that two messages never spend the same one. What concerns the
    sender alone comes first: it says nothing of the recipient.
    """
    stands = reading.standing(sender)
    return _restricted(stands) or _too_new(sender) or _closed(recipient, purpose) or _spent(stands)


def hindrance_to_meeting(sender: Member, recipient: Member, *, group: str, purpose: str) -> Conflict | None:
    """What keeps a member from writing first to somebody she shares a group with, on the account of that group.

    Asked with the sender held, as above. The two seats are held until the transaction ends, so that nobody writes as a
    co-member who has just left.

    Args:
        sender: who writes.
        recipient: to whom.
        group: handle of the group she names.
        purpose: what she says it is for.
    """
    stands = reading.standing(sender)
    if hindrance := _restricted(stands) or _too_new(sender):
        return hindrance
    if comembers.hold(sender, recipient, group) is None:
        return Conflict(_("You and %(name)s do not share that group any more.") % {"name": recipient.name})
    return _closed(recipient, purpose) or _no_more(stands)


def _no_more(stands: reading.Standing) -> Wait | None:
    again = stands.comembers.again_at
    if stands.comembers.number > 0 or again is None:
        return None
    if stands.comembers.paused:
        words = _("You can write to nobody as a co-member of a group before %(day)s. Your standing says why.")
    else:
        words = _("You have written to %(n)s co-members of your groups in a month. One more can go on %(day)s.")
    return Wait(words % {"n": comembers.MOST, "day": moment(again)}, again)


def _restricted(stands: reading.Standing) -> Wait | None:
    if (restriction := stands.restriction) is None:
        return None
    words = _("You can write to nobody you are not connected with until %(day)s. Your standing says why.")
    return Wait(words % {"day": day(restriction.until)}, restriction.until)


def _too_new(sender: Member) -> Wait | None:
    first = sender.joined_at + FIRST_AFTER
    if first <= clock.now():
        return None
    words = _("You joined today. You can write to people you are not connected with from %(day)s on.")
    return Wait(words % {"day": moment(first)}, first)


def _closed(recipient: Member, purpose: str) -> Conflict | None:
    if reading.takes(reading.welcome(recipient), purpose):
        return None
    words = _("%(name)s takes messages of this kind only from people to whom they gave a contact key.")
    return Conflict(words % {"name": recipient.name})


def _spent(stands: reading.Standing) -> Wait | None:
    again = stands.cold.refill_at
    if stands.cold.balance > 0 or again is None:
        return None
    weekly = stands.cold.allowance.weekly
    words = ngettext(
        "You have no message to strangers left. %(n)s comes back on %(day)s.",
        "You have no message to strangers left. %(n)s come back on %(day)s.",
        weekly,
    )
    return Wait(words % {"n": weekly, "day": moment(again)}, again)


def may_choose(member: Member) -> bool:
    """Her own welcome; everybody in good standing."""
    return member.is_active


def may_keep_key(member: Member, key: Key) -> bool:
    """Revoke it, put it back: only whose it is."""
    return member.is_active and key.owner_id == member.pk


def hindrance_to_making_key(member: Member) -> Conflict | None:
    """There is a most, so that the list stays one that can be read."""
    if Key.objects.filter(owner=member, revoked_at=None).count() < MOST_KEYS:
        return None
    return Conflict(_("You have %(n)s keys, and that is the most there can be. Revoke one first.") % {"n": MOST_KEYS})
