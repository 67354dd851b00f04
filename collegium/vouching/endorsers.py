"""Who endorses a skill, as far as a viewer may know of them, each with how the two know each other."""

from dataclasses import dataclass

from collegium.audience.viewer import Viewer
from collegium.career.models import Holding
from collegium.lib.cursor import pack, unpack
from collegium.ties.degrees import Standing, standings
from collegium.vouching.bonds import NONE, Bond, bonds
from collegium.vouching.models import Endorsement

PAGE = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One endorsement: the row, the bond of giver and owner, the giver's degree to the viewer."""

    endorsement: Endorsement
    bond: Bond
    degree: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the endorsers of a skill; `older` is the cursor of the next, "" at the end."""

    lines: list[Line]
    older: str = ""
    shown: bool = False
    hidden: bool = False


def endorsers_of(viewer: Viewer, holding: Holding, after: str = "") -> Page:
    """One page, the newest first. Five statements, whatever the number.

    Args:
        viewer: who looks.
        holding: a skill she sees.
        after: the cursor of the page before.

    Raises:
        Http404: the cursor is none.
    """
    rows = Endorsement.objects.counted_for(viewer).filter(holding=holding)
    if after:
        rows = rows.filter(pk__lt=unpack(after, 1)[0])
    found = list(rows.select_related("giver").order_by("-pk")[: PAGE + 1])
    page = found[:PAGE]
    people = [row.giver_id for row in page]
    about = bonds(viewer, holding.member_id, people, tied=True)
    near = standings(viewer.member, people)
    return Page(
        [Line(row, about.get(row.giver_id, NONE), _degree(near.get(row.giver_id))) for row in page],
        pack(page[-1].pk) if len(found) > PAGE else "",
        shown=any(row.hidden_at is None for row in page),
        hidden=any(row.hidden_at is not None for row in page),
    )


def _degree(standing: Standing | None) -> int | None:
    return standing.degree if standing else None
