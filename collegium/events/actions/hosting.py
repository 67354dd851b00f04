"""Hosting together: asked, accepted, laid down."""

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.events import rules
from collegium.events.actions import inviting
from collegium.events.actions.holding import event_now
from collegium.events.models import Cohost, Event
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member

MOST = 10


@transaction.atomic
def ask(event: Event, member: Member, *, by: Member) -> Cohost:
    """Ask somebody one is connected with to host it together; she sees the event from now on.

    Raises:
        Conflict: there are as many as there can be.
    """
    row = event_now(event)
    require(rules.may_ask_to_host(by, member, row))
    found = Cohost.objects.filter(event=row, member=member).first()
    if found is not None:
        return found
    if Cohost.objects.filter(event=row).count() >= MOST:
        raise Conflict(_("An event has at most %(n)s more hosts.") % {"n": MOST})
    made = Cohost.objects.create(event=row, member=member)
    inviting.let_see(row, [member.pk])
    record("events.host_asked", actor=by, subject=row, member=member.pk)
    return made


@transaction.atomic
def accept(event: Event, *, by: Member) -> Cohost:
    """Host it.

    Raises:
        Conflict: she is not asked any more.
    """
    row = event_now(event)
    require(by.is_active and rules.sees(by, row))
    found = Cohost.objects.filter(event=row, member=by).first()
    if found is None:
        raise Conflict(_("You are not asked to host this any more."))
    if found.accepted_at is None:
        found.accepted_at = clock.now()
        found.save(update_fields=["accepted_at"])
        record("events.host_accepted", actor=by, subject=row)
    return found


@transaction.atomic
def drop(event: Event, member: Member, *, by: Member) -> None:
    """Lay it down, or be taken off by whose event it is. She sees it still if anything else lets her."""
    row = event_now(event)
    require(by.is_active and (by.pk == member.pk or rules.owns(by, row)))
    gone, _rows = Cohost.objects.filter(event=row, member=member).delete()
    if gone:
        if not row.invitations.filter(member=member).exists():
            inviting.let_see(row, [], no_more=[member.pk])
        record("events.host_dropped", actor=by, subject=row, member=member.pk)
