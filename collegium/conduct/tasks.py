"""What runs by the clock: the one rule that restricts."""

from datetime import timedelta

from procrastinate.contrib.django import app

from collegium.conduct import actions
from collegium.conduct.account import Ledger
from collegium.conduct.ledger import KEPT_BACK, PATIENCE
from collegium.conduct.models import Restriction
from collegium.conduct.reading import ledger
from collegium.journal.models import Entry
from collegium.lib import clock, ids
from collegium.members.models import Member

# So many who, in thirty days, said not to know the one who asked; counted as the account counts them (`ledger`).
VOICES = 8
LASTS = timedelta(days=14)
# What was said in this time can have been counted in the last thirty days.
LOOKS_BACK = 4 * PATIENCE


@app.task(name="conduct.weigh", queue="chores")
def weigh(timestamp: int = 0) -> None:
    """Restrict those whom too many did not know.

    It reads the same Mondays as the account does, and restricts once for each, so that a restriction says no more than
    the line in the account has said before; running it twice, or late, changes nothing.
    """
    since = ids.floor_at(clock.now() - LOOKS_BACK)
    said = Entry.objects.filter(kind="network.disclaimed", id__gte=since)
    senders = set(said.values_list("data__sender", flat=True).distinct())
    for member in Member.objects.active().filter(pk__in=senders).order_by("pk"):
        if cause := due(ledger(member)):
            _restrict(member, cause)


def due(account: Ledger) -> str:
    """The Monday for which the rule restricts, as the name of a cause; '' where it does not.

    A Monday counts for the rule while it is younger than thirty days; so does every earlier one of these thirty days.
    """
    recent = [each for each in account.troubles if account.at - each.at < PATIENCE]
    if not recent or sum(each.voices for each in recent) < VOICES or account.at - recent[-1].at > KEPT_BACK:
        return ""
    return f"unknown to several {recent[-1].at.date().isoformat()}"


def _restrict(member: Member, cause: str) -> None:
    until = clock.now() + LASTS
    actions.restrict(member, by=None, reason=Restriction.Reason.UNKNOWN, until=until, rule=cause)
