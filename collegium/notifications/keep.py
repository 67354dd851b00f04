"""How much is kept: the newest thousand of each member, read or not."""

from django.db import connection

KEPT = 1_000

# Only members who have more than that are looked at; of each the oldest go.
SWEEP = """
WITH full_ones AS (
    SELECT recipient_id FROM notifications_notification GROUP BY recipient_id HAVING count(*) > %(kept)s
)
DELETE FROM notifications_notification AS old
USING full_ones,
      LATERAL (SELECT id FROM notifications_notification newest WHERE newest.recipient_id = full_ones.recipient_id
               ORDER BY id DESC OFFSET %(kept)s - 1 LIMIT 1) AS last_kept
WHERE old.recipient_id = full_ones.recipient_id AND old.id < last_kept.id
"""


def sweep() -> int:
    """Delete what is older than the newest thousand of its member; safe to run at any time. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(SWEEP, {"kept": KEPT})
        return cursor.rowcount
