"""Whose profile is shown to whom: everything that is read once for a page, before it is cut into parts."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils import translation
from django.utils.formats import date_format
from markupsafe import Markup

from collegium.audience.door import Request
from collegium.audience.level import Level
from collegium.audience.viewer import Viewer
from collegium.career import reading
from collegium.career.models import PartAudience
from collegium.career.reading import Career
from collegium.career.sections import SPECS, Part, Section
from collegium.graph import index
from collegium.graph.degrees import FAR, Standing, standings
from collegium.lib import clock
from collegium.members.models import Member
from collegium.openness import reading as openness
from collegium.openness.models import OpenToWork
from collegium.profiles import circle, preview, tongues
from collegium.profiles.preview import Eyes
from collegium.profiles.reach import Line, lines
from collegium.workplaces import reading as workplaces
from collegium.workplaces.models import Proof


@dataclass
class Scene:
    """Whose profile is shown to whom, in which language.

    Attributes:
        mine: whether its owner looks with her own eyes, and may change it.
        eyes: the eyes she looks with otherwise.
        stands, connections, mutual: how the viewer stands to her, and whom of the people around her she may know.
    """

    viewer: Viewer
    person: Member
    career: Career
    mine: bool
    eyes: Eyes | None = None
    today: date = field(default_factory=lambda: clock.now().date())
    stands: Standing | None = None
    connections: circle.Count | None = None
    mutual: circle.Mutual | None = None
    open: OpenToWork | None = None
    # What there is at all of it (`circle.Sight.has`); a scene made for one part asks for everything.
    has: frozenset[str] = frozenset({"pins", "praise"})
    proofs: dict[int, Proof] = field(default_factory=dict)

    @property
    def preview(self) -> str:
        """The word of the eyes the owner looks with; "" for everybody's own."""
        return self.eyes.word if self.eyes else ""

    @property
    def others(self) -> Viewer:
        """With whose eyes other people on the page are looked at: in a preview, the owner's own."""
        return Viewer(self.person) if self.eyes else self.viewer

    @property
    def may_endorse(self) -> bool:
        """Whether the viewer is connected with the person, and can say that she has a skill."""
        return self.stands is not None and self.stands.degree == 1

    @property
    def since(self) -> str:
        """When the person joined."""
        return date_format(self.person.joined_at, "YEAR_MONTH_FORMAT")

    @cached_property
    def reach(self) -> list[Line]:
        """The ways to reach her that are open to the viewer."""
        return lines(self.career.contacts)

    @property
    def labels(self) -> dict[str, str]:
        """What each part is called."""
        return {str(part): str(part.label) for part in Part}

    @property
    def adding(self) -> dict[str, str]:
        """What it is called to add something to each section."""
        return {str(section): str(spec.adding) for section, spec in SPECS.items()}

    @property
    def tongues(self) -> list[tuple[str, str, str]]:
        """The other languages of the profile: tag, what its speakers call it, address."""
        others = (tag for tag in self.career.languages if tag != self.career.language)
        extra = f"&as={self.preview}" if self.preview else ""
        return [(tag, tongues.own_name(tag), f"{self.person.path}?lang={tag}{extra}") for tag in others]

    @cached_property
    def levels(self) -> dict[str, int]:
        """The audience of each part, for its owner; those without a row are open to whoever opens the profile."""
        chosen = PartAudience.objects.filter(member=self.person).values_list("part", "audience") if self.mine else ()
        return {str(part): int(Level.EVERYONE) for part in Part} | dict(chosen)

    @property
    def tongue(self) -> Markup:
        """`lang` and `dir` for what the person wrote, when it is not in the language of the page around it."""
        tag = self.career.language
        if not tag or tag == translation.get_language():
            return Markup()
        return Markup(' lang="{}" dir="{}"').format(tag, tongues.direction(tag))


def look(request: Request, sight: circle.Sight, eyes: Eyes | None = None) -> Scene:
    """Read the profile for somebody's eyes, and what stands around it.

    Args:
        request: who asks, and in which language she reads.
        sight: whose profile, and whether the list of connections is open.
        eyes: other eyes, for a preview by the owner.
    """
    person, owner = sight.person, request.viewer
    viewer = eyes.viewer if eyes else owner
    made = read(request, person, viewer)
    made.has = sight.has
    made.eyes, made.mine = eyes, eyes is None and person.pk == owner.id
    if sight.list_open:
        made.connections = circle.counted(owner if eyes else viewer, person)
    if eyes is None:
        view = index.view() if viewer else None
        made.stands = standings(viewer.member, [person.pk], view).get(person.pk, FAR)
        made.mutual = circle.both_know(viewer, person, view)
    if "proofs" in sight.has and made.career.items(Section.POSITIONS):
        made.proofs = workplaces.beside(person, made.career.items(Section.POSITIONS))
    if "openness" in sight.has:
        made.open = openness.shown_to(viewer, person) if eyes is None else preview.openness_for(eyes, owner.me)
    return made


def read(request: Request, person: Member, viewer: Viewer) -> Scene:
    """The career alone, for somebody's eyes."""
    career = reading.read(viewer, person, language=tongues.chosen(request))
    return Scene(viewer, person, career, mine=person.pk == request.viewer.id)
