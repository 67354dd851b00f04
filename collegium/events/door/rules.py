"""Who stands at the door. Each is judged afresh, when it is asked."""

from collegium.events import rules
from collegium.events.models import Attendance, Event, Helper, State
from collegium.members.models import Member
from collegium.ties.models import Connection


def may_keep_door(member: Member | None, event: Event) -> bool:
    """The hosts, and whom they asked to help, as long as she sees the event and no block parts her from a host."""
    if rules.may_host(member, event):
        return True
    if member is None or not member.is_active or not Helper.objects.filter(event=event, member=member).exists():
        return False
    return rules.sees(member, event) and not rules.is_parted(member, event)


def may_help(by: Member, member: Member, event: Event) -> bool:
    """Whom a host may ask to help: a connection of hers, or somebody who comes; and who sees the event herself."""
    if not rules.may_host(by, event) or not member.is_active or member.pk == by.pk:
        return False
    near = Connection.objects.filter(member=by, other=member)
    comes = Attendance.objects.filter(member=member, occurrence__event=event, state=State.GOING)
    return (near.exists() or comes.exists()) and rules.may_answer(member, event)
