"""What becomes of the figures when two records of organisations become one."""

from django.db import connection

from collegium.organizations.merging import Party
from collegium.organizations.models import Organization

OPENED = "pages.Opened.organization"
ADD = """
INSERT INTO pages_opened AS had (organization_id, day, times)
SELECT %(winner)s, day, times FROM pages_opened WHERE organization_id = %(loser)s
ON CONFLICT (organization_id, day) DO UPDATE SET times = had.times + excluded.times
"""


def _add(loser: Organization, winner: Organization) -> None:
    """Openings of either were openings of both; who began to follow which is told in the journal of each."""
    with connection.cursor() as cursor:
        cursor.execute(ADD, {"winner": winner.pk, "loser": loser.pk})
        cursor.execute("DELETE FROM pages_opened WHERE organization_id = %s", [loser.pk])


PARTIES = [Party("", (OPENED,), _add)]
