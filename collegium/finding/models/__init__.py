"""The tables of finding, a file for each noun."""

from collegium.finding.models.documents import Change, Document
from collegium.finding.models.saved import Letter, Rhythm, Saved, Told

__all__ = ["Change", "Document", "Letter", "Rhythm", "Saved", "Told"]
