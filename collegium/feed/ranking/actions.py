"""The verbs of the order of home: which one, and how much each term counts. Nothing else ever changes either."""

from django.db import transaction

from collegium.feed.models import Mix
from collegium.feed.ranking import weights
from collegium.feed.ranking.weights import Weights
from collegium.feed.reading import rules
from collegium.journal.record import record
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member


@transaction.atomic
def choose(view: str, *, by: Member) -> None:
    """Have home in this order until she chooses another.

    Raises:
        Conflict: there is no such order.
    """
    require(rules.may_choose(by))
    if view not in Mix.View.values:
        raise Conflict("There is no such order.")
    Mix.objects.update_or_create(member=by, defaults={"view": view})
    record("feed.view_chosen", actor=by, view=view)


@transaction.atomic
def weigh(chosen: Weights | None, *, by: Member) -> None:
    """Keep her own weights; None goes back to the usual ones, whatever those become.

    Raises:
        Conflict: a term is missing, or a weight is none.
    """
    require(rules.may_choose(by))
    if chosen is not None and not (
        chosen.keys() == weights.DEFAULT.keys() and all(weights.is_weight(each) for each in chosen.values())
    ):
        raise Conflict("These weights do not fit the formula.")
    Mix.objects.update_or_create(member=by, defaults={"weights": dict(chosen or {})})
    record("feed.order_weighed", actor=by)
