"""Applications that are being written: what stands in the form, so that nothing typed is lost."""

from django.db import models

from collegium.lib import clock, ids
from collegium.members.models import Member
from collegium.openings.models import Opening


class Begun(models.Model):
    """One for each opening; it goes when the application is sent, and a while after the opening is over."""

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="+", db_index=False)
    opening = models.ForeignKey(Opening, models.CASCADE, related_name="+")
    fields = models.JSONField(default=dict, help_text="By name of the form; each bounded as there.")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "opening"], name="applications_begun_once")]

    def __str__(self) -> str:
        return f"{self.member_id} for {self.opening_id}"
