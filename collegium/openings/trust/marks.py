"""What is proved of who offers the work, and whether to look twice: beside the title on cards and pages."""

from django.utils import formats
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.lib.text.hosts import shown_host
from collegium.openings.cards import Mark
from collegium.openings.models import Opening
from collegium.openings.trust.case import Case
from collegium.openings.trust.gathering import cases
from collegium.openings.trust.signs import of as signs_of
from collegium.pages.models import Claim


def of(_viewer: Viewer, openings: list[Opening]) -> dict[int, list[Mark]]:
    """The marks of each opening, by its key; two statements. The same for everybody who may read them.

    Args:
        openings: with their faces.
    """
    domains = _domains([row.organization_id for row in openings if row.organization.is_page])
    found = cases(openings)
    return {row.pk: _marks(found[row.pk], domains.get(row.organization_id, "")) for row in openings}


def _marks(case: Case, domain: str) -> list[Mark]:
    said = [_house(case, domain), _poster(case), _twice(case)]
    return [mark for mark in said if mark is not None]


def _house(case: Case, domain: str) -> Mark:
    """The employer."""
    if case.page and domain:
        about = _("Somebody who works on the page of %(name)s has shown that they hold this domain.")
        return Mark(shown_host(domain), "badge-check", about % {"name": case.name}, "good")
    about = _("%(name)s has no page here: nobody has shown that they hold its domain.")
    return Mark(_("Plain record"), "building-2", about % {"name": case.name})


def _poster(case: Case) -> Mark | None:
    """Whoever posted it; of a page it is the page that speaks."""
    if case.proved:
        about = _("Whoever posted this has read a code sent to an address at this organisation.")
        return Mark(_("Posted from within"), "mail-check", about, "good")
    if case.page or case.since is None:
        return None
    when = formats.date_format(case.since, "F Y")
    about = _("Whoever posted this has been a member since then.")
    return Mark(_("Member since %(month)s") % {"month": when}, "user", about)


def _twice(case: Case) -> Mark | None:
    """Signs of caution beyond what the other marks say, as their sentences and not as a number."""
    found = [sign.words for sign in signs_of(case) if sign.name not in ("unproved", "newcomer")]
    if not found:
        return None
    return Mark(_("Look twice"), "triangle-alert", " ".join(found), "warn")


def _domains(pages: list[int]) -> dict[int, str]:
    """The domain that was proved first of each page."""
    if not pages:
        return {}
    rows = Claim.objects.proved().filter(organization__in=set(pages)).order_by("-proved_at", "-pk")
    return dict(rows.values_list("organization_id", "domain"))
