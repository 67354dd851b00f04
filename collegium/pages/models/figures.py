"""How often a page was opened: a number a day, of nobody in particular."""

from django.db import models

from collegium.organizations.models import Organization


class Opened(models.Model):
    """How often one page was opened on one day, by people who do not work on it. Who it was is not written down."""

    pk = models.CompositePrimaryKey("organization_id", "day")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+", db_index=False)
    day = models.DateField(help_text="In UTC.")
    times = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.organization_id} on {self.day}: {self.times}"
