"""From a word for a skill to the skill it means; words nobody knew become skills of their own."""

import unicodedata
from collections.abc import Iterable

from django.db import connection, transaction

from collegium.skills.models import NAME_LIMIT, Skill, Spelling

# What folds to nothing (a lone accent) is looked up as it is; what folding makes longer ("½") is cut.
_FOLD = """
    SELECT word, left(coalesce(nullif(btrim(fold(word)), ''), word), 200)
    FROM unnest(%s::text[]) AS word"""
# In the order of the spellings, so that two who write the same words at once wait for each other in turn; of one word
# written twice the first skill gets it, and the skill that came too late is never made. Keys of thousands of words
# made at once are spread over the next milliseconds, five hundred to each: within one only a thousand differ for sure.
_COIN = """
    WITH words AS (
        SELECT folded, name, row_number() OVER (ORDER BY folded) AS place
        FROM unnest(%(folded)s::text[], %(names)s::text[]) AS w (folded, name)
    ), new AS (SELECT new_id() + ((place / 500) << 21) AS id, folded, name FROM words ORDER BY place),
    won AS (
        INSERT INTO skills_spelling (folded, skill_id) SELECT folded, id FROM new
        ON CONFLICT (folded) DO NOTHING RETURNING skill_id)
    INSERT INTO skills_skill (id, name, uri) SELECT id, name, '' FROM new JOIN won ON won.skill_id = new.id"""


def fold(words: Iterable[str]) -> dict[str, str]:
    """Each word as it is looked up: lower case, without accents, as the database folds names."""
    asked = list(dict.fromkeys(words))
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_FOLD, [[unicodedata.normalize("NFC", word) for word in asked]])
        return dict(zip(asked, (folded for _word, folded in cursor.fetchall()), strict=True))


def known(words: Iterable[str]) -> dict[str, Skill]:
    """The skills these words mean, for those that mean one. Two statements, whatever the number of words."""
    return _known(fold(word for word in words if word))


def _known(folded: dict[str, str]) -> dict[str, Skill]:
    if not folded:
        return {}
    found = Spelling.objects.filter(folded__in=set(folded.values())).select_related("skill")
    skills = {spelling.folded: spelling.skill for spelling in found}
    return {word: skills[key] for word, key in folded.items() if key in skills}


@transaction.atomic
def resolve(words: Iterable[str]) -> dict[str, Skill]:
    """The skills these words mean; a word that means none yet becomes one.

    At most four statements, whatever the number of words. Two people who write the same new word at the same moment
    get the same skill.

    Args:
        words: cleaned lines; empty ones mean nothing, of longer ones the first 100 code points are the name.
    """
    folded = fold(word for word in words if word)
    found = _known(folded)
    missing: dict[str, str] = {}
    for word, key in folded.items():
        if word not in found:
            missing.setdefault(key, unicodedata.normalize("NFC", word)[:NAME_LIMIT])
    if not missing:
        return found
    with connection.cursor() as cursor:
        cursor.execute(_COIN, {"folded": list(missing), "names": list(missing.values())})
    return _known(folded)
