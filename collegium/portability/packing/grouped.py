"""Groups in the files of a bundle: those that somebody among these people owns, and who of them is inside.

A group whose owners stay behind has nobody to keep it where the bundle goes, so it stays behind too.
"""

from collections.abc import Iterator

from django.db.models import OuterRef, QuerySet, Subquery

from collegium.feed.models import GroupTopic
from collegium.groups.models import Group, Membership, Role
from collegium.members.models import Member
from collegium.portability.group_columns import ROLES
from collegium.portability.packing.cells import Row, Table

GROUP = ("key", "name", "about", "visibility", "owner", "created_at", "handle", "line", "rules", "rules_at", "welcome")
HOW = ("place", "joining", "posting", "approving", "topics", "on_topic", "members_invite", "ended_at")
SEAT = ("group", "member", "role", "joined_at", "agreed_at", "at_home", "in_digest", "reachable")
_WORDS = {role: word for word, role in ROLES.items()}


def going_along(people: QuerySet[Member]) -> QuerySet[Group]:
    """The groups that one of these people owns."""
    owned = Membership.objects.filter(role=Role.OWNER, member__in=people)
    return Group.objects.filter(pk__in=owned.values("group"))


def tables(people: QuerySet[Member]) -> list[Table]:
    """Both files."""
    return [Table("groups", (*GROUP, *HOW), _groups(people)), Table("group_members", SEAT, _seats(people))]


def _groups(people: QuerySet[Member]) -> Iterator[Row]:
    owners = Membership.objects.filter(group=OuterRef("pk"), role=Role.OWNER, member__in=people)
    first = Subquery(owners.order_by("since", "member").values("member")[:1])
    topics: dict[int, list[str]] = {}
    for group, name in GroupTopic.objects.values_list("group_id", "topic__name").order_by("group", "topic__slug"):
        topics.setdefault(group, []).append(name)
    for each in going_along(people).annotate(owner=first).order_by("pk"):
        said = each.pk, each.name, each.about, each.visibility, each.owner, each.founded_at, each.handle, each.line
        about = ";".join(topics.get(each.pk, []))
        how = each.place, each.joining, each.posting, each.approving, about, each.on_topic, each.members_invite
        yield *said, each.rules, each.rules_at, each.welcome, *how, each.ended_at


def _seats(people: QuerySet[Member]) -> Iterator[Row]:
    rows = Membership.objects.filter(group__in=going_along(people).values("pk"), member__in=people)
    for each in rows.order_by("group", "member").iterator():
        wishes = each.at_home, each.in_digest, each.reachable
        yield each.group_id, each.member_id, _WORDS[each.role], each.since, each.agreed_at, *wishes
