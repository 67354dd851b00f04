"""Who reads an opening, and who hires for it: two questions that the database answers for one viewer.

An opening that stands is read by everybody, or by members alone; not by those from whom it is hidden (signed out one
could be any of them, so one that is hidden from somebody is for members alone), nor by whom a block parts from the
person who posted it for a plain record. Of a page it is the page that speaks. Somebody out of standing hires for
nobody, and what such a person posted for a plain record is not read.
"""

# ruff: noqa: S608 - made of constants and of names of columns

from typing import TYPE_CHECKING, Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func
from django.db.models.sql.compiler import SQLCompiler

from collegium.lib import clock
from collegium.openness.rule import AT_THE_DOMAIN, AT_THE_ORGANIZATION

if TYPE_CHECKING:
    from collegium.audience.viewer import Viewer

# The parts on a page that hire (`pages.Part`).
HIRING = "('super', 'recruiter')"
IS_PAGE = "(o.page_since IS NOT NULL AND o.merged_into_id IS NULL)"
# A page hires through its own people; a plain record through those who hold a seat.
IN_TEAM = f"""coalesce((SELECT CASE WHEN {IS_PAGE} AND (SELECT true FROM pages_role r
            WHERE r.organization_id = o.id AND r.member_id = {{me}} AND r.part IN {HIRING} LIMIT 1) THEN true
        ELSE (SELECT s.part >= {{least}} AND (s.part < 2 OR NOT {IS_PAGE}) FROM openings_seat s
            WHERE s.opening_id = {{opening}} AND s.member_id = {{me}}) END
    FROM organizations_organization o WHERE o.id = {{organization}}
        AND (SELECT standing = 'active' FROM members_member WHERE id = {{me}})), false)"""
_HIDDEN = f"""coalesce((SELECT true FROM openings_hidden x
    LEFT JOIN organizations_organization xo ON xo.id = x.organization_id
    WHERE x.opening_id = {{opening}} AND ({{me}} = 0 OR x.person_id = {{me}}
        OR (x.what = 'organization' AND ({AT_THE_ORGANIZATION.replace("{viewer}", "{me}")}))
        OR (x.domain <> '' AND ({AT_THE_DOMAIN.replace("{viewer}", "{me}")}))) LIMIT 1), false)"""
_OF_PAGE = f"(SELECT {IS_PAGE} FROM organizations_organization o WHERE o.id = {{organization}})"
_BY_SOMEBODY_GOOD = """(SELECT true FROM members_member m WHERE m.id = {poster} AND m.standing = 'active'
    AND (SELECT true FROM ties_block b WHERE b.blocker_id = {me} AND b.blocked_id = m.id
         UNION ALL SELECT true FROM ties_block b WHERE b.blocker_id = m.id AND b.blocked_id = {me} LIMIT 1) IS NULL)"""
_IN_GOOD_STANDING = "(SELECT standing = 'active' FROM members_member WHERE id = {me})"
REACHES = f"""(CASE WHEN {{me}} = 0 THEN NOT {{members_only}} ELSE coalesce({_IN_GOOD_STANDING}, false) END
    AND NOT {_HIDDEN} AND ({_OF_PAGE} OR coalesce({_BY_SOMEBODY_GOOD}, false)))"""


class _Asked(Func):
    """A question about one opening and one viewer; its parameters are keys, as numbers in the statement."""

    output_field = BooleanField()
    conditional = True
    words = ""
    columns = ("id", "organization_id", "poster_id", "members_only")

    def __init__(self, viewer: "Viewer", **named: int) -> None:
        """Take who asks."""
        self.me, self.named = viewer.id, named
        super().__init__(*map(F, self.columns))

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """The words, with the columns in their places."""
        names = ("opening", "organization", "poster", "members_only")
        columns = dict(zip(names, (compiler.compile(each)[0] for each in self.source_expressions), strict=True))
        written, given, rest = "", list[Any](), self.words.format(me="\0", now="\1", **columns, **self.named)
        for letter in rest.replace("%", "%%"):
            if letter == "\0":
                given.append(self.me)
            elif letter == "\1":
                given.append(clock.now())
            written += "%s" if letter in "\0\1" else letter
        return written, given


class Reaches(_Asked):
    """Whether it is for the viewer's eyes at all, standing or not."""

    words = REACHES


class InTeam(_Asked):
    """Whether the viewer hires for it, with a part of at least `least`."""

    words = IN_TEAM

    def __init__(self, viewer: "Viewer", *, least: int = 0) -> None:
        """Take who asks, and the least part that counts (`seats.Part`)."""
        super().__init__(viewer, least=least)
