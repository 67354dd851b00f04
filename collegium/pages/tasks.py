"""What runs by the clock: looking at domains, ending what waited too long."""

import contextlib
from datetime import timedelta

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from collegium.journal.models import Entry
from collegium.lib import clock, ids
from collegium.lib.refusal import Conflict, Refusal
from collegium.pages import lapsing, merging, settling
from collegium.pages.actions import claiming
from collegium.pages.models import Claim
from collegium.pages.proving.looking import look

A_DAY = timedelta(days=1)


@app.task(name="pages.look", queue="chores")
def look_at(claim: int) -> None:
    """Look at one domain; not within a transaction, since it takes as long as a stranger's server likes."""
    row = Claim.objects.filter(pk=claim, ended_at=None).select_related("organization", "member").first()
    if row is None:
        return
    seen = look(row.domain, row.token)
    if row.holds:
        lapsing.seen_again(row, seen.way)
        return
    lapsing.looked(row)
    if seen.way and row.member is not None and row.member.is_active:
        try:
            claiming.prove(row, seen.way, by=row.member)
        except (Conflict, Refusal):
            # Somebody was faster; the page of the claim says so to whoever asks.
            return


@app.task(name="pages.sweep", queue="chores")
def sweep(timestamp: int = 0) -> None:
    """Have every domain looked at whose time has come."""
    for claim in lapsing.due():
        # One that waits in the queue already is not put there again.
        with contextlib.suppress(AlreadyEnqueued):
            look_at.configure(queueing_lock=f"page-claim-{claim.pk}").defer(claim=claim.pk)


@app.task(name="pages.settle", queue="chores")
def settle(timestamp: int = 0) -> None:
    """Disputes without an answer in time, claims without a proof, parts of what is no page, stragglers of merges."""
    settling.expire()
    lapsing.forget()
    lately = ids.floor_at(clock.now() - A_DAY)
    for loser in Entry.objects.filter(kind="organizations.merged", pk__gte=lately).values_list(
        "data__merged", flat=True
    ):
        merging.move_again(loser)
