"""The account of cold messages in words."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.conduct.account import Line
from collegium.conduct.words import Said, rung, told
from collegium.reach.account import Cause


def say(lines: Sequence[Line[Cause]], viewer: Viewer) -> list[Said]:
    """These lines for the member whose they are."""
    return told(lines, viewer, _words)


def _words(line: Line[Cause], name: str) -> str:
    nothing = line.cause == Cause.ACCEPTED and not line.change
    words = {
        Cause.BEGAN: _("You joined"),
        Cause.REFILLED: _("Came back on Monday"),
        Cause.APPROACHED: _("You wrote to %(name)s"),
        Cause.MET: _("You wrote to %(name)s as a co-member of a group; it cost nothing"),
        Cause.ACCEPTED: _("%(name)s wants to talk; nothing was added") if nothing else _("%(name)s wants to talk"),
        Cause.UNWANTED: _("Several people you wrote to said it was not for them"),
        Cause.CONDEMNED: _(
            "Several people said that what you wrote was a pitch, not what it said it was for, or worse"
        ),
        Cause.RESUMED: _("The four weeks are over"),
        Cause.ROSE: _("Your level is “%(level)s” now: you hold more"),
        Cause.FELL: _("Your level is “%(level)s” for a while: you hold fewer"),
    }
    return words[line.cause] % {"name": name, "level": rung(line.rung)}
