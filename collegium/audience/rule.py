"""THE RULE of sight, once, in SQL:   audience <= closeness(viewer, owner).

Closeness is a number the database works out for a pair of people:

     4  oneself
     3  connected
     2  a connection of a connection
     1  any other member in good standing
     0  signed out, and the owner's profile is public
    -1  blocked in either direction, or the owner is not in good standing, or signed out otherwise

Pending, declined and withdrawn invitations and former connections do not occur in it: they count for nothing.
The second degree goes through people in good standing who show their connections at least to their connections: what
is open to the network must not tell whom somebody keeps to herself.

Closeness has a direction, from the viewer to the owner: whom the owner keeps at RESTRICTED has 1 at most, connected or
not, and whom she keeps at WORK_ONLY has 1 where she speaks as a private person (`ties.models.Distance`). Kept away by
that viewer in turn, she is shown no more and no less. So "may she see this?" (`closeness`) and "who sees this?"
(`readers`) are two expressions, which differ in this alone; `audience/tests` hold them equal pair by pair.
"""

from typing import Any, TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, Model, QuerySet, SmallIntegerField
from django.db.models.sql.compiler import SQLCompiler

from collegium.audience.level import Level
from collegium.audience.viewer import Viewer
from collegium.members.models import Member, MemberQuerySet
from collegium.ties.models import Distance

SELF, CONNECTED, SECOND, MEMBER, PUBLIC, NONE = 4, 3, 2, 1, 0, -1
# The audience of what is said in a place of its own, a group or a page: nobody comes so near to an author, so the rule
# lets nobody in, and the place alone decides (`feed.models.placing`).
IN_PLACE = 5
# What a row says in the column that names the side its author speaks from, where it speaks as a private person.
PERSONAL = "personal"

RESTRICTED, WORK_ONLY = Distance.Rung.RESTRICTED.value, Distance.Rung.WORK_ONLY.value

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
        {{kept_away}}
        WHEN (SELECT true FROM ties_connection c WHERE c.member_id = %s AND c.other_id = {{key}}) THEN {CONNECTED}
        {{second}} ELSE {MEMBER} END"""  # noqa: S608 - made of constants and the names of columns
    # Who keeps one person away, or whom one keeps away, is a handful: gathered once a statement and then looked up.
    KEPT_AWAY = f"""WHEN {{key}} IN (SELECT k.member_id FROM ties_distance k
        WHERE k.other_id = %s AND k.rung = {RESTRICTED}) THEN {MEMBER}"""  # noqa: S608 - as above
    TO_WORK = f"""WHEN {{facet}} = '{PERSONAL}' AND {{key}} IN (SELECT k.member_id FROM ties_distance k
        WHERE k.other_id = %s AND k.rung = {WORK_ONLY}) THEN {MEMBER}"""  # noqa: S608 - as above
    IN_SECOND = f"""WHEN (SELECT true FROM ties_connection c JOIN ties_connection d USING (other_id)
        JOIN members_member via ON via.id = other_id
        WHERE c.member_id = %s AND d.member_id = {{key}} AND via.standing = 'active'
            AND via.connections_audience <= {CONNECTED} LIMIT 1) THEN {SECOND}"""  # noqa: S608 - as above

    def __init__(self, viewer: int, owner: str, second: bool, facet: str = "") -> None:
        self.viewer, self.second = viewer, second
        of = f"{owner}__" if owner else ""
        side = [F(facet)] if facet else []
        super().__init__(F(f"{owner}_id" if owner else "id"), F(f"{of}standing"), F(f"{of}visibility"), *side)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """The expression over its columns, which have no parameters of their own."""
        key, standing, visibility, *facet = (compiler.compile(source)[0] for source in self.source_expressions)
        if not self.viewer:
            return self.SIGNED_OUT.format(standing=standing, visibility=visibility), []
        second = self.IN_SECOND.format(key=key) if self.second else ""
        kept_away = self.kept_away(key, *facet)
        words = self.SIGNED_IN.format(key=key, standing=standing, second=second, kept_away=kept_away)
        return words, [self.viewer] * words.count("%s")

    def kept_away(self, key: str, facet: str = "") -> str:
        """The branches for those whom the owner keeps away."""
        words = self.KEPT_AWAY.format(key=key)
        return words + (" " + self.TO_WORK.format(key=key, facet=facet) if facet else "")


class NearnessOfReaders(Closeness):
    """The same from the other side: one owner, whose key is the parameter, and the rows are those who look."""

    OF_READERS = f"""WHEN {{key}} IN (SELECT k.other_id FROM ties_distance k
        WHERE k.member_id = %s AND k.rung >= {{least}}) THEN {MEMBER}"""  # noqa: S608 - as above

    def __init__(self, owner: int, *, personal: bool = False) -> None:
        self.least = WORK_ONLY if personal else RESTRICTED
        super().__init__(owner, "", second=True)

    def kept_away(self, key: str, facet: str = "") -> str:
        """The branch for those whom the owner keeps away from a thing of this side."""
        return self.OF_READERS.format(key=key, least=self.least)


def closeness(viewer: Viewer, owner: str = "", *, second: bool = True, facet: str = "") -> Closeness:
    """The closeness of the viewer to the owner of a row, as an expression.

    Args:
        viewer: who looks.
        owner: the path to the owning member ("author", "post__author"); empty when the row is the member itself.
        second: False where no level compared with it is NETWORK: the dearest question is then not asked, and the
            second degree counts as any other member.
        facet: the column that says from which side the owner speaks, where the row has one.
    """
    return Closeness(viewer.id, owner, second, facet)


def reaches(rows: Q_, viewer: Viewer, *, owner: str, level: str = "audience", facet: str = "") -> Q_:
    """The rows whose own audience reaches the viewer.

    Args:
        rows: a queryset of things with an audience.
        viewer: who looks.
        owner: the path to the member whose thing it is.
        level: the field that holds the audience level.
        facet: as in `closeness`.
    """
    return rows.alias(near=closeness(viewer, owner, facet=facet)).filter(near__gte=F(level))


def written_by_visible(rows: Q_, viewer: Viewer, *, owner: str) -> Q_:
    """The rows that have no audience of their own, without those of blocked, blocking and suspended people."""
    return rows.alias(near_writer=closeness(viewer, owner, second=False)).filter(near_writer__gte=PUBLIC)


def nearness_of_readers(owner: Member, *, personal: bool = False) -> NearnessOfReaders:
    """How near each member, the row, is to what this owner has: the expression behind "who sees this?".

    Args:
        owner: whose thing it is.
        personal: whether she speaks as a private person there.
    """
    return NearnessOfReaders(owner.pk, personal=personal)


def readers(owner: Member, level: int, *, personal: bool = False) -> MemberQuerySet:
    """The members whom a thing of this owner, audience and side reaches, the owner included."""
    near = nearness_of_readers(owner, personal=personal)
    return Member.objects.active().alias(near=near).filter(near__gte=max(level, Level.MEMBERS))
