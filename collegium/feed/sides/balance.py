"""How much of what one posted was professional, as one number and one picture."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

from collegium.lib import clock, ids
from collegium.members.models import Member

LATELY = timedelta(days=30)
COUNTED = """
SELECT count(*) FILTER (WHERE facet <> 'personal'), count(*) FILTER (WHERE facet = 'personal')
FROM feed_post WHERE author_id = %s AND id >= %s AND (ends_at IS NULL OR ends_at > %s)
"""


@dataclass(frozen=True, slots=True)
class Balance:
    """How many posts came from either side in the last 30 days."""

    professional: int
    personal: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.professional + self.personal

    @property
    def share(self) -> float:
        """The professional share; 0 where there is nothing."""
        return self.professional / self.total if self.total else 0.0


def of(me: Member) -> Balance:
    """One's own balance; nobody else is shown it."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, [me.pk, ids.floor_at(now - LATELY), now])
        professional, personal = cursor.fetchone() or (0, 0)
    return Balance(professional, personal)
