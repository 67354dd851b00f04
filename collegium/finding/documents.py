"""The words of openings, written anew for all of them."""

from django.db import connection, transaction

_MANY = 2_000


def rebuild() -> int:
    """Write the words of every live opening, as the triggers do for one; for loads that switch them off.

    Returns:
        How many openings have words now.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM finding_document; SELECT finding_note(ARRAY[0]::bigint[])")
        cursor.execute("SELECT id FROM openings_opening WHERE state = 1 ORDER BY id")
        keys = [key for (key,) in cursor.fetchall()]
        for start in range(0, len(keys), _MANY):
            cursor.execute("SELECT finding_write(%s::bigint[])", [keys[start : start + _MANY]])
    return len(keys)
