"""The verbs of this room, one file per noun.

Where two people are involved, both are held still first (`ties.pairs.hold`), then fresh rows are judged. Doing again
what is done already changes nothing and is no error; what somebody else made impossible meanwhile is a `Conflict`.
"""

from collegium.vouching.actions.confirmations import confirm, end, propose
from collegium.vouching.actions.endorsements import endorse, hide, hide_all, show, show_all, take_back
from collegium.vouching.actions.foreign import keep_foreign, show_foreign
from collegium.vouching.actions.recommendations import approve, edit, put_away, retract, send_back, write
from collegium.vouching.actions.requests import ask, decline, remind, reopen, withdraw

__all__ = [
    "approve",
    "ask",
    "confirm",
    "decline",
    "edit",
    "end",
    "endorse",
    "hide",
    "hide_all",
    "keep_foreign",
    "propose",
    "put_away",
    "remind",
    "reopen",
    "retract",
    "send_back",
    "show",
    "show_all",
    "show_foreign",
    "take_back",
    "withdraw",
    "write",
]
