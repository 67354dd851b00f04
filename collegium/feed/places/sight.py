"""Who reads a post in a place, over members: the other side of `models.placing`, held equal to it by a test."""

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from collegium.audience.level import Level
from collegium.audience.reach import reach
from collegium.feed.models import PlaceState, Post
from collegium.groups.models import Group, Membership, Role, Visibility
from collegium.members.models import Member, MemberQuerySet
from collegium.ties.models import blocks_between

# Of those in a group whom a post does not reach there are few: they are counted and taken away.
UNREACHED = """
SELECT count(*) FROM groups_membership gm WHERE gm.group_id = %(group)s AND gm.member_id IN (
    SELECT %(me)s::bigint
    UNION SELECT blocked_id FROM ties_block WHERE blocker_id = %(me)s
    UNION SELECT blocker_id FROM ties_block WHERE blocked_id = %(me)s
    UNION SELECT id FROM members_member WHERE standing <> 'active')
"""


def readers(group: Group, author: Member | None) -> MemberQuerySet:
    """The members who read what this author says in a group, the author among them while she is in it."""
    people = Member.objects.active()
    if group.visibility != Visibility.PUBLIC:
        people = people.filter(pk__in=Membership.objects.filter(group=group).values("member"))
    return people if author is None else people.filter(~Exists(blocks_between(author.pk, OuterRef("pk"))))


def readers_of(post: Post) -> MemberQuerySet:
    """The members who read a post that stands in a place."""
    if post.group is None:
        is_page = post.page is not None and post.page.is_page
        return Member.objects.active() if is_page else Member.objects.none()
    if post.author is None or not post.author.is_active:
        return Member.objects.none()
    match post.place_state:
        case PlaceState.SHOWN:
            return readers(post.group, post.author)
        case PlaceState.RETURNED:
            return Member.objects.active().filter(pk=post.author.pk)
        case _:
            seats = Membership.objects.filter(group=post.group)
            seats = seats.filter(Q(role__gte=Role.MODERATOR) | Q(member=post.author_id))
            return Member.objects.active().filter(pk__in=seats.values("member"))


def count(group: Group, author: Member) -> int:
    """How many would read what she posts there, herself left out; never looks through the group's members."""
    if group.visibility == Visibility.PUBLIC:
        return reach(author, Level.MEMBERS)
    with connection.cursor() as cursor:
        cursor.execute(UNREACHED, {"group": group.pk, "me": author.pk})
        (away,) = cursor.fetchone() or (0,)
    return max(0, group.member_count - int(away))
