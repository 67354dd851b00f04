"""The openings that fit somebody, with the reasons that make each of them fit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.audience.viewer import Viewer
from collegium.finding.recommending.fitting import RADIUS, Fit, fitting
from collegium.finding.recommending.wishes import Wishes
from collegium.gazetteer.countries import country_name
from collegium.gazetteer.models import Place
from collegium.gazetteer.near import distance
from collegium.openings import cards
from collegium.openings.models import Opening, Way

MOST = 30
# Of those that fit best a few may be gone in the meantime.
SPARE = 10
NAMED, HERE = 6, 3
"""So many skills are named; within so many kilometres it is the same town."""


@dataclass(frozen=True, slots=True)
class Pick:
    """One opening, what its card says besides, and why it stands here."""

    opening: Opening
    extra: cards.Extra
    reasons: Sequence[str]


def picks(viewer: Viewer, wishes: Wishes) -> list[Pick]:
    """The best first; judged by the rule of sight once more."""
    fits = {fit.key: fit for fit in fitting(viewer, wishes, MOST + SPARE)}
    if not fits:
        return []
    rows = Opening.objects.standing().visible_to(viewer).with_faces().defer("html").filter(pk__in=fits)
    found = {row.pk: row for row in rows}
    shown = [found[key] for key in fits if key in found][:MOST]
    extras = cards.extras(viewer, shown)
    # Whom she knows there is among the reasons, so the card does not say it again.
    return [
        Pick(row, replace(extras[row.pk], known=None), reasons(row, extras[row.pk], fits[row.pk], wishes))
        for row in shown
    ]


def reasons(opening: Opening, extra: cards.Extra, fit: Fit, wishes: Wishes) -> list[str]:
    """Why it stands here, the weightiest first."""
    role = _("You look for “%(role)s”") % {"role": fit.role} if fit.role else ""
    kind = str(opening.get_kind_display()) if opening.kind in wishes.kinds else ""
    wished = _("%(kind)s, as you wish") % {"kind": kind} if kind else ""
    return [words for words in (role, _skills(extra), _place(opening, wishes), wished, _known(extra)) if words]


def _skills(extra: cards.Extra) -> str:
    hers = [skill.name for skill in extra.skills if skill.matches]
    if not hers:
        return ""
    values = {"n": len(hers), "num": len(extra.skills), "skills": ", ".join(hers[:NAMED])}
    return (
        ngettext(
            "Matches %(n)s of %(num)s skill: %(skills)s",
            "Matches %(n)s of %(num)s skills: %(skills)s",
            len(extra.skills),
        )
        % values
    )


def _place(opening: Opening, wishes: Wishes) -> str:
    """How near it is, or from where it may be done."""
    if opening.way == Way.REMOTE:
        here = [town.country for town in wishes.towns if town.country in opening.countries]
        if here:
            return _("Remote, also from %(country)s") % {"country": country_name(here[0])}
        return "" if opening.countries else _("Remote, from anywhere")
    near = _nearest(opening, wishes.towns)
    if near is None:
        return ""
    far, town = near
    if far < HERE:
        return _("In %(place)s") % {"place": town.name}
    return _("%(num)s km from %(place)s") % {"num": round(far), "place": town.name}


def _nearest(opening: Opening, towns: Sequence[Place]) -> tuple[float, Place] | None:
    if opening.latitude is None or opening.longitude is None or not towns:
        return None
    ways = [(distance(opening.latitude, opening.longitude, each.latitude, each.longitude), each) for each in towns]
    far, town = min(ways, key=lambda way: way[0])
    return (far, town) if far <= RADIUS else None


def _known(extra: cards.Extra) -> str:
    if extra.known is None:
        return ""
    if extra.known.first:
        words = ngettext("%(num)s person you know works there", "%(num)s people you know work there", extra.known.first)
        return words % {"num": extra.known.first}
    if extra.known.second:
        words = ngettext(
            "%(num)s person there knows somebody you know",
            "%(num)s people there know somebody you know",
            extra.known.second,
        )
        return words % {"num": extra.known.second}
    return ""
