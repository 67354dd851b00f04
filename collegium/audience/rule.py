"""THE RULE of sight, once, in SQL:   audience <= closeness(viewer, owner).

Closeness is a number the database works out for a pair of people:

     4  oneself
     3  connected
     2  a connection of a connection
     1  any other member in good standing
     0  signed out, and the owner's profile is public
    -1  blocked in either direction, or the owner is not in good standing, or signed out otherwise

Pending, declined and withdrawn invitations and former connections do not occur in it: they count for nothing.
Between two members closeness is symmetric, which lets the same expression answer "who sees this?".
"""

from typing import Any, TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, Model, QuerySet, SmallIntegerField
from django.db.models.sql.compiler import SQLCompiler

from collegium.audience.level import Level
from collegium.audience.viewer import Viewer
from collegium.members.models import Member, MemberQuerySet

SELF, CONNECTED, SECOND, MEMBER, PUBLIC, NONE = 4, 3, 2, 1, 0, -1

Q_ = TypeVar("Q_", bound="QuerySet[Model]")


class Closeness(Func):
    """The rule written out. Django would take milliseconds to put it together from its parts, in every query of a page.

    The viewer's key stays a parameter: statements that are written out beforehand put another one in its place.
    """

    output_field = SmallIntegerField()
    SIGNED_OUT = f"""CASE WHEN {{standing}} <> 'active' THEN {NONE}
        WHEN {{visibility}} = {Member.Visibility.PUBLIC.value} THEN {PUBLIC} ELSE {NONE} END"""
    # Each question is a scalar subquery: PostgreSQL would gather an EXISTS into a hash table of all it is true of,
    # which costs more than asking for a page of people. The second degree is a person both are connected with.
    SIGNED_IN = f"""CASE WHEN {{standing}} <> 'active' THEN {NONE}
        WHEN {{key}} = %s THEN {SELF}
        WHEN (SELECT true FROM ties_block b WHERE b.blocker_id = %s AND b.blocked_id = {{key}}) THEN {NONE}
        WHEN (SELECT true FROM ties_block b WHERE b.blocker_id = {{key}} AND b.blocked_id = %s) THEN {NONE}
        WHEN (SELECT true FROM ties_connection c WHERE c.member_id = %s AND c.other_id = {{key}}) THEN {CONNECTED}
        {{second}} ELSE {MEMBER} END"""  # noqa: S608 - made of constants and the names of columns
    IN_SECOND = f"""WHEN (SELECT true FROM ties_connection c JOIN ties_connection d USING (other_id)
        WHERE c.member_id = %s AND d.member_id = {{key}} LIMIT 1) THEN {SECOND}"""  # noqa: S608 - as above

    def __init__(self, viewer: int, owner: str, second: bool) -> None:
        self.viewer, self.second = viewer, second
        of = f"{owner}__" if owner else ""
        super().__init__(F(f"{owner}_id" if owner else "id"), F(f"{of}standing"), F(f"{of}visibility"))

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """The expression over the three columns, which have no parameters of their own."""
        key, standing, visibility = (compiler.compile(source)[0] for source in self.source_expressions)
        columns = {"key": key, "standing": standing, "visibility": visibility}
        if not self.viewer:
            return self.SIGNED_OUT.format(**columns), []
        second = self.IN_SECOND.format(**columns) if self.second else ""
        words = self.SIGNED_IN.format(**columns, second=second)
        return words, [self.viewer] * (5 if self.second else 4)


def closeness(viewer: Viewer, owner: str = "", *, second: bool = True) -> Closeness:
    """The closeness between the viewer and the owner of a row, as an expression.

    Args:
        viewer: who looks.
        owner: the path to the owning member ("author", "post__author"); empty when the row is the member itself.
        second: False where no level compared with it is NETWORK: the dearest question is then not asked, and the
            second degree counts as any other member.
    """
    return Closeness(viewer.id, owner, second)


def reaches(rows: Q_, viewer: Viewer, *, owner: str, level: str = "audience") -> Q_:
    """The rows whose own audience reaches the viewer.

    Args:
        rows: a queryset of things with an audience.
        viewer: who looks.
        owner: the path to the member whose thing it is.
        level: the field that holds the audience level.
    """
    return rows.alias(near=closeness(viewer, owner)).filter(near__gte=F(level))


def written_by_visible(rows: Q_, viewer: Viewer, *, owner: str) -> Q_:
    """The rows that have no audience of their own, without those of blocked, blocking and suspended people."""
    return rows.alias(near_writer=closeness(viewer, owner, second=False)).filter(near_writer__gte=PUBLIC)


def readers(owner: Member, level: int) -> MemberQuerySet:
    """The members whom a thing of this owner and audience reaches, the owner included."""
    near = closeness(Viewer(owner))
    return Member.objects.active().alias(near=near).filter(near__gte=max(level, Level.MEMBERS))
