"""Asking people to an event by name. It opens the event's post to them; in a group it alone says who reads."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.events import rules
from collegium.events.actions.holding import event_now
from collegium.events.models import Attendance, Cohost, Event, Invitation, State
from collegium.feed.models import Post, Selected
from collegium.groups.models import Membership, Visibility
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member, MemberQuerySet
from collegium.ties.models import Block, Connection

# At once, and to one event altogether.
MOST_AT_ONCE, MOST = 50, 2_000


def askable(by: Member, event: Event) -> MemberQuerySet:
    """Whom she may ask: connections she sees, whom no host keeps away, who were not asked and have not answered.

    Whom its author left out by name is not among them, nor whoever does not read in its group.
    """
    seen = people.visible_to(Viewer(by)).filter(pk__in=Connection.objects.filter(member=by).values("other"))
    post: Post = event.post
    hosts = [post.author_id] if post.author_id else []
    hosts += Cohost.objects.filter(event=event, accepted_at__isnull=False).values_list("member_id", flat=True)
    away = set(hosts)
    for pair in Block.objects.filter(Q(blocker__in=hosts) | Q(blocked__in=hosts)).values_list(
        "blocker_id", "blocked_id"
    ):
        away |= set(pair)
    found = seen.exclude(pk__in=away)
    found = found.exclude(pk__in=Selected.objects.filter(post=post, left_out=True).values("member"))
    found = found.exclude(pk__in=Invitation.objects.filter(event=event).values("member"))
    answered = Attendance.objects.filter(occurrence__event=event).exclude(state=State.INTERESTED)
    found = found.exclude(pk__in=answered.values("member"))
    if post.group is None:
        return found
    found = found.exclude(group_bans__in=post.group.bans.holding())
    if post.group.visibility == Visibility.PUBLIC:
        return found
    return found.filter(pk__in=Membership.objects.filter(group=post.group).values("member"))


@transaction.atomic
def invite(event: Event, members: Collection[int], note: str = "", *, by: Member) -> list[Invitation]:
    """Ask people to come; who cannot be asked, or was asked already, is passed over.

    Raises:
        Conflict: so many were asked already that nobody else can be.
    """
    row = event_now(event)
    require(rules.may_invite(by, row) and len(members) <= MOST_AT_ONCE)
    keys = sorted(askable(by, row).filter(pk__in=list(members)).values_list("pk", flat=True))
    if Invitation.objects.filter(event=row).count() + len(keys) > MOST:
        raise Conflict(_("So many were invited to this event already that nobody else can be."))
    made = [Invitation.objects.create(event=row, member_id=key, by=by, note=note) for key in keys]
    let_see(row, keys)
    for each in made:
        record("events.invited", actor=by, subject=each, event=row.pk, member=each.member_id)
    return made


@transaction.atomic
def decline(event: Event, *, by: Member) -> None:
    """Not come, and not be shown it among what one is invited to. Nobody is told; the event stays in sight."""
    require(by.is_active)
    rows = Invitation.objects.filter(event=event, member=by, declined_at=None)
    if rows.update(declined_at=clock.now()):
        record("events.invitation_declined", actor=by, subject=event)


@transaction.atomic
def reconsider(event: Event, *, by: Member) -> None:
    """Be shown it again."""
    require(by.is_active)
    if Invitation.objects.filter(event=event, member=by).exclude(declined_at=None).update(declined_at=None):
        record("events.invitation_reopened", actor=by, subject=event)


@transaction.atomic
def uninvite(invitation: Invitation, *, by: Member) -> None:
    """Take an invitation back, by who asked or by a host; what it opened closes again."""
    row = event_now(invitation.event)
    require(invitation.by_id == by.pk or rules.may_host(by, row))
    gone, _rows = Invitation.objects.filter(pk=invitation.pk).delete()
    if gone:
        let_see(row, [], no_more=[invitation.member_id])
        record("events.uninvited", actor=by, subject=invitation.pk, event=row.pk, member=invitation.member_id)


def let_see(event: Event, keys: Collection[int], no_more: Collection[int] = ()) -> None:
    """Let those asked by name see the post, whatever its level, and others no more. In places the place decides."""
    post = event.post
    if post.group is not None or post.page is not None:
        return
    Selected.objects.filter(post=post, invited=True, member__in=list(no_more)).delete()
    named = set(Selected.objects.filter(post=post, member__in=list(keys)).values_list("member_id", flat=True))
    Selected.objects.bulk_create(Selected(post=post, member_id=key, invited=True) for key in keys if key not in named)
    Selected.objects.filter(post=post, member__in=list(keys), left_out=False).update(invited=True)
