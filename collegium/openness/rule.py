"""Who never learns of it, and who is a recruiter: two questions the database answers for two people, as expressions.

Both are asked in both directions. `visible_to` knows who looks and goes through the owners; "who sees this?" knows the
owner and goes through the members. So each side is a key or a column, and the words are the same.
"""

# ruff: noqa: S608 - made of constants and of names of columns

import re
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, BooleanField, Expression, F, Func, Value
from django.db.models.sql.compiler import SQLCompiler

from collegium.lib import clock

Side = Expression | F | int
_PLACE = re.compile(r"\{(viewer|owner|now)\}")

# Each question is a scalar subquery: PostgreSQL would gather an EXISTS into a table of all it is true of.
# A proof holds while it lasts and, when it was made for a position, while one at its place goes on: what
# `workplaces.models.ProofQuerySet.living` says, and `tests/test_model.py` holds the two together.
LIVING = """p.member_id = {viewer} AND p.removed_at IS NULL AND p.expires_at > {now}
    AND (NOT p.of_position OR (SELECT true FROM career_item h
        WHERE h.member_id = {viewer} AND h.section = 'positions' AND h.removed_at IS NULL AND h.ended = ''
            AND coalesce(h.organization_id::text, '=' || h.folded_organization)
                = coalesce(p.organization_id::text, '=' || p.folded_organization) LIMIT 1))"""

RECRUITS = f"""coalesce((SELECT true FROM openness_recruiter r WHERE r.member_id = {{viewer}}
    AND (SELECT true FROM workplaces_proof p WHERE {LIVING} LIMIT 1)), false)"""

# An organisation goes by its name, and its record by the name it has now: neither writing the name by hand nor renaming
# the record is a way in. An end that is not over yet is no end: who leaves in June is still there in May.
AT_THE_ORGANIZATION = f"""(SELECT true FROM career_item i
        LEFT JOIN organizations_organization io ON io.id = i.organization_id
        WHERE i.member_id = {{viewer}} AND i.section = 'positions' AND i.removed_at IS NULL
            AND (i.ended = '' OR i.ended >= left(to_char({{now}} AT TIME ZONE 'UTC', 'YYYY-MM-DD'), length(i.ended)))
            AND (i.folded_organization IN (x.folded_name, xo.folded_name)
                 OR io.folded_name IN (x.folded_name, xo.folded_name)) LIMIT 1)
    OR (SELECT true FROM workplaces_proof p
        LEFT JOIN organizations_organization po ON po.id = p.organization_id
        WHERE (p.folded_organization IN (x.folded_name, xo.folded_name)
               OR po.folded_name IN (x.folded_name, xo.folded_name)) AND {LIVING} LIMIT 1)"""


def _under(domain: str) -> str:
    """Whether a domain is the one left out or lies below it, label by label; accounts may hold their own letters."""
    return (
        f"({domain} IN (x.domain, x.native_domain)"
        f" OR right({domain}, length(x.domain) + 1) = '.' || x.domain"
        f" OR right({domain}, length(x.native_domain) + 1) = '.' || x.native_domain)"
    )


_OF_ADDRESS = "lower(substring({} from '[^@]*$'))"
AT_THE_DOMAIN = f"""(SELECT true FROM workplaces_proof p WHERE {_under("p.domain")} AND {LIVING} LIMIT 1)
    OR (SELECT true FROM members_member m JOIN accounts_user u ON u.id = m.user_id
        WHERE m.id = {{viewer}} AND {_under(_OF_ADDRESS.format("u.email"))})
    OR (SELECT true FROM members_member m JOIN account_emailaddress e ON e.user_id = m.user_id
        WHERE m.id = {{viewer}} AND e.verified AND {_under(_OF_ADDRESS.format("e.email"))} LIMIT 1)"""

# Whoever is signed out could be anybody, so with anyone left out all of them are. Who leaves out her own employer is
# not meant herself.
EXCLUDED = f"""coalesce((SELECT true FROM openness_exclusion x
    LEFT JOIN organizations_organization xo ON xo.id = x.organization_id
    WHERE x.member_id = {{owner}} AND {{owner}} <> {{viewer}} AND ({{viewer}} = 0 OR x.person_id = {{viewer}}
        OR (x.what = 'organization' AND ({AT_THE_ORGANIZATION}))
        OR (x.domain <> '' AND ({AT_THE_DOMAIN}))) LIMIT 1), false)"""


class _Between(Func):
    """A question in SQL about two people, and the moment it is asked at."""

    output_field = BooleanField()
    conditional = True
    words = ""

    def __init__(self, viewer: Side, owner: Side = 0, now: Expression | None = None) -> None:
        """Take the two, as keys or columns, and the moment where it is not this one."""
        moment = Value(clock.now()) if now is None else now
        super().__init__(_side(viewer), _side(owner), moment)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """The words, with the parameters in the order in which the sides are named."""
        names = ("viewer", "owner", "now")
        sides = dict(zip(names, (compiler.compile(each) for each in self.source_expressions), strict=True))
        given: list[Any] = []

        def put(found: re.Match[str]) -> str:
            written, parameters = sides[found[1]]
            given.extend(parameters)
            return written

        return _PLACE.sub(put, self.words.replace("%", "%%")), given


class Excluded(_Between):
    """Whether the owner leaves the viewer out; a viewer of 0 is somebody signed out."""

    words = EXCLUDED


class Recruits(_Between):
    """Whether the viewer says that she hires people, and a proved workplace of hers holds."""

    words = RECRUITS


def _side(side: Side) -> Expression | F:
    # Without its field Django would send a key as 32 bits, and cut it.
    return Value(side, output_field=BigIntegerField()) if isinstance(side, int) else side
