"""An opening for programs: schema.org `JobPosting`, by the rules that Google documents for its search of jobs.

Only of what stands and everybody may read: nothing on a draft, on what is over, on what is for members.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from markupsafe import Markup

from collegium.audience.door import Request
from collegium.audience.viewer import NOBODY
from collegium.gazetteer.countries import countries, country_name, region_name
from collegium.openings.models import Kind, Opening, Period, Way
from collegium.openings.out import words
from collegium.openings.out.public import address
from collegium.organizations.models import Organization
from collegium.profiles.structured import script

EMPLOYMENT = {
    Kind.FULL: "FULL_TIME",
    Kind.PART: "PART_TIME",
    Kind.CONTRACT: "TEMPORARY",
    Kind.FREELANCE: "CONTRACTOR",
    Kind.INTERNSHIP: "INTERN",
    Kind.APPRENTICESHIP: "OTHER",
    Kind.VOLUNTARY: "VOLUNTEER",
}
# What is paid once in all has no unit there, and is left out.
UNITS = {Period.HOUR: "HOUR", Period.DAY: "DAY", Period.MONTH: "MONTH", Period.YEAR: "YEAR"}


def structured(request: Request, opening: Opening) -> Markup:
    """The element for the head of its page; empty for members, and where somebody signed out may not read it."""
    if request.viewer or not Opening.objects.visible_to(NOBODY).filter(pk=opening.pk).exists():
        return Markup()
    data = posting(opening)
    return script(data, getattr(request, "csp_nonce", "")) if data["description"] and _has_a_place(data) else Markup()


def posting(opening: Opening) -> dict[str, Any]:
    """What schema.org has words for.

    Args:
        opening: with its faces.
    """
    said = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": opening.title,
        "description": str(format_html("<p>{}</p>", words.line(opening))) + opening.html,
        "identifier": {"@type": "PropertyValue", "name": opening.organization.name, "value": str(opening.pk)},
        "datePosted": _instant(opening.posted_at),
        "validThrough": _instant(opening.expires_at),
        "employmentType": EMPLOYMENT[Kind(opening.kind)],
        "hiringOrganization": employer(opening.organization),
        "baseSalary": salary(opening),
        "url": address(opening.path),
        "directApply": True,
    }
    return {name: value for name, value in (said | place(opening)).items() if value}


def employer(organization: Organization) -> dict[str, Any]:
    """Who hires."""
    logo = organization.photo_url.replace("-192.", "-512.")
    said = {
        "@type": "Organization",
        "name": organization.name,
        "sameAs": organization.website or address(organization.path),
        "logo": logo if "://" in logo else address(logo) if logo else "",
    }
    return {name: value for name, value in said.items() if value}


def place(opening: Opening) -> dict[str, Any]:
    """Where the work is done, or from where it may be. From anywhere is from every country."""
    if opening.way == Way.REMOTE:
        codes = opening.countries or [code for code, _name in countries()]
        from_where = [{"@type": "Country", "name": country_name(code)} for code in codes]
        return {"jobLocationType": "TELECOMMUTE", "applicantLocationRequirements": from_where}
    if not opening.country:
        return {}
    post = {
        "@type": "PostalAddress",
        "addressLocality": words.town(opening),
        "addressRegion": region_name(opening.country, opening.region) if opening.region else "",
        "addressCountry": opening.country,
    }
    return {"jobLocation": {"@type": "Place", "address": {name: value for name, value in post.items() if value}}}


def salary(opening: Opening) -> dict[str, Any] | None:
    """The range; one number where both ends are one."""
    unit = UNITS.get(Period(opening.period))
    if unit is None or opening.pay_low is None or opening.pay_high is None or not opening.currency:
        return None
    low, high = _number(opening.pay_low), _number(opening.pay_high)
    amount: dict[str, Any] = {"value": low} if low == high else {"minValue": low, "maxValue": high}
    value = {"@type": "QuantitativeValue", **amount, "unitText": unit}
    return {"@type": "MonetaryAmount", "currency": opening.currency, "value": value}


def _has_a_place(data: dict[str, Any]) -> bool:
    return "jobLocation" in data or "applicantLocationRequirements" in data


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == int(amount) else float(amount)


def _instant(when: datetime | None) -> str:
    return when.isoformat(timespec="seconds") if when is not None else ""
