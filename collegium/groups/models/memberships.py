"""Who is in a group, in which role."""

from django.db import models

from collegium.groups.models.groups import Group
from collegium.lib import clock
from collegium.members.models import Member


class Role(models.IntegerChoices):
    """What one may do there; each may what those before it may."""

    MEMBER = 0
    MODERATOR = 1  # lets posts in, hides, removes, bans
    MANAGER = 2  # lets people in, changes how the group is kept
    OWNER = 3  # gives roles, ends the group; never the last one out


class MembershipQuerySet(models.QuerySet["Membership"]):
    """How memberships are asked for."""

    def keeping(self, least: int = Role.MODERATOR) -> "MembershipQuerySet":
        """Those in this role or above it."""
        return self.filter(role__gte=least)


class Membership(models.Model):
    """One member of the community in one group. Without a row she is not in it, whatever was before."""

    pk = models.CompositePrimaryKey("member_id", "group_id")
    member = models.ForeignKey(Member, models.CASCADE, related_name="memberships", db_index=False)
    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships", db_index=False)
    role = models.SmallIntegerField(choices=Role, default=Role.MEMBER, db_default=0)
    since = models.DateTimeField(default=clock.now)
    agreed_at = models.DateTimeField(null=True, blank=True, help_text="When she accepted the rules as they then stood.")
    at_home = models.BooleanField(default=True, db_default=True, help_text="Its posts come to her home.")
    in_digest = models.BooleanField(default=True, db_default=True, help_text="The weekly mail tells of it.")
    reachable = models.BooleanField(
        default=True, db_default=True, help_text="Others in the group may write to her first, within their budget."
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["group", "-role", "since", "member"], name="groups_members_of")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__gte=Role.MEMBER, role__lte=Role.OWNER), name="groups_role_is_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.group_id}"
