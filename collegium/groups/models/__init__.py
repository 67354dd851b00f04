"""The tables of groups, a file for each noun."""

from collegium.groups.models.doors import Ban, Invitation, Question, Request
from collegium.groups.models.groups import Group, GroupQuerySet, Joining, Posting, Visibility
from collegium.groups.models.memberships import Membership, Role

__all__ = [
    "Ban",
    "Group",
    "GroupQuerySet",
    "Invitation",
    "Joining",
    "Membership",
    "Posting",
    "Question",
    "Request",
    "Role",
    "Visibility",
]
