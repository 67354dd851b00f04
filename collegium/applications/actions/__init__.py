"""The verbs of applications. Who changes how one stands does it here: every change is a step, with its time."""

from collegium.applications.actions.ending import erase, withdraw
from collegium.applications.actions.moving import answer, interviewed, move, seen
from collegium.applications.actions.sending import send
from collegium.applications.actions.stepping import reviewed

__all__ = ["answer", "erase", "interviewed", "move", "reviewed", "seen", "send", "withdraw"]
