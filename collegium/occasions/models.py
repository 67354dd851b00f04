"""What a post celebrates, in a few typed words."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collegium.feed.models import Post
from collegium.organizations.models import NAME_LIMIT, Organization

WHAT_LIMIT = 120
MOST_YEARS = 70


class Occasion(models.Model):
    """One celebration on a post: of which kind, and the words that belong to it."""

    class Kind(models.TextChoices):
        """What is celebrated."""

        ROLE = "role", _("New role")
        ANNIVERSARY = "anniversary", _("Work anniversary")
        FOUNDING = "founding", _("Birth of a company")
        VOLUNTEERING = "volunteering", _("Volunteering")
        LEARNED = "learned", _("Learned or certified")

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="occasion")
    kind = models.CharField(max_length=12, choices=Kind)
    what = models.CharField(max_length=WHAT_LIMIT, blank=True, help_text="The role, the work, or what was learned.")
    name = models.CharField(max_length=NAME_LIMIT, blank=True, help_text="Of the organization, as the author wrote it.")
    organization = models.ForeignKey(
        Organization,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Its record, where there is one.",
    )
    years = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="anniversary", years__isnull=False, years__gte=1, years__lte=MOST_YEARS)
                | (~Q(kind="anniversary") & Q(years=None)),
                name="occasions_years_of_an_anniversary",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["anniversary", "founding"], what="")
                | (~Q(kind__in=["anniversary", "founding"]) & ~Q(what="")),
                name="occasions_say_what",
            ),
            models.CheckConstraint(condition=Q(kind="learned") | ~Q(name=""), name="occasions_say_where"),
            models.CheckConstraint(
                condition=Q(kind__in=["role", "anniversary", "founding", "volunteering", "learned"]),
                name="occasions_known_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.what or self.name}"
