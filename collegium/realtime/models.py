"""What open pages should look at again, kept a few minutes for those whose line broke.

Both tables are unlogged: they cost no write-ahead log, and a crash of the database empties them, which open pages
learn as "look at everything again". Neither has a foreign key in the database, since checking one would write to the
row of the member at every poke.
"""

from django.db import models
from django.db.models.expressions import Func
from django.db.models.functions import Now

from collegium.members.models import Member


class CurrentTransaction(Func):
    """The number of the running transaction, the same in all its savepoints."""

    template = "(pg_current_xact_id()::text::bigint)"
    arity = 0
    output_field = models.BigIntegerField()


class Poke(models.Model):
    """A member's open pages should look at this topic again. Holds no content."""

    id = models.BigAutoField(primary_key=True)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    topic = models.CharField(max_length=40)
    at = models.DateTimeField(db_default=Now())
    batch = models.BigIntegerField(
        db_default=CurrentTransaction(), help_text="Sent together: those of one transaction."
    )

    class Meta:
        indexes = [
            models.Index(fields=["member", "at"], name="realtime_pokes"),
            models.Index(fields=["at"], name="realtime_age"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} for {self.member_id}"


class Line(models.Model):
    """A member has, or had moments ago, a page open; only such members are worth poking."""

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="+", db_constraint=False)
    since = models.DateTimeField(help_text="From here on without a gap every poke was kept.")
    seen_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["seen_at"], name="realtime_open")]

    def __str__(self) -> str:
        return f"{self.member_id} at {self.seen_at}"
