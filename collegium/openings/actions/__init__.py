"""The verbs of openings, a file for each thing one does."""

from collegium.openings.actions.closing import close, close_by_clock, take_down
from collegium.openings.actions.drafting import clone, discard, draft, edit
from collegium.openings.actions.posting import post
from collegium.openings.actions.team import hand_over, seat, unseat

__all__ = [
    "clone",
    "close",
    "close_by_clock",
    "discard",
    "draft",
    "edit",
    "hand_over",
    "post",
    "seat",
    "take_down",
    "unseat",
]
