"""What a search for work is made of besides its words: values of facets, a place, the least pay."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from collegium.gazetteer.models import Place
from collegium.gazetteer.money import EURO, format_money
from collegium.openings.models import Period

RADII, RADIUS = (10, 25, 50, 100, 200, 500), 50
MOST_PAY = 10_000_000
PERIODS = tuple(each for each in Period if each != Period.WHOLE)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet: as the table knows it, as the address says it, and for people."""

    facet: str
    known: int
    written: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """A place and how far from it.

    Attributes:
        written: as the address has it.
        place: what is meant; None where nobody knows it.
        others: what else the same words mean.
        radius: in kilometres.
        remote: work that may be done from there without being there counts too.
    """

    written: str
    place: Place | None = None
    others: tuple[Place, ...] = ()
    radius: int = RADIUS
    remote: bool = False


@dataclass(frozen=True, slots=True)
class Floor:
    """What is wanted at least.

    Attributes:
        amount: as it was written.
        currency: ISO 4217.
        period: for how long.
        euros: the same as whole euros a year; None where no rate is known.
    """

    amount: int
    currency: str = EURO
    period: str = Period.YEAR.value
    euros: int | None = None

    @property
    def label(self) -> str:
        """For people."""
        period = str(Period(self.period).label)
        return _("from %(amount)s %(period)s") % {"amount": format_money(self.amount, self.currency), "period": period}
