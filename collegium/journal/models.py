"""What happened, one row each; written in the transaction of the change itself."""

from django.db import models

from collegium.lib.ids import IdField


class Entry(models.Model):
    """One thing that happened: who did what to which row.

    The journal lies below the rooms it tells of, so it names rows by kind and key instead of pointing at them.
    """

    id = IdField()
    kind = models.CharField(max_length=60)
    actor = models.BigIntegerField(null=True, help_text="The member who did it; empty when the clock did.")
    subject = models.BigIntegerField(null=True, help_text="The row it was done to; the kind says of which table.")
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["actor", "-id"], name="journal_by_actor"),
            models.Index(fields=["kind", "-id"], name="journal_by_kind"),
            models.Index(fields=["subject", "-id"], name="journal_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
