"""What the signs look at, read for one opening or for a list in a constant number of statements."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from statistics import median

from collegium.lib import clock
from collegium.openings.models import Opening, Question, State
from collegium.openings.trust.case import Case
from collegium.openings.trust.likeness import resembled
from collegium.workplaces.domains import domain_of_record
from collegium.workplaces.models import Proof

# From so many others on one can say what is usual; so long back; so many are looked at.
ENOUGH, WITHIN, MOST = 5, timedelta(days=365), 500


def case_of(opening: Opening) -> Case:
    """Everything about one opening, in four statements.

    Args:
        opening: with its faces.
    """
    asked = Question.objects.filter(opening=opening).order_by("place").values_list("words", flat=True)
    proved = opening.pk in proved_for([opening])
    likeness = resembled(opening.organization)
    return _case(opening, "\n".join(asked), proved=proved, usual=usual(opening), resembled=likeness)


def cases(openings: Sequence[Opening]) -> dict[int, Case]:
    """What cards need of each, in one statement: names and pay of others are looked at on its page alone."""
    proved = proved_for(openings)
    return {row.pk: _case(row, "", proved=row.pk in proved) for row in openings}


def proved_for(openings: Iterable[Opening]) -> set[int]:
    """Those whose poster proved an address at work in their organisation, and it still holds. One statement."""
    rows = [row for row in openings if row.poster_id is not None]
    if not rows:
        return set()
    found = Proof.objects.living().filter(
        member__in={row.poster_id for row in rows}, organization__in={row.organization_id for row in rows}
    )
    pairs = set(found.values_list("member_id", "organization_id"))
    return {row.pk for row in rows if (row.poster_id, row.organization_id) in pairs}


def usual(opening: Opening) -> int | None:
    """What others pay a year for this title, in euros: the middle of what is public; None where too few say."""
    if not opening.folded_title or opening.yearly_euros is None:
        return None
    rows = Opening.objects.filter(
        folded_title=opening.folded_title,
        yearly_euros__isnull=False,
        members_only=False,
        posted_at__gt=clock.now() - WITHIN,
    )
    others = rows.exclude(state=State.DRAFT).exclude(organization=opening.organization_id).order_by("-posted_at")
    amounts = [each for each in others.values_list("yearly_euros", flat=True)[:MOST] if each is not None]
    return round(median(amounts)) if len(amounts) >= ENOUGH else None


def _case(opening: Opening, asked: str, *, proved: bool, usual: int | None = None, resembled: str = "") -> Case:
    organization, poster = opening.organization, opening.poster
    return Case(
        title=opening.title,
        text="\n".join(part for part in (opening.text, asked, opening.machine_words) if part),
        name=organization.name,
        domain=domain_of_record(organization),
        page=organization.is_page,
        proved=proved,
        since=poster.joined_at if poster is not None else None,
        yearly=opening.yearly_euros,
        usual=usual,
        resembled=resembled,
    )
