"""Two to four applications side by side: the same questions, the same lines of the scorecard, the same skills."""

from collections.abc import Sequence
from dataclasses import dataclass

from collegium.applications.models import Application
from collegium.audience.viewer import Viewer
from collegium.hiring.reading.sheet import Sheet, sheet
from collegium.openings.models import Opening, OpeningSkill

FEWEST, MOST = 2, 4


@dataclass(frozen=True)
class Row:
    """A line of the table: what it is about, and what each of them says."""

    words: str
    cells: list[str]
    passed: list[bool | None]


@dataclass(frozen=True)
class Table:
    """All of them, in the order they were chosen."""

    sheets: list[Sheet]
    answers: list[Row]
    skills: list[Row]


def table(viewer: Viewer, opening: Opening, rows: Sequence[Application]) -> Table:
    """What can be compared of them."""
    sheets = [sheet(viewer, row) for row in rows]
    return Table(sheets, _answers(sheets), _skills(opening, sheets))


def _answers(sheets: Sequence[Sheet]) -> list[Row]:
    words = list(dict.fromkeys(each.words for one in sheets for each in one.answers))
    made = []
    for asked in words:
        said = [next((each for each in one.answers if each.words == asked), None) for one in sheets]
        made.append(
            Row(asked, [each.answer if each else "" for each in said], [each.passed if each else None for each in said])
        )
    return made


def _skills(opening: Opening, sheets: Sequence[Sheet]) -> list[Row]:
    """The skills of the opening, those that are needed first."""
    rows = (
        OpeningSkill.objects.filter(opening=opening)
        .order_by("-required", "place")
        .values_list("skill__name", flat=True)
    )
    has = [{skill.casefold() for skill in one.document.skills} for one in sheets]
    return [Row(name, ["" for _one in has], [name.casefold() in each for each in has]) for name in rows]
