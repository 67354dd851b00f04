"""How one viewer stands to one group, gathered once a page: her role, what waits for her at the door, what she may."""

from dataclasses import dataclass

from collegium.audience.viewer import Viewer
from collegium.groups import rules
from collegium.groups.models import Ban, Group, Invitation, Joining, Membership, Request, Role, Visibility
from collegium.groups.tabs import Tab, tabs


@dataclass(frozen=True)
class Place:
    """What the frame of a group draws from; asks the database nothing any more but for the tabs of rooms above.

    Attributes:
        group: the group.
        viewer: who looks.
        seat: her row in it.
        ban: what keeps her out.
        invitation: what waits for her.
        request: hers that waits.
        waiting: how many ask to be let in, for those who decide it.
    """

    group: Group
    viewer: Viewer
    seat: Membership | None = None
    ban: Ban | None = None
    invitation: Invitation | None = None
    request: Request | None = None
    waiting: int = 0

    @property
    def role(self) -> int | None:
        """Hers; None when she is not in it."""
        return None if self.seat is None else self.seat.role

    @property
    def title(self) -> str:
        """Her role as a word."""
        return "" if self.seat is None else str(Role(self.seat.role).label)

    @property
    def reads(self) -> bool:
        """Whether she reads in it."""
        return self.seat is not None or self.group.visibility == Visibility.PUBLIC

    @property
    def keeps(self) -> bool:
        """As `rules.may_keep`."""
        return self.group.is_open and self.seat is not None and self.seat.role >= Role.MODERATOR

    @property
    def manages(self) -> bool:
        """As `rules.may_manage`."""
        return self.group.is_open and self.seat is not None and self.seat.role >= Role.MANAGER

    @property
    def reads_log(self) -> bool:
        """As `rules.may_read_log`."""
        return self.seat is not None and self.seat.role >= Role.MANAGER

    @property
    def owns(self) -> bool:
        """As `rules.may_own`."""
        return self.seat is not None and self.seat.role >= Role.OWNER

    @property
    def invites(self) -> bool:
        """As `rules.may_invite`."""
        return self.manages or (self.group.is_open and self.seat is not None and self.group.members_invite)

    @property
    def must_agree(self) -> bool:
        """Whether the rules changed since she accepted them."""
        return self.group.is_open and self.seat is not None and not rules.has_agreed(self.seat, self.group)

    @property
    def silent(self) -> str:
        """Why she may not post; empty when she may."""
        return rules.why_seat_is_silent(self.seat, self.group)

    @property
    def door(self) -> str:
        """What stands at the door for her: in, ended, banned, invited, asked, open, request, invitation."""
        if self.seat is not None:
            return "in"
        if not self.group.is_open:
            return "ended"
        for there, name in ((self.ban, "banned"), (self.invitation, "invited")):
            if there is not None:
                return name
        if self.request is not None and self.group.joining != Joining.OPEN:
            return "asked"
        return str(self.group.joining)

    @property
    def tabs(self) -> list[Tab]:
        """Those she has, in their order."""
        return tabs.of(self.viewer, self.group, reads=self.reads)


def place_of(viewer: Viewer, group: Group) -> Place:
    """How the viewer stands to the group, in four statements at most."""
    mine = rules.seat(viewer.member, group)
    if viewer.member is None:
        return Place(group, viewer)
    if mine is not None:
        waiting = Request.objects.standing().filter(group=group).count() if mine.role >= Role.MANAGER else 0
        return Place(group, viewer, mine, waiting=waiting)
    request = Request.objects.standing().filter(group=group, member=viewer.id).first()
    return Place(
        group,
        viewer,
        ban=rules.banned(viewer.member, group),
        invitation=rules.invited(viewer.member, group),
        request=request,
    )
