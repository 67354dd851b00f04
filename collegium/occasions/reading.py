"""A celebration as it stands on a card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from collegium.feed.models import Post
from collegium.lib.statement import Statement
from collegium.occasions.models import Occasion
from collegium.organizations.models import Organization

Kind = Occasion.Kind
ON_POSTS = Statement(
    lambda slot: Occasion.objects.filter(slot.among("post_id", "posts")).select_related("organization").order_by()
)
ICONS = {
    Kind.ROLE: "briefcase",
    Kind.ANNIVERSARY: "cake",
    Kind.FOUNDING: "sparkles",
    Kind.VOLUNTEERING: "hand-heart",
    Kind.LEARNED: "graduation-cap",
}


@dataclass(frozen=True, slots=True)
class Card:
    """What the card says.

    Attributes:
        kind: which gives it its tone.
        icon: of the kind.
        label: the kind in words.
        headline: what is celebrated; empty where the organization itself is.
        before: the word between the headline and the organization, such as "at".
        name: of the organization, as the author wrote it.
        organization: its record, where there is one.
        years: of an anniversary.
    """

    kind: str
    icon: str
    label: str
    headline: str
    before: str
    name: str
    organization: Organization | None
    years: int | None


def load(posts: Sequence[Post]) -> Mapping[int, Card]:
    """The celebrations on these posts, in one statement."""
    return {row.pk: card(row) for row in ON_POSTS.rows(posts=[post.pk for post in posts])}


def card(row: Occasion) -> Card:
    """The words of one celebration."""
    kind = Kind(row.kind)
    headline, before = _said(row, kind)
    return Card(kind.value, ICONS[kind], str(kind.label), headline, before, row.name, row.organization, row.years)


def _said(row: Occasion, kind: Kind) -> tuple[str, str]:
    match kind:
        case Kind.ANNIVERSARY | Kind.FOUNDING:
            return "", ""
        case Kind.LEARNED:
            return row.what, _("from")
        case Kind.VOLUNTEERING:
            return row.what, _("for")
        case _:
            return row.what, _("at")
