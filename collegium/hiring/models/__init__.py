"""The tables of hiring, a file for each noun."""

from collegium.hiring.models.assessing import Criterion, Note, Score, Scorecard
from collegium.hiring.models.interviews import Interview, Interviewer
from collegium.hiring.models.stages import Card, Stage
from collegium.hiring.models.templates import Reply

__all__ = ["Card", "Criterion", "Interview", "Interviewer", "Note", "Reply", "Score", "Scorecard", "Stage"]
