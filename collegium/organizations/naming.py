"""From the name of an organisation as somebody writes it to its record, where there is one."""

from collections.abc import Iterable

from django.db import connection

from collegium.organizations.models import Organization


def find(names: Iterable[str]) -> dict[str, Organization]:
    """The record of each name that means exactly one; two organisations of one name are nobody's guess.

    Args:
        names: as people wrote them; case and accents do not matter.
    """
    asked = [name for name in dict.fromkeys(names) if name]
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT word, min(o.id) FROM unnest(%s::text[]) AS word
            JOIN organizations_organization o ON o.folded_name = fold(word)
            GROUP BY word HAVING count(*) = 1""",
            [asked],
        )
        keys = dict(cursor.fetchall())
    rows = Organization.objects.in_bulk(keys.values())
    return {name: rows[key] for name, key in keys.items()}
