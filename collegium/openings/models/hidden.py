"""From whom an opening is hidden: chosen people, everybody at an organisation, everybody under a domain."""

from django.db import models
from django.db.models import Q

from collegium.lib import ids
from collegium.members.models import Fold, Member
from collegium.organizations.models import NAME_LIMIT, Organization
from collegium.workplaces.models import DOMAIN_LIMIT

MOST = 200


class Hidden(models.Model):
    """One of them; shaped like `openness.Exclusion`, so that one rule decides who is meant (`openness.rule`)."""

    class What(models.TextChoices):
        PERSON = "person"
        ORGANIZATION = "organization"
        DOMAIN = "domain"

    id = ids.IdField()
    opening = models.ForeignKey("openings.Opening", models.CASCADE, related_name="hidden", db_index=False)
    what = models.CharField(max_length=12, choices=What)
    person = models.ForeignKey(Member, models.CASCADE, null=True, blank=True, related_name="+")
    organization = models.ForeignKey(Organization, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=NAME_LIMIT, blank=True, help_text="Of the organisation, as it was written.")
    domain = models.CharField(max_length=DOMAIN_LIMIT, blank=True, help_text="In ASCII.")
    native_domain = models.CharField(max_length=DOMAIN_LIMIT, blank=True, help_text="The same in its own letters.")
    folded_name = models.GeneratedField(expression=Fold("name"), output_field=models.TextField(), db_persist=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opening", "what", "person", "folded_name", "domain"],
                nulls_distinct=False,
                name="openings_hidden_once",
            ),
            models.CheckConstraint(
                condition=Q(what="person", person__isnull=False, organization=None, name="", domain="")
                | (Q(what="organization", person=None) & ~Q(name=""))
                | (Q(what="domain", person=None, organization=None, name="") & ~Q(domain="")),
                name="openings_hidden_is_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opening_id} is hidden from {self.what}"
