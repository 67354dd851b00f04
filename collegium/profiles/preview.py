"""How one's own profile looks to others: the same page, seen with other eyes.

Nothing of a named person is asked, but that she is a connection: what a connection may see, her own blocks, employers
and acquaintances do not change, and the owner must not learn of those by looking through her eyes. So all that is
about other people on the page (who is counted, who endorsed) is what the owner herself sees of them, and what two
people have in common is left out.
"""

import re
from dataclasses import dataclass

from django.db.models import F, Value
from django.utils.translation import gettext as _

from collegium.audience.viewer import NOBODY, Viewer
from collegium.lib.addresses import HandleConverter
from collegium.members.models import Fold, Member
from collegium.openness import reading as openness
from collegium.openness.models import Audience, OpenToWork
from collegium.ties.models import Connection

# Nobody's key: not blocked by anyone, connected with no one, as far away as a member can be.
STRANGER = Viewer(Member(pk=-1, standing=Member.Standing.ACTIVE))
CHOICES = 12
FOR_RECRUITERS = {Audience.EVERYONE, Audience.MEMBERS, Audience.RECRUITERS}
EYES = {"public": NOBODY, "member": STRANGER, "recruiter": STRANGER}


@dataclass(frozen=True, slots=True)
class Eyes:
    """Whose eyes the owner looks with.

    Attributes:
        word: as it stands in the address.
        viewer: who looks, as far as the rule of sight is concerned.
        connection: the connection whose eyes they are.
    """

    word: str
    viewer: Viewer
    connection: Member | None = None

    @property
    def sentence(self) -> str:
        """Whose page this is, in words."""
        if self.connection is not None:
            return _("This is your page for %(name)s, with whom you are connected.") % {"name": self.connection.name}
        return {
            "public": _("This is your page for someone who is signed out."),
            "member": _("This is your page for a member you do not know."),
            "recruiter": _("This is your page for a recruiter you do not know."),
        }[self.word]


def eyes(viewer: Viewer, person: Member, wanted: str) -> Eyes | None:
    """The eyes to look with, when somebody asks to see her own page as others do; None for her own eyes.

    Args:
        viewer: who asks; only the owner may.
        person: whose page.
        wanted: "public", "member", "recruiter", or the handle of a connection.
    """
    if person.pk != viewer.id or not wanted:
        return None
    if wanted in EYES:
        return Eyes(wanted, EYES[wanted])
    other = connection_of(person, wanted)
    return Eyes(wanted, Viewer(other), other) if other is not None else None


def openness_for(eyes: Eyes, owner: Member) -> OpenToWork | None:
    """What she looks for, as these eyes are told of it; a recruiter here is one whom nobody left out."""
    if eyes.word != "recruiter":
        return openness.shown_in_preview(owner, eyes.viewer)
    row = openness.of(owner)
    told = row is not None and row.is_living and row.audience in FOR_RECRUITERS
    return row if told else None


def connections_named(person: Member, words: str) -> list[Member]:
    """The first few of her connections whose name has these words in it; the first of all of them without any.

    Args:
        person: the owner.
        words: case and accents do not matter.
    """
    hers = Connection.objects.filter(member=person).values("other_id")
    rows = Member.objects.active().filter(pk__in=hers)
    if words:
        rows = rows.alias(asked=Fold(Value(words))).filter(folded__contains=F("asked"))
    return list(rows.only("id", "handle", "name", "headline", "photo").order_by("sort_name", "id")[:CHOICES])


def connection_of(person: Member, handle: str) -> Member | None:
    """Somebody the owner is connected with now, by handle."""
    if not re.fullmatch(HandleConverter.regex, handle):
        return None
    row = Connection.objects.filter(member=person, other__handle=handle, other__standing=Member.Standing.ACTIVE)
    half = row.select_related("other").first()
    return half.other if half is not None else None
