"""Following a page, and no longer."""

from django.db import transaction
from django.db.models import F

from collegium.journal.record import record
from collegium.lib.refusal import require
from collegium.members.models import Member
from collegium.organizations.models import Organization
from collegium.pages import rules
from collegium.pages.actions.holding import hold
from collegium.pages.models import Follow


@transaction.atomic
def follow(organization: Organization, *, by: Member) -> None:
    """Read what the page posts."""
    row = hold(organization)
    require(rules.may_follow(by, row))
    _made, new = Follow.objects.get_or_create(member=by, organization=row)
    if new:
        Organization.objects.filter(pk=row.pk).update(follower_count=F("follower_count") + 1)
        record("pages.followed", actor=by, subject=row)


@transaction.atomic
def unfollow(organization: Organization, *, by: Member) -> None:
    """No longer; whoever follows may always stop, whatever became of the page."""
    require(rules.may_unfollow(by))
    row = hold(organization)
    gone, _rows = Follow.objects.filter(member=by, organization=row).delete()
    if gone:
        Organization.objects.filter(pk=row.pk).update(follower_count=F("follower_count") - 1)
        record("pages.unfollowed", actor=by, subject=row)
