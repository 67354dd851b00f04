"""What a member must not be able to tell from her own account: who declined silently, who said not to know her."""

import re
from datetime import datetime, timedelta

import pytest

from collegium.conduct.tests.scene import DAY
from collegium.journal.models import Entry
from collegium.lib import clock, ids
from collegium.network import actions
from collegium.network.tests.reading import bare
from collegium.testing.cast import Cast
from collegium.ties.models import Disclaimer, Invitation

PAGE = "/network/standing/"
DAYS = (0, 3, 6, 7, 13, 20, 29, 31, 45, 90)


def pages(cast: Cast, answer: str, monkeypatch: pytest.MonkeyPatch, now: datetime) -> list[bytes]:
    """Ada's page on many days after Di answered her in some way; and what a refused invitation says."""
    ada = cast.client("ada")
    monkeypatch.setattr(clock, "now", lambda: now)
    if answer == "never arrived":
        Disclaimer.objects.create(member=cast.di, stranger=cast.ada)
    invitation = actions.invite(cast.ada, cast.di, note="Tides.")
    # The journal has the database's clock: the entry is laid to where the test's clock is.
    key = ids.floor_at(now) + 7
    Entry.objects.filter(kind="network.invited", subject=invitation.pk).update(id=key)
    if answer in ("declined", "taken back"):
        actions.decline(invitation, by=cast.di)
    elif answer in ("unknown", "unknown, taken back"):
        actions.disclaim(invitation, by=cast.di)
    if answer.endswith("taken back"):
        actions.reopen(invitation, by=cast.di)
    for entry in Entry.objects.filter(actor=cast.di.pk, kind__startswith="network."):
        Entry.objects.filter(pk=entry.pk).update(id=ids.floor_at(now + timedelta(hours=1)) + entry.pk % 1000)
    seen = []
    for days in DAYS:
        monkeypatch.setattr(clock, "now", lambda days=days: now + timedelta(hours=2) + days * DAY)
        seen.append(re.sub(rb'datetime="[^"]*"', b"", bare(ada.get(PAGE))))
        assert b"Di Varga" in seen[-1]
    Entry.objects.filter(kind__startswith="network.", actor__in=[cast.ada.pk, cast.di.pk], pk__gte=key).delete()
    Invitation.objects.filter(sender=cast.ada).delete()
    Disclaimer.objects.all().delete()
    return seen


def test_the_account_is_the_same_whatever_was_answered_silently(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.now() + timedelta(minutes=5)
    pending = pages(cast, "pending", monkeypatch, now)
    assert len(set(pending)) > 2, "the days do show"
    for answer in ("declined", "unknown", "never arrived", "taken back", "unknown, taken back"):
        other = pages(cast, answer, monkeypatch, now)
        for days, expected, got in zip(DAYS, pending, other, strict=True):
            assert got == expected, (answer, days)
