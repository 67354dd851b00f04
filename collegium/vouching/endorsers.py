"""Who endorses a skill, as far as a viewer may know of them, each with how the two know each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, Case, Q, Value, When

from collegium.audience.viewer import Viewer
from collegium.career.models import Holding
from collegium.graph.degrees import Standing, standings
from collegium.lib.cursor import pack, unpack
from collegium.vouching.bonds import NONE, Bond, bonds
from collegium.vouching.models import Endorsement
from collegium.vouching.models.endorsements import lately

PAGE = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One endorsement: the row, the bond of giver and owner, the giver's degree to the viewer."""

    endorsement: Endorsement
    bond: Bond
    degree: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """Those of the last five years, or the earlier ones.

    Attributes:
        recent: which of the two.
        headed: whether its heading stands on this page; on an earlier one otherwise.
        lines: the newest first.
    """

    recent: bool
    headed: bool
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the endorsers of a skill.

    Attributes:
        parts: those that have lines on this page.
        older: the cursor of the next page, "" at the end.
        earlier: how many earlier ones are shown in all, where their heading stands.
        shown: whether any of these is shown.
        hidden: whether any is hidden.
    """

    parts: list[Part]
    older: str = ""
    earlier: int = 0
    shown: bool = False
    hidden: bool = False


def endorsers_of(viewer: Viewer, holding: Holding, after: str = "") -> Page:
    """One page, the newest first. Six statements, whatever the number.

    Args:
        viewer: who looks.
        holding: a skill she sees.
        after: the cursor of the page before.

    Raises:
        Http404: the cursor is none.
    """
    rows = Endorsement.objects.counted_for(viewer).filter(holding=holding)
    recent = Case(When(lately(), then=Value(True)), default=Value(False), output_field=BooleanField())
    listed = rows.annotate(recent=recent).select_related("giver").order_by("-said")
    begun = False  # whether the page before has come to the earlier ones
    if after:
        said, last = unpack(after, 2)
        listed, begun = listed.filter(said__lt=said), not last
    found = list(listed[: PAGE + 1])
    page = found[:PAGE]
    lines = _lines(viewer, holding, page)
    shows = Q(hidden_at=None) | Q(giver=viewer.id)
    split = [(True, not after), (False, not begun)]
    parts = [Part(side, headed, [each for each in lines if each.endorsement.recent is side]) for side, headed in split]  # type: ignore[attr-defined]
    return Page(
        [part for part in parts if part.lines],
        pack(page[-1].said, int(page[-1].recent)) if len(found) > PAGE else "",  # type: ignore[attr-defined]
        earlier=0 if begun else rows.filter(shows).exclude(lately()).count(),
        shown=any(row.hidden_at is None for row in page),
        hidden=any(row.hidden_at is not None for row in page),
    )


def _lines(viewer: Viewer, holding: Holding, rows: Sequence[Endorsement]) -> list[Line]:
    people = [row.giver_id for row in rows]
    about = bonds(viewer, holding.member_id, people, tied=True)
    near = standings(viewer.member, people)
    return [Line(row, about.get(row.giver_id, NONE), _degree(near.get(row.giver_id))) for row in rows]


def _degree(standing: Standing | None) -> int | None:
    return standing.degree if standing else None
