"""How one's own profile looks to others: the same page, seen with other eyes."""

from collegium.audience.viewer import NOBODY, Viewer
from collegium.members.models import Member

EYES = {
    "public": NOBODY,
    # Nobody's key: not blocked by anyone, connected with no one, as far away as a member can be.
    "member": Viewer(Member(pk=-1, standing=Member.Standing.ACTIVE)),
}


def eyes(viewer: Viewer, person: Member, wanted: str) -> Viewer | None:
    """The eyes to look with, when somebody asks to see her own page as others do; None for her own eyes."""
    return EYES.get(wanted) if person.pk == viewer.id else None
