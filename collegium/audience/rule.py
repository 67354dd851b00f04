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

from typing import TypeVar

from django.db.models import Case, Exists, F, Model, OuterRef, Q, QuerySet, SmallIntegerField, Value, When

from collegium.audience.level import Level
from collegium.audience.viewer import Viewer
from collegium.members.models import Member, MemberQuerySet
from collegium.ties.models import Connection, blocks_between

SELF, CONNECTED, SECOND, MEMBER, PUBLIC, NONE = 4, 3, 2, 1, 0, -1

Q_ = TypeVar("Q_", bound="QuerySet[Model]")


def closeness(viewer: Viewer, owner: str = "", *, second: bool = True) -> Case:
    """The closeness between the viewer and the owner of a row, as an expression.

    Args:
        viewer: who looks.
        owner: the path to the owning member ("author", "post__author"); empty when the row is the member itself.
        second: False where no level compared with it is NETWORK: the dearest question is then not asked, and the
            second degree counts as any other member.
    """
    of = f"{owner}__" if owner else ""
    key = OuterRef(f"{owner}_id" if owner else "pk")
    out_of_standing = When(~Q(**{f"{of}standing": Member.Standing.ACTIVE}), then=Value(NONE))
    if not viewer:
        public = When(Q(**{f"{of}visibility": Member.Visibility.PUBLIC}), then=Value(PUBLIC))
        return Case(out_of_standing, public, default=Value(NONE), output_field=SmallIntegerField())
    me = Value(viewer.id)
    shared = Connection.objects.filter(member=OuterRef("other"), other=OuterRef(key))
    in_second = (
        [When(Exists(Connection.objects.filter(Exists(shared), member=me)), then=Value(SECOND))] if second else []
    )
    return Case(
        out_of_standing,
        When(Q(**{f"{owner}_id" if owner else "pk": viewer.id}), then=Value(SELF)),
        When(Exists(blocks_between(me, key)), then=Value(NONE)),
        When(Exists(Connection.objects.filter(member=me, other=key)), then=Value(CONNECTED)),
        *in_second,
        default=Value(MEMBER),
        output_field=SmallIntegerField(),
    )


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
    return rows.alias(near_writer=closeness(viewer, owner)).filter(near_writer__gte=PUBLIC)


def readers(owner: Member, level: int) -> MemberQuerySet:
    """The members whom a thing of this owner and audience reaches, the owner included."""
    near = closeness(Viewer(owner))
    return Member.objects.active().alias(near=near).filter(near__gte=max(level, Level.MEMBERS))
