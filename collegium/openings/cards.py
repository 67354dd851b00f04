"""What stands on the card of an opening beside what its row says; gathered for a list in few statements.

Who among one's acquaintances works there, and what is proved about the employer, other rooms know: the roof lays it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.career.models import Holding
from collegium.gazetteer.countries import country_name
from collegium.openings import pay
from collegium.openings.figures import Figures
from collegium.openings.figures import laid as figures
from collegium.openings.models import Opening, OpeningSkill, Way


@dataclass(frozen=True, slots=True)
class Known:
    """How many people the viewer knows there: connected, and connected with somebody she is connected with."""

    first: int = 0
    second: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that is proved of who offers the work, or a sign of caution.

    Attributes:
        label: in a few words.
        icon: of the icons here.
        about: what it means, in a sentence or two.
        tone: "good", "warn" or "" for neither.
    """

    label: str
    icon: str
    about: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Skilled:
    """A skill of an opening; whether the viewer lists it too."""

    name: str
    required: bool
    matches: bool = False


@dataclass(frozen=True, slots=True)
class Extra:
    """What stands on one card beside the row."""

    pay: str = ""
    where: str = ""
    skills: tuple[Skilled, ...] = ()
    figures: Figures | None = None
    marks: tuple[Mark, ...] = ()
    known: Known | None = None


KnownBy = Callable[[Viewer, Iterable[int]], Mapping[int, Known]]
MarksOf = Callable[[Viewer, list[Opening]], Mapping[int, Iterable[Mark]]]


class Providers:
    """Asked once for a whole list; nothing is known until the roof lays it."""

    def __init__(self) -> None:
        self._known: KnownBy | None = None
        self._marks: MarksOf | None = None

    def lay(self, *, known: KnownBy | None = None, marks: MarksOf | None = None) -> None:
        """Take what the roof gives.

        Args:
            known: people the viewer knows, by key of the organisation.
            marks: what is proved and what to be careful about, by key of the opening.
        """
        self._known, self._marks = known or self._known, marks or self._marks

    def known(self, viewer: Viewer, organizations: Iterable[int]) -> Mapping[int, Known]:
        """By key of the organisation."""
        return self._known(viewer, organizations) if self._known is not None and viewer else {}

    def marks(self, viewer: Viewer, openings: list[Opening]) -> Mapping[int, Iterable[Mark]]:
        """By key of the opening."""
        return self._marks(viewer, openings) if self._marks is not None else {}


providers = Providers()


def extras(viewer: Viewer, openings: Iterable[Opening]) -> dict[int, Extra]:
    """What the cards of these say besides, by key.

    Args:
        viewer: who looks.
        openings: `with_faces`.
    """
    rows = list(openings)
    if not rows:
        return {}
    places = list({row.organization_id for row in rows})
    skills, told = skills_of(viewer, rows), figures.of(places)
    known, marks = providers.known(viewer, places), providers.marks(viewer, rows)
    return {
        row.pk: Extra(
            pay=pay.words(row),
            where=where(row),
            skills=tuple(skills.get(row.pk, ())),
            figures=told.get(row.organization_id),
            marks=tuple(marks.get(row.pk, ())),
            known=known.get(row.organization_id),
        )
        for row in rows
    }


def where(opening: Opening) -> str:
    """Where the work is done, in words."""
    if opening.way == Way.REMOTE:
        named = [country_name(code) for code in opening.countries]
        if not named:
            return _("Remote, from anywhere")
        return _("Remote, from %(countries)s") % {"countries": ", ".join(named)}
    parts = [opening.place, country_name(opening.country) if opening.country else ""]
    words = ", ".join(each for each in parts if each)
    return words if opening.way == Way.SITE else _("%(place)s, hybrid") % {"place": words}


def skills_of(viewer: Viewer, openings: Iterable[Opening]) -> dict[int, list[Skilled]]:
    """The skills of these, those that are needed first, and which of them the viewer lists herself. Two statements."""
    keys = [row.pk for row in openings]
    rows = list(
        OpeningSkill.objects.filter(opening__in=keys)
        .order_by("opening_id", "-required", "place")
        .values_list("opening_id", "skill_id", "skill__name", "required")
    )
    mine: set[int] = set()
    if viewer:
        held = Holding.objects.of(viewer.me).kept().filter(skill__in={row[1] for row in rows})
        mine = set(held.values_list("skill_id", flat=True))
    found: dict[int, list[Skilled]] = defaultdict(list)
    for opening, skill, name, required in rows:
        found[opening].append(Skilled(name, required, skill in mine))
    return found
