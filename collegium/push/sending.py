"""Handing one thing to one device's service, and what came of it."""

import json
from collections.abc import Iterable, Mapping
from enum import Enum, auto
from http import HTTPStatus

import structlog
from django.db.models import F

from collegium.lib import clock
from collegium.lib.fetch import PUBLIC, Policy, RefusedError, post
from collegium.members.models import Member
from collegium.push import actions
from collegium.push.identity import authorization, identity
from collegium.push.models import Device, Identity
from collegium.push.sealing import LONGEST, seal
from collegium.realtime.sessions import holders

log = structlog.get_logger(__name__)

KEPT = 24 * 3600
"""Seconds for which a service keeps what it cannot deliver: a telephone that is off is told once it is on again."""
SECONDS = 6.0
TIRED = 10
"""Failures in a row after which a device is forgotten; it enrols again when it is next used."""
policy: Policy = PUBLIC
"""Which services may be spoken to; tests put their own here."""
GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


class Outcome(Enum):
    """What came of it."""

    TAKEN = auto()
    GONE = auto()
    FAILED = auto()


def living(member: Member) -> list[Device]:
    """The devices on which this member may be told now: those whose session stands. The others are forgotten."""
    devices = list(Device.objects.filter(member=member, dropped_at=None).order_by("-pk"))
    standing = holders({device.session for device in devices})
    found = [device for device in devices if standing.get(device.session) == member.pk]
    if len(found) < len(devices):
        actions.forget(set(devices) - set(found))
    return found


def send(devices: Iterable[Device], told: Mapping[str, object]) -> int:
    """Hand this to each of these devices.

    Args:
        devices: `living` ones.
        told: what the service worker reads (`push/worker.js`): title, body, url, tag.

    Returns:
        How many services took it.
    """
    words, own = _packed(told), identity()
    outcomes = [(device, _hand_over(device, words, own, str(told.get("tag", "")))) for device in devices]
    for device, outcome in outcomes:
        _remember(device, outcome)
    return sum(outcome is Outcome.TAKEN for _device, outcome in outcomes)


def _packed(told: Mapping[str, object]) -> bytes:
    """As bytes that fit; the body gives way."""
    words = json.dumps(dict(told), ensure_ascii=False).encode()
    if len(words) > LONGEST:
        body = str(told.get("body", ""))[: LONGEST // 8]
        words = json.dumps(dict(told) | {"body": f"{body}…"}, ensure_ascii=False).encode()
    return words


def _hand_over(device: Device, words: bytes, own: Identity, tag: str) -> Outcome:
    headers = {"Content-Encoding": "aes128gcm", "Content-Type": "application/octet-stream", "TTL": str(KEPT)}
    # A newer word of the same thing takes the place of one that still waits (RFC 8030, 5.4).
    headers |= {"Topic": tag[:32]} if tag else {}
    try:
        sealed = seal(words, p256dh=device.p256dh, auth=device.auth)
        signed = authorization(own, device.endpoint)
        answer = post(device.endpoint, sealed, headers | signed, seconds=SECONDS, policy=policy)
    except RefusedError as refused:
        log.info("push.refused", device=device.pk, reason=str(refused))
        return Outcome.FAILED
    if answer.status in GONE:
        return Outcome.GONE
    if HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        return Outcome.TAKEN
    log.info("push.failed", device=device.pk, status=answer.status)
    return Outcome.FAILED


def _remember(device: Device, outcome: Outcome) -> None:
    row = Device.objects.filter(pk=device.pk)
    if outcome is Outcome.TAKEN:
        row.update(told_at=clock.now(), failed=0)
    elif outcome is Outcome.GONE or device.failed + 1 >= TIRED:
        actions.forget([device])
    else:
        row.update(failed=F("failed") + 1)
