"""How much is kept: the newest thousand of each member, read or not."""

from django.db import connection

KEPT = 1_000

# Only members who have more than that are looked at; of each the oldest go, and with them what still waits to be sent.
SWEEP = """
WITH full_ones AS (
    SELECT recipient_id FROM notifications_notification GROUP BY recipient_id HAVING count(*) > %(kept)s
), old AS MATERIALIZED (
    SELECT told.id FROM full_ones
    CROSS JOIN LATERAL (
        SELECT id FROM notifications_notification AS newest WHERE newest.recipient_id = full_ones.recipient_id
        ORDER BY id DESC OFFSET %(kept)s - 1 LIMIT 1
    ) AS last_kept
    JOIN notifications_notification AS told
        ON told.recipient_id = full_ones.recipient_id AND told.id < last_kept.id
), unsent AS (
    DELETE FROM notifications_outgoing USING old WHERE notification_id = old.id
)
DELETE FROM notifications_notification AS told USING old WHERE told.id = old.id
"""


def sweep() -> int:
    """Delete what is older than the newest thousand of its member; safe to run at any time. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(SWEEP, {"kept": KEPT})
        return cursor.rowcount
