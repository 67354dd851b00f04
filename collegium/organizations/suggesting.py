"""Which records somebody may mean while she types the name of an organisation."""

from django.core.exceptions import ValidationError
from django.db import connection

from collegium.lib.text import clean_line
from collegium.organizations.models import NAME_LIMIT, Organization

MOST = 10
INSIDE_FROM, ALIKE_FROM = 3, 4
"""Of shorter words only names that begin so are found; two letters look like everything."""

_BEGINS = """
    SELECT coalesce(merged_into_id, id) FROM organizations_organization WHERE folded_name LIKE %(begins)s
    ORDER BY length(folded_name), folded_name, id LIMIT %(most)s"""
_WORD_BEGINS = """
    SELECT coalesce(merged_into_id, id) FROM organizations_organization WHERE folded_name LIKE %(inside)s
    ORDER BY length(folded_name), folded_name, id LIMIT %(most)s"""
_ALIKE = """
    SELECT coalesce(merged_into_id, id) FROM organizations_organization
    WHERE folded_name %% %(word)s AND similarity(folded_name, %(word)s) >= 0.4
    ORDER BY similarity(folded_name, %(word)s) DESC, folded_name, id LIMIT %(most)s"""


def suggest(typed: str, most: int = MOST) -> list[Organization]:
    """Records by name, best first: those that begin so, then words within, then what looks alike.

    Args:
        typed: as it came; nothing that can be typed is an error.
        most: how many.
    """
    try:
        line = clean_line(typed[: 2 * NAME_LIMIT], 2 * NAME_LIMIT)
    except ValidationError:
        return []
    keys = _keys(line, most) if line else []
    rows = Organization.objects.only("handle", "name", "kind", "place", "photo").in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def _keys(line: str, most: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT btrim(fold(%s))", [line])
        word = str(cursor.fetchone()[0])
        if not word:
            return []
        plain = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        values: dict[str, str | int] = {"word": word, "begins": f"{plain}%", "inside": f"% {plain}%", "most": most}
        letters = sum(map(str.isalnum, word))
        found: dict[int, None] = {}
        for arm, least in ((_BEGINS, 0), (_WORD_BEGINS, INSIDE_FROM), (_ALIKE, ALIKE_FROM)):
            if letters >= least and len(found) < most:
                cursor.execute(arm, values)
                found |= dict.fromkeys(key for (key,) in cursor.fetchall())
    return list(found)[:most]
