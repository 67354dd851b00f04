"""A member as she chooses to be seen by one employer on one day.

It begins with what she herself sees of her career, so that she can send what her profile closes to others; and it goes
by way of `career.document`, which knows nothing of openness to work.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from collegium.applications.models import Sent
from collegium.audience.level import Level
from collegium.audience.viewer import Viewer
from collegium.career.document import Document, Draft, Header, Reach, Reference
from collegium.career.models import PartAudience
from collegium.career.sections import Section
from collegium.members.models import Member
from collegium.resumes import printed
from collegium.resumes.gathering import gathered

# Her ways to be reached are fields of their own, so that she chooses an address and a number for this one employer.
PARTS: tuple[str, ...] = tuple(str(part) for part in printed.ORDER if part != printed.CONTACTS)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What will be read.

    Attributes:
        document: the chosen parts.
        photo: key of her present picture (`members.Member.photo`); "" where she sends none.
        email: where she wants to be written to.
        phone: "" where she gives none.
    """

    document: Document
    email: str
    phone: str = ""
    photo: str = ""
    parts: tuple[str, ...] = field(default=())


def of(
    member: Member, parts: Iterable[str], *, photo: bool = False, email: str = "", phone: str = "", language: str = ""
) -> Snapshot:
    """What these parts of her profile are now.

    Args:
        member: who applies.
        parts: of `PARTS`; the name and the headline always go along, others are ignored.
        photo: whether her picture goes along.
        email: hers by default.
        phone: none by default.
        language: of those her profile has; its own by default.
    """
    wanted = [part for part in PARTS if part in set(parts)]
    _career, everything = gathered(Viewer(member), member, language)
    document = printed.chosen(everything, wanted)
    return Snapshot(document, email or _address(member), phone, member.photo if photo else "", tuple(wanted))


def filled(member: Member) -> list[tuple[str, str]]:
    """The parts of her profile in which something stands, with their headings."""
    _career, everything = gathered(Viewer(member), member)
    return [(part, printed.name_of(part)) for part in printed.filled(everything) if part in PARTS]


def shown_parts(member: Member) -> set[str]:
    """The parts that every member reads: those stand ticked at first. What is closed to others she ticks herself."""
    if member.visibility > Level.MEMBERS:
        return set()
    closed = PartAudience.objects.filter(member=member, audience__gt=Level.MEMBERS).values_list("part", flat=True)
    return set(PARTS) - set(closed)


def _address(member: Member) -> str:
    return str(member.user.email)


def dump(document: Document) -> dict[str, Any]:
    """As the database keeps it."""
    return asdict(document)


def load(kept: dict[str, Any]) -> Document:
    """What the database kept, again as a document."""
    return Document(
        header=Header(**kept.get("header", {})),
        items=[_item(each) for each in kept.get("items", ())],
        skills=_texts(kept.get("skills", ())),
        contacts=[Reach(**each) for each in kept.get("contacts", ())],
        references=[Reference(**each) for each in kept.get("references", ())],
        language=kept.get("language", ""),
    )


def read(sent: Sent) -> Document:
    """The chosen parts of a profile, as they were sent."""
    return load(sent.profile)


def _item(kept: dict[str, Any]) -> Draft:
    return Draft(**{**kept, "section": Section(kept["section"]), "skills": tuple(kept.get("skills", ()))})


def _texts(kept: Sequence[str]) -> list[str]:
    return [str(each) for each in kept]
