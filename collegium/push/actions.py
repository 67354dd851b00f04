"""Allowing a device to be told on, and no longer. Nobody else learns of either, so nothing but the fact is recorded."""

from collections.abc import Iterable

from django.db import transaction

from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import require
from collegium.members.models import Member
from collegium.push import rules
from collegium.push.models import Device

MOST = 10


@transaction.atomic
def enrol(
    member: Member, *, session: str, endpoint: str, p256dh: str, auth: str, name: str, asked: bool
) -> Device | None:
    """Tell this member on this device from now on; the same device again changes nothing but what is new about it.

    A browser belongs to whoever is signed in there: its row goes over to her. Beyond `MOST` devices the one that was
    allowed first is forgotten.

    Args:
        member: whose.
        session: the key of the session she is signed in with there.
        endpoint: where its service takes what is for it; checked, https.
        p256dh: its public key, checked.
        auth: its secret, checked.
        name: browser and system.
        asked: she asked for it now; otherwise the browser says by itself that her session is another one.

    Returns:
        The device; None where she had it taken off the list, and has not asked for it anew.
    """
    require(rules.may_enrol(member))
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    if not asked and Device.objects.filter(endpoint=endpoint, member=member, dropped_at__isnull=False).exists():
        return None
    values = {"member": member, "session": session, "p256dh": p256dh, "auth": auth, "name": name, "failed": 0}
    values |= {"dropped_at": None}
    device, fresh = Device.objects.update_or_create(endpoint=endpoint, defaults=values)
    kept = Device.objects.filter(member=member).order_by("-pk").values("pk")[:MOST]
    Device.objects.filter(member=member).exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
    if fresh:
        record("push.enrolled", actor=member, subject=device)
    return device


@transaction.atomic
def drop(device: Device, *, by: Member) -> None:
    """Tell her nothing there any more. Doing so twice changes nothing."""
    require(rules.may_manage(by, device))
    if Device.objects.filter(pk=device.pk, dropped_at=None).update(dropped_at=clock.now()):
        record("push.dropped", actor=by, subject=device)


def forget(devices: Iterable[Device]) -> None:
    """These are gone, as their services say, or their sessions are."""
    Device.objects.filter(pk__in=[device.pk for device in devices]).delete()
