"""Contact keys: codes one hands out. Making words of them, opening with them, forgetting them."""

import secrets
from datetime import timedelta

from django.db.models import F
from django.utils.translation import gettext as _

from collegium.lib import clock
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.reach.models import CODE_LENGTH, Key, KeyUse

# Without the letters and digits that are taken for one another.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LENGTH = 12
PART = 4
FORGOTTEN_AFTER = timedelta(days=30)


def draw() -> str:
    """A new code: 59 bits, which nobody guesses before the limits on trying stop him."""
    return "".join(secrets.choice(ALPHABET) for _each in range(LENGTH))


def spoken(code: str) -> str:
    """The code as people read and dictate it: in parts."""
    return "-".join(code[place : place + PART] for place in range(0, len(code), PART))


def typed(text: str) -> str:
    """The code that somebody typed, whatever stands between its parts and however it is written."""
    return "".join(letter for letter in text[: 4 * CODE_LENGTH].upper() if letter in ALPHABET)[:CODE_LENGTH]


def link(key: Key) -> str:
    """The address at which its bearer writes to its owner."""
    return f"/messages/with/{key.owner.handle}/?key={spoken(key.code)}"


def opens(code: str, *, of: Member, by: Member) -> bool:
    """Whether this code would let `by` in to `of` at this moment."""
    row = Key.objects.filter(code=typed(code), owner=of).first()
    return row is not None and _lets_in(row, by)


def use(code: str, *, of: Member, by: Member) -> Key:
    """Open with a key. It counts people, so whoever used it before uses it again as often as she likes.

    Call it inside the transaction of what it opens, so that a key is used up only by what came of it.

    Raises:
        Conflict: it does not open. Why is its owner's business, so the sentence is the same for all reasons.
    """
    row = Key.objects.select_for_update().filter(code=typed(code), owner=of).first()
    if row is None or not _lets_in(row, by):
        raise Conflict(_("This key does not open. It may have been used up or taken back; ask for another one."))
    _use, first = KeyUse.objects.get_or_create(key=row, member=by)
    if first:
        Key.objects.filter(pk=row.pk).update(uses=F("uses") + 1)
        row.uses += 1
    return row


def _lets_in(row: Key, by: Member) -> bool:
    if row.revoked_at is not None or (row.ends_at is not None and row.ends_at <= clock.now()):
        return False
    return row.uses < row.most or KeyUse.objects.filter(key=row, member=by).exists()


def forget() -> int:
    """Delete keys that were revoked long ago. Returns how many."""
    return Key.objects.filter(revoked_at__lt=clock.now() - FORGOTTEN_AFTER).delete()[0]
