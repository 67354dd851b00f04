"""Who follows a page."""

from django.db import models

from collegium.lib import clock
from collegium.members.models import Member
from collegium.organizations.models import Organization


class Follow(models.Model):
    """One member reads what one page posts."""

    pk = models.CompositePrimaryKey("member_id", "organization_id")
    member = models.ForeignKey(Member, models.CASCADE, related_name="pages_followed", db_index=False)
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="followers", db_index=False)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["organization", "-since"], name="pages_followers_of")]

    def __str__(self) -> str:
        return f"{self.member_id} follows {self.organization_id}"
