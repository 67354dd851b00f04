"""The proof that a domain is an organisation's, and that this member may speak for it."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from collegium.lib import ids
from collegium.members.models import Member
from collegium.organizations.models import Organization

DOMAIN_LIMIT, TOKEN_LENGTH = 253, 32


class ClaimQuerySet(models.QuerySet["Claim"]):
    """How claims are asked for."""

    def proved(self) -> Self:
        """Those that hold."""
        return self.filter(proved_at__isnull=False, ended_at=None)

    def waiting(self) -> Self:
        """Those that nothing was found of yet."""
        return self.filter(proved_at=None, ended_at=None)


class Claim(models.Model):
    """Somebody says that a domain is the organisation's, and shows it by a DNS record or a file on its website."""

    class Way(models.TextChoices):
        """How it was shown."""

        DNS = "dns"
        FILE = "file"

    id = ids.IdField()
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="claims")
    member = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="page_claims")
    domain = models.CharField(max_length=DOMAIN_LIMIT, help_text="In ASCII, lower case.")
    token = models.CharField(max_length=TOKEN_LENGTH, unique=True)
    way = models.CharField(max_length=4, choices=Way, blank=True)
    proved_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    missed = models.SmallIntegerField(default=0, help_text="How often in a row it was no longer found.")
    warned_at = models.DateTimeField(
        null=True, blank=True, help_text="When the administrators were told that the page falls back."
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["checked_at"], condition=Q(ended_at=None), name="pages_claims_to_check"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(domain__regex=r"^[a-z0-9.-]+$"), name="pages_claim_domain_form"),
            models.UniqueConstraint(
                fields=["domain"], condition=Q(proved_at__isnull=False, ended_at=None), name="pages_domain_is_one_page"
            ),
            models.UniqueConstraint(
                fields=["organization", "member", "domain"],
                condition=Q(ended_at=None),
                name="pages_one_claim_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.domain} of {self.organization_id}"

    @property
    def created_at(self) -> datetime:
        """When it was begun."""
        return ids.instant(self.pk)

    @property
    def holds(self) -> bool:
        """Whether the domain was shown, and not given up since."""
        return self.proved_at is not None and self.ended_at is None
