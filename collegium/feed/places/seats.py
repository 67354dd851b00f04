"""What somebody may do with a post because it stands in a group. Posts elsewhere pass: their own rules decide."""

from django.db.models import Q, QuerySet

from collegium.feed.models import PlaceState, Post
from collegium.groups import rules as groups
from collegium.groups.models import Group, Membership, Posting, Role, Visibility
from collegium.lib.statement import Slots, Statement
from collegium.members.models import Member

# So many of her groups somebody chooses from.
MOST = 200


def may_answer(member: Member, post: Post) -> bool:
    """React or comment: in a group its members, under what is shown, while the group goes on."""
    if post.group is None:
        return True
    if post.place_state != PlaceState.SHOWN or not post.group.is_open:
        return False
    return groups.role(member, post.group) is not None


def may_change(member: Member, post: Post) -> bool:
    """Change one's own words: in a group as long as one is in it and it goes on; what came back one has anyway."""
    if post.group is None or post.place_state == PlaceState.RETURNED:
        return True
    return post.group.is_open and groups.role(member, post.group) is not None


def hold(member: Member, post: Post) -> None:
    """Lock her seat in the group of a post, before the post: a ban then finds what she says, or she finds the ban."""
    if post.group_id is not None:
        rows = Membership.objects.select_for_update(no_key=True).filter(member=member, group=post.group_id)
        list(rows.values_list("role"))


def keeps(member: Member | None, post: Post) -> bool:
    """Whether this person keeps the group in which the post stands."""
    return post.group is not None and groups.may_keep(member, post.group)


def may_pass_on(original: Post, into: Group | None) -> bool:
    """What is said where not everybody reads is passed on there alone, so that nobody hears outside that it was."""
    if original.group is None or original.group.visibility == Visibility.PUBLIC:
        return True
    return into is not None and into.pk == original.group_id


def _writable(slot: Slots) -> QuerySet[Group]:
    me = slot.int("me")
    member = Q(memberships__member=me, ended_at=None)
    let = Q(posting=Posting.MEMBERS, memberships__role__gte=Role.MEMBER) | Q(memberships__role__gte=Role.MODERATOR)
    return Group.objects.filter(member & let).only("id", "name", "handle").order_by("folded_name", "pk")[:MOST]


WRITABLE = Statement(_writable)


def writable(member: Member) -> list[Group]:
    """The groups in which she may post, by name. Whether she accepted their rules anew is asked when she posts."""
    return WRITABLE.rows(me=member.pk)
