"""Who may invite a member, and whether with a note: her own choice, judged when somebody asks.

Whom she invited herself may answer whatever she chose. Whom she agreed to meet through somebody may invite her once,
for a while (`introductions.consent`); choosing anew ends that.

A refusal says no more than what she chose, which is the same for everybody it keeps out. Whether something is shared
is judged by what both can read (`context.shared_by_both`), so that the door is no way to find out about a hidden list.
"""

import hashlib
import hmac
import secrets

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from collegium.career.models import CONTACT_LIMIT, Contact
from collegium.journal.record import record
from collegium.lib import limits
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.network.context import shared_by_both
from collegium.network.models import Door

Who = Door.Who
ADDRESS_LIMIT = CONTACT_LIMIT
# Everybody is compared with so many addresses, had or not, so that the time tells nothing.
COMPARED = 24
TRIES_WITH_ONE, TRIES_IN_ALL = "5/d", "20/d"


class NoteNeeded(Conflict):
    """Nothing is said, and it has to be."""


class Closed(Conflict):
    """She takes no invitation of this person's, whatever is said; somebody may still introduce them."""


class NotTheAddress(Conflict):
    """The typed address opens nothing: wrong, not confirmed, or nobody's."""


def of(member: Member) -> Door:
    """The door of a member; open, where she never said anything."""
    return Door.objects.filter(member=member).first() or Door(member=member)


@transaction.atomic
def put(member: Member, who: str, *, wants_note: bool) -> Door:
    """Choose who may invite one. What was sent before stands."""
    require(member.is_active)
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    chosen = {"who": who, "wants_note": wants_note}
    before = of(member)
    if (before.who, before.wants_note) == (who, wants_note):
        return before
    row, _made = Door.objects.update_or_create(member=member, defaults=chosen)
    record("network.door_set", actor=member, subject=member, **chosen)
    return row


def hindrance(member: Member, other: Member, *, note: str | None, address: str | None) -> Conflict | None:
    """What the other's door, or the want of anything to say, puts in the way.

    Args:
        member: who would ask.
        other: whose door it is.
        note: what is said; None where nothing was written yet.
        address: what was typed; None where nothing was typed yet.
    """
    theirs = of(other)
    if theirs.who == Who.ANYONE and note != "":
        return None
    shared = shared_by_both(member, other)
    if shared.opens:
        return None
    if closed := _closed(theirs, other, shared=shared.in_common, address=address):
        return closed
    if note == "" and (theirs.wants_note or not shared):
        return NoteNeeded(note_needed(theirs, other))
    return None


def _closed(theirs: Door, other: Member, *, shared: bool, address: str | None) -> Conflict | None:
    name = {"name": other.name}
    if theirs.who == Who.NOBODY:
        return Closed(_("%(name)s takes no invitations.") % name)
    if theirs.who == Who.SHARED and not shared:
        words = _("%(name)s takes invitations from people with a connection, an employer or a school in common.")
        return Closed(words % name)
    if theirs.who == Who.ADDRESS and address is not None and not knows_address(other, address):
        return NotTheAddress(_("With this address %(name)s cannot be invited.") % name)
    return None


def note_needed(theirs: Door, other: Member) -> str:
    """Why something has to be said."""
    if theirs.wants_note:
        return _("%(name)s reads a note with every invitation. Say where you met, or why you write.") % {
            "name": other.name
        }
    words = _("You and %(name)s share nothing that both can see here. Say who you are, or why you write.")
    return words % {"name": other.name}


def knows_address(other: Member, typed: str) -> bool:
    """Whether this is a confirmed address of the other's account, or an e-mail address among her contacts.

    The same questions and the same comparisons whatever is typed and whatever there is.
    """
    confirmed = EmailAddress.objects.filter(user=other.user_id, verified=True).values_list("email", flat=True)
    contacts = other.contacts.filter(kind=Contact.Kind.EMAIL).values_list("value", flat=True)
    known = [_mark(address) for address in (*confirmed, *contacts)][:COMPARED]
    known += [secrets.token_bytes(32) for _each in range(COMPARED - len(known))]
    given = _mark(typed)
    return bool(sum(hmac.compare_digest(given, each) for each in known))


def tried(member: Member, other: Member) -> bool:
    """Count a try at an address, right or wrong; False when there were too many for today.

    Outside of a transaction, or a refusal would take it back.
    """
    waits = (
        _spend(f"network.address:m:{member.pk}", TRIES_IN_ALL),
        _spend(f"network.address:m:{member.pk}:{other.pk}", TRIES_WITH_ONE),
    )
    return not any(waits)


def _spend(key: str, rate: str) -> float:
    capacity, refill = limits.parse(rate)
    return limits.spend(key, capacity=capacity, refill_per_second=refill)


def _mark(address: str) -> bytes:
    return hashlib.sha256(address.strip().casefold().encode()).digest()
