"""Who works on a page. Each part may what its name says and nothing more; `super` gives parts, and may the rest."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from collegium.lib import clock
from collegium.members.models import Member
from collegium.organizations.models import Organization


class Part(models.TextChoices):
    """What one does there."""

    SUPER = "super", _("Administrator")
    CONTENT = "content", _("Editor")
    RECRUITER = "recruiter", _("Recruiter")
    ANALYST = "analyst", _("Analyst")


# Whoever may say something as the page.
SPEAKING = (Part.SUPER, Part.CONTENT)


class Role(models.Model):
    """One part of one member on one page; one may have several."""

    pk = models.CompositePrimaryKey("member_id", "organization_id", "part")
    member = models.ForeignKey(Member, models.CASCADE, related_name="page_roles", db_index=False)
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="roles")
    part = models.CharField(max_length=9, choices=Part)
    since = models.DateTimeField(default=clock.now)
    named = models.BooleanField(default=False, help_text="As a recruiter: shown on the page as somebody to ask.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(part__in=Part.values), name="pages_role_has_a_part"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} is {self.part} of {self.organization_id}"


class Offer(models.Model):
    """A part that somebody is asked to take; it is hers once she says yes."""

    pk = models.CompositePrimaryKey("member_id", "organization_id", "part")
    member = models.ForeignKey(Member, models.CASCADE, related_name="page_offers", db_index=False)
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="offers")
    part = models.CharField(max_length=9, choices=Part)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    since = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.member_id} may become {self.part} of {self.organization_id}"
