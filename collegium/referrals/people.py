"""Who you know here: the people of an opening's organisation, one's connections first, then those they could introduce.

People stand here by positions they let the viewer read, and ties by what both ends show (`network.ways`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from collegium.audience.viewer import Viewer
from collegium.lib import cursor
from collegium.network.ways import reading as ways
from collegium.network.ways.reading import Contact
from collegium.openings.models import Opening
from collegium.referrals.models import Referral
from collegium.referrals.standing import Asked, as_asked

PAGE = 20
WHENS = ("present", "former")


@dataclass(frozen=True)
class People:
    """A stretch of them.

    Attributes:
        when: of those who work there now, or of those who did.
        first: connections.
        second: those whom a connection knows, with some of these.
        after: the cursor of the next stretch.
        counts: how many there are in all, for each of `WHENS`: connections, and others.
        asked: what became of the viewer's questions for this opening, by the key of whom she asked.
    """

    when: str
    first: Sequence[Contact] = ()
    second: Sequence[Contact] = ()
    after: str = ""
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    asked: dict[int, Asked] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many, of both sorts."""
        return sum(sum(each) for each in self.counts.values())


def people(viewer: Viewer, opening: Opening, when: str = "", after: str = "", most: int = PAGE) -> People:
    """Whom the viewer knows there.

    Args:
        viewer: who looks, a member.
        opening: at whose organisation.
        when: one of `WHENS`; else those who work there now, or where there are none, those who did.
        after: the cursor of the stretch before.
        most: how many people at most.

    Raises:
        Http404: the cursor is none of ours.
    """
    there = opening.organization
    reaches = ways.reaches(viewer, there, WHENS)
    chosen = when or next((name for name in WHENS if reaches[name].first or reaches[name].second), WHENS[0])
    found = reaches[chosen]
    line = [(1, mutual, key) for key, mutual in found.first] + [(2, mutual, key) for key, mutual in found.second]
    shown, rest = _stretch(line, after, most)
    parts = [
        ways.contacts(viewer, there, chosen, [(key, mutual) for at, mutual, key in shown if at == degree], degree)
        if any(at == degree for at, _mutual, _key in shown)
        else []
        for degree in (1, 2)
    ]
    counts = {name: (len(each.first), len(each.second)) for name, each in reaches.items()}
    rows = Referral.objects.filter(asker=viewer.id, opening=opening).with_faces()
    asked = {each.row.referrer_id: each for each in as_asked(viewer, rows)}
    return People(chosen, parts[0], parts[1], rest, counts, asked)


def _stretch(line: Sequence[tuple[int, int, int]], after: str, most: int) -> tuple[list[tuple[int, int, int]], str]:
    """Those behind a cursor; connections first, then the best known."""
    if after:
        last = cursor.unpack(after, 3)
        line = [each for each in line if (each[0], -each[1], each[2]) > (last[0], -last[1], last[2])]
    shown = list(line[:most])
    return shown, cursor.pack(*shown[-1]) if len(line) > most else ""
