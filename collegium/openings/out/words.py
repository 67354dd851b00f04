"""What an opening says in one line, for those who read it elsewhere."""

from django.utils.translation import gettext as _

from collegium.gazetteer.countries import country_name
from collegium.openings import pay
from collegium.openings.models import Opening, Way

# More countries than these are a number of countries.
NAMED = 4


def where(opening: Opening) -> str:
    """Where the work is done: "Uppsala, Sweden", "Remote: Chile, Peru", "Remote from anywhere"."""
    if opening.way == Way.REMOTE:
        return _remote(opening)
    place = ", ".join(part for part in (town(opening), _country(opening.country)) if part)
    return _("%(place)s (hybrid)") % {"place": place} if opening.way == Way.HYBRID else place


def town(opening: Opening) -> str:
    """The town alone, as the gazetteer calls it, or as it was written."""
    return opening.town.name if opening.town is not None else opening.place


def line(opening: Opening) -> str:
    """Organisation, place, kind of work and pay."""
    parts = (opening.organization.name, where(opening), str(opening.get_kind_display()), pay.words(opening))
    return " · ".join(part for part in parts if part)


def _remote(opening: Opening) -> str:
    if not opening.countries:
        return _("Remote from anywhere")
    if len(opening.countries) > NAMED:
        return _("Remote from %(num)d countries") % {"num": len(opening.countries)}
    return _("Remote: %(countries)s") % {"countries": ", ".join(map(country_name, opening.countries))}


def _country(code: str) -> str:
    return country_name(code) if code else ""
