"""May she do this at an event? Each is judged afresh, when it is asked."""

from django.db.models import Q, QuerySet

from collegium.audience.viewer import Viewer
from collegium.events.models import Attendance, Cohost, Event, Occurrence, State
from collegium.feed import rules as feed
from collegium.groups import rules as groups
from collegium.groups.models import Group
from collegium.lib import clock
from collegium.lib.statement import Statement
from collegium.members.models import Member
from collegium.organizations.models import Organization
from collegium.pages import rules as pages
from collegium.ties.models import Block, Connection


def may_make(member: Member) -> bool:
    """Everyone who may post."""
    return member.is_active


def may_make_in(member: Member, group: Group) -> bool:
    """Who may post there."""
    return member.is_active and groups.may_post(member, group)


def why_not_in(member: Member, group: Group) -> str:
    """The sentence that says why she may not; empty when she may."""
    return groups.why_silent(member, group)


def may_make_for(member: Member, page: Organization) -> bool:
    """Who may speak as the page."""
    return member.is_active and pages.may_speak(member, page)


def sees(member: Member, event: Event) -> bool:
    """The rule of sight for its post, asked afresh."""
    return feed.sees_key(member, event.post_id)


def owns(member: Member | None, event: Event) -> bool:
    """Whose event it is: the author of its post, or who speaks for the page it is said by."""
    if member is None or not member.is_active:
        return False
    post = event.post
    if post.page is not None:
        return pages.may_speak(member, post.page)
    return post.author_id == member.pk


def may_host(member: Member | None, event: Event) -> bool:
    """Change it, cancel it, let people in: whose it is, and who hosts it with her as long as she sees it."""
    if owns(member, event):
        return True
    return member is not None and member.is_active and _cohosts(member, event) and sees(member, event)


def _cohosts(member: Member, event: Event) -> bool:
    """Whether she said yes to hosting it. A block between her and whose event it is takes the event out of sight."""
    return bool(HOSTING.tuples(member=member.pk, event=event.pk))


def _hosting(member: int, event: int) -> QuerySet[Cohost]:
    return Cohost.objects.filter(event=event, member=member, accepted_at__isnull=False)


# Asked several times a page.
HOSTING = Statement(lambda slot: _hosting(slot.int("member"), slot.int("event")))


def may_ask_to_host(by: Member, member: Member, event: Event) -> bool:
    """Whose event it is, somebody she is connected with."""
    near = Connection.objects.filter(member=by, other=member).exists()
    return (
        owns(by, event)
        and near
        and member.is_active
        and member.pk != event.post.author_id
        and may_be_here(member, event)
    )


def may_be_here(member: Member, event: Event) -> bool:
    """Whether nothing shuts her out: she is not banned from its group, and in a closed one she reads."""
    group = event.post.group
    return group is None or (not is_banned(member, group) and groups.may_read(Viewer(member), group))


def is_banned(member: Member, group: Group) -> bool:
    """Whether the group does not want her now."""
    return groups.banned(member, group) is not None


def is_parted(member: Member, event: Event) -> bool:
    """Whether a block stands between her and somebody who hosts it; then she is not at it, whatever was before."""
    hosts = set(Cohost.objects.filter(event=event, accepted_at__isnull=False).values_list("member_id", flat=True))
    hosts |= {event.post.author_id} if event.post.author_id else set()
    here, there = Q(blocker=member, blocked__in=hosts), Q(blocked=member, blocker__in=hosts)
    return bool(hosts) and Block.objects.filter(here | there).exists()


def may_answer(member: Member | None, event: Event) -> bool:
    """Who sees it, whom no host keeps away, and whom its group wants."""
    if member is None or not member.is_active or not sees(member, event) or is_parted(member, event):
        return False
    return event.post.group is None or not is_banned(member, event.post.group)


def may_take_back(member: Member | None) -> bool:
    """Everyone her own answer, whether or not she still sees what it was given to."""
    return member is not None and member.is_active


def goes(member: Member, event: Event) -> bool:
    """Whether she has a seat at any time of it that is not over."""
    mine = Attendance.objects.going().filter(member=member, occurrence__event=event)
    return mine.filter(occurrence__in=Occurrence.objects.to_come().standing()).exists()


def may_join_in(member: Member | None, occurrence: Occurrence) -> bool:
    """Be told the link: who comes to this very time, and the hosts."""
    if member is None or not member.is_active:
        return False
    event = occurrence.event
    if may_host(member, event):
        return True
    mine = Attendance.objects.filter(occurrence=occurrence, member=member, state=State.GOING)
    return mine.exists() and sees(member, event) and not is_parted(member, event)


def may_invite(member: Member | None, event: Event) -> bool:
    """The hosts; where they allow it, everybody who comes. Nobody to what is cancelled or over."""
    if member is None or not member.is_active or event.cancelled_at is not None:
        return False
    if not event.occurrences.to_come().standing().exists():
        return False
    if may_host(member, event):
        return True
    return event.attendees_invite and goes(member, event) and may_answer(member, event)


def is_open(event: Event, occurrence: Occurrence) -> bool:
    """Whether one still answers that one comes."""
    return event.cancelled_at is None and occurrence.cancelled_at is None and not closes(event, occurrence)


def closes(event: Event, occurrence: Occurrence) -> bool:
    """Whether its time for answers is over."""
    left = (occurrence.starts_at - clock.now()).total_seconds()
    return left <= max(event.answer_until * 60, 0)
