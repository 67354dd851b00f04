"""From the name of an organisation as somebody writes it to its record, where there is one.

A record that was merged with another keeps its name, and the name means the one that stands for it.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection

from collegium.organizations.models import Organization


class Meaning(NamedTuple):
    """What a name means.

    Attributes:
        folded: as names are compared.
        bearers: how many records bear it.
        key: of the one, where it is one.
    """

    folded: str
    bearers: int
    key: int


# Of two records that bear one name and are one by now, both lead to the same.
_MEANINGS = """
    SELECT word, fold(word), count(DISTINCT coalesce(o.merged_into_id, o.id)), min(coalesce(o.merged_into_id, o.id))
    FROM unnest(%s::text[]) AS word LEFT JOIN organizations_organization o ON o.folded_name = fold(word)
    GROUP BY word"""


def meanings(names: Iterable[str]) -> dict[str, Meaning]:
    """What each name means; case and accents do not matter."""
    asked = [name for name in dict.fromkeys(names) if name]
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_MEANINGS, [asked])
        return {word: Meaning(folded, count, key or 0) for word, folded, count, key in cursor.fetchall()}


def find(names: Iterable[str]) -> dict[str, Organization]:
    """The record of each name that means exactly one; two organisations of one name are nobody's guess.

    Args:
        names: as people wrote them; case and accents do not matter.
    """
    keys = {name: meant.key for name, meant in meanings(names).items() if meant.bearers == 1}
    rows = Organization.objects.in_bulk(keys.values())
    return {name: rows[key] for name, key in keys.items()}
