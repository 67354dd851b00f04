"""The record of a company, a school or another body: what careers point at."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from collegium.lib import ids
from collegium.members.models import Fold

NAME_LIMIT = 200


class Organization(models.Model):
    """A body people work for, learn at or belong to. Its record is public."""

    class Kind(models.TextChoices):
        """What it is; the words of the community bundle."""

        COMPANY = "company", _("Company")
        SCHOOL = "school", _("School or university")
        NONPROFIT = "nonprofit", _("Non-profit")
        GOVERNMENT = "government", _("Public body")
        OTHER = "other", _("Organisation")

    id = ids.IdField()
    handle = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=NAME_LIMIT)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.OTHER)
    website = models.CharField(max_length=500, blank=True)
    place = models.CharField(max_length=100, blank=True)
    about = models.CharField(max_length=2600, blank=True)
    folded_name = models.GeneratedField(expression=Fold("name"), output_field=models.TextField(), db_persist=True)

    class Meta:
        indexes = [
            models.Index(fields=["folded_name"], name="organizations_name", opclasses=["text_pattern_ops"]),
            GinIndex(fields=["folded_name"], name="organizations_trigram", opclasses=["gin_trgm_ops"]),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="organizations_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(handle__regex=r"^[a-z0-9][a-z0-9-]*$"), name="organizations_handle_form"
            ),
            models.CheckConstraint(
                condition=models.Q(website="") | models.Q(website__regex=r"^https?://"),
                name="organizations_website_form",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Where its page is."""
        return f"/organizations/{self.handle}/"
