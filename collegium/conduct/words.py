"""The account in words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.conduct.account import C, Cause, Ledger, Line
from collegium.conduct.levels import LEVELS, TRUSTED, Level, Rung, Tally, above
from collegium.members.models import Member


@dataclass(frozen=True, slots=True)
class Said:
    """A line of the account as it is read."""

    at: datetime
    words: str
    change: int
    balance: int
    cause: str
    person: Member | None = None

    @property
    def sign(self) -> str:
        """The change as one writes it; nothing for none."""
        return f"+{self.change}" if self.change > 0 else f"−{-self.change}" if self.change else ""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that the next level asks for, and whether it is so."""

    words: str
    met: bool


def say(lines: Sequence[Line[Cause]], viewer: Viewer) -> list[Said]:
    """These lines for the member whose they are."""
    return told(lines, viewer, _words)


def told(lines: Sequence[Line[C]], viewer: Viewer, words: Callable[[Line[C], str], str]) -> list[Said]:
    """Lines of any account as they are read. One statement for all names.

    Whoever she does not see any more stands there without a name, whatever the cause.

    Args:
        lines: of the viewer's own account.
        viewer: whose account it is.
        words: what a line says, given the name of its person.
    """
    keys = {line.person for line in lines if line.person}
    seen = people.visible_to(viewer).in_bulk(keys) if keys else {}
    return [_said(line, seen.get(line.person), words) for line in lines]


def _said(line: Line[C], person: Member | None, words: Callable[[Line[C], str], str]) -> Said:
    name = person.name if person else _("somebody")
    return Said(line.at, words(line, name), line.change, line.balance, str(line.cause), person)


def _words(line: Line[Cause], name: str) -> str:
    full = line.cause == Cause.ACCEPTED and not line.change
    words = {
        Cause.BEGAN: _("You joined"),
        Cause.REFILLED: _("Came back overnight"),
        Cause.INVITED: _("You invited %(name)s"),
        Cause.ACCEPTED: _("Accepted by %(name)s; you held all you can") if full else _("Accepted by %(name)s"),
        Cause.ANSWERED: _("Declined with an answer by %(name)s"),
        Cause.IGNORED: _("Thirty days without an answer from %(name)s; that costs nothing"),
        Cause.TROUBLED: _("Several people you invited said they do not know you"),
        Cause.ROSE: _("Your level is “%(level)s” now: you hold more"),
        Cause.FELL: _("Your level is “%(level)s” for a while: you hold fewer"),
    }
    return words[line.cause] % {"name": name, "level": rung(line.rung)}


def rung(name: str) -> str:
    """The name of a level."""
    return {Rung.NEW: _("New"), Rung.KNOWN: _("Known"), Rung.TRUSTED: _("Trusted")}.get(Rung(name), "") if name else ""


def rungs() -> list[str]:
    """All levels, lowest first."""
    return [rung(level.rung) for level in LEVELS]


def needs(level: Level, tally: Tally) -> list[Need]:
    """What the level above asks for, each with how far she is; nothing on the highest."""
    found = above(level)
    if found is None:
        return []
    return list(_needs(found, tally))


def _needs(level: Level, tally: Tally) -> Iterable[Need]:
    days = level.age.days
    yield Need(
        _("%(days)s days here; you have %(n)s") % {"days": days, "n": tally.age.days},
        tally.age >= level.age,
    )
    met = tally.connected >= level.connected
    words = ngettext(
        "%(most)s connection made here with somebody who had joined a week before; you have %(n)s",
        "%(most)s connections made here with people who had joined a week before; you have %(n)s",
        level.connected,
    )
    yield Need(words % {"most": level.connected, "n": tally.connected}, met)
    if level is TRUSTED:
        asked = {"share": round(level.share * 100), "n": round(tally.share * 100)}
        words = _("%(share)s %% of your invitations accepted within thirty days; with you it is %(n)s %%")
        yield Need(words % asked, tally.share >= level.share)
    if tally.calm is not None and tally.calm < level.calm:
        words = _("%(days)s days since several people did not know you; it is %(n)s")
        yield Need(words % {"days": level.calm.days, "n": tally.calm.days}, False)


def patience(level: Level, tally: Tally) -> str:
    """That time alone is enough for the next level, where it is."""
    found = above(level)
    troubled = found is not None and tally.calm is not None and tally.calm < found.calm
    if found is None or found.patience is None or troubled:
        return ""
    return _("Or simply %(days)s days here.") % {"days": found.patience.days}


def as_json(account: Ledger, handle: str) -> dict[str, object]:
    """The account for machines: the same lines that the page shows, people by key."""
    return {
        "member": handle,
        "at": account.at.isoformat(),
        "balance": account.balance,
        "cap": account.level.cap,
        "daily": account.level.daily,
        "level": str(account.level.rung),
        "refill_at": account.refill_at.isoformat() if account.refill_at else None,
        "sent_in_seven_days": len(account.sent),
        "lines": [
            {
                "at": line.at.isoformat(),
                "cause": str(line.cause),
                "change": line.change,
                "balance": line.balance,
                "person": line.person or None,
            }
            for line in account.lines
        ],
    }
