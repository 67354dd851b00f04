"""Choosing who may write to one, and handing out keys. All of it is one's own affair: nobody is told."""

from datetime import datetime

from django.db import transaction

from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import require
from collegium.members.models import Member
from collegium.reach import keys, rules
from collegium.reach.models import Key, Welcome
from collegium.reach.purposes import Purpose


@transaction.atomic
def choose_welcome(member: Member, *, doors: dict[str, int], groups: str) -> Welcome:
    """Say which messages of strangers are welcome, for every purpose, and who may add her to groups.

    What waits already stays where it is: it was sent under the choice of that moment.
    """
    require(rules.may_choose(member))
    values: dict[str, object] = {purpose: doors[purpose] for purpose in Purpose.values} | {"groups": groups}
    row, _fresh = Welcome.objects.update_or_create(member=member, defaults=values)
    record("reach.welcome_chosen", actor=member)
    return row


@transaction.atomic
def make_key(member: Member, *, label: str, most: int, ends_at: datetime | None) -> Key:
    """Make a key to hand out.

    Raises:
        Conflict: she has as many as there can be.
    """
    held = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    require(rules.may_choose(held))
    if hindrance := rules.hindrance_to_making_key(held):
        raise hindrance
    made = Key.objects.create(owner=held, code=keys.draw(), label=label, most=most, ends_at=ends_at)
    record("reach.key_made", actor=held, subject=made)
    return made


@transaction.atomic
def revoke_key(key: Key, *, by: Member) -> None:
    """It opens no more, for nobody; who is in stays in. Doing so twice changes nothing."""
    require(rules.may_keep_key(by, key))
    if Key.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=clock.now()):
        record("reach.key_revoked", actor=by, subject=key)


@transaction.atomic
def restore_key(key: Key, *, by: Member) -> None:
    """Take the revocation back: the same code opens again, as often as it would have.

    Raises:
        Conflict: she has as many others as there can be.
    """
    held = Member.objects.select_for_update(no_key=True).get(pk=by.pk)
    require(rules.may_keep_key(held, key))
    if not Key.objects.filter(pk=key.pk).exclude(revoked_at=None).exists():
        return
    if hindrance := rules.hindrance_to_making_key(held):
        raise hindrance
    Key.objects.filter(pk=key.pk).update(revoked_at=None)
    record("reach.key_restored", actor=held, subject=key)
