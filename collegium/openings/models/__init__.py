"""The tables of openings, a file for each noun."""

from collegium.openings.models.hidden import Hidden
from collegium.openings.models.openings import (
    LONGEST,
    STALE_AFTER,
    Ended,
    Kind,
    Opening,
    OpeningQuerySet,
    OpeningSkill,
    Period,
    Seniority,
    State,
    Way,
)
from collegium.openings.models.questions import Answer, Question
from collegium.openings.models.reports import Report
from collegium.openings.models.seats import Part, Seat

__all__ = [
    "LONGEST",
    "STALE_AFTER",
    "Answer",
    "Ended",
    "Hidden",
    "Kind",
    "Opening",
    "OpeningQuerySet",
    "OpeningSkill",
    "Part",
    "Period",
    "Question",
    "Report",
    "Seat",
    "Seniority",
    "State",
    "Way",
]
