"""A public profile for programs: schema.org `ProfilePage` and `Person`, as anybody who is signed out may read it."""

import json
from typing import Any

from markupsafe import Markup

from collegium.career.reading import Career
from collegium.career.sections import Section
from collegium.organizations.models import Organization
from collegium.profiles.entries import link_of

# What would end the element, begin another, or break a line of a script, written so that JSON reads the same.
_SAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
MOST = 100


def script(data: dict[str, Any], nonce: str) -> Markup:
    """The element that carries the data; nothing a person wrote can end it."""
    text = Markup(json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_SAFE))  # noqa: S704 - as above
    return Markup('<script type="application/ld+json" nonce="{}">{}</script>').format(nonce, text)


def profile_page(career: Career, *, address: str, site: str, picture: str) -> dict[str, Any]:
    """The page and the person on it.

    Args:
        career: as somebody signed out sees it.
        address: of the page, whole.
        site: the address of this community, without a path.
        picture: address of the photo, whole; "" without one.
    """
    return {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "url": address,
        "inLanguage": career.language,
        "dateCreated": career.member.joined_at.date().isoformat(),
        "mainEntity": _filled(
            {"@type": "Person", "@id": f"{address}#person", "url": address, "image": picture} | person(career, site)
        ),
    }


def person(career: Career, site: str) -> dict[str, Any]:
    """What schema.org has words for of a career; empty where there is nothing."""
    head, items = career.head, career.items
    current = [item for item in items(Section.POSITIONS) if item.current]
    return {
        "name": head.name,
        "identifier": career.member.handle,
        "description": head.headline or head.about[:300],
        "jobTitle": [item.title for item in current if item.title],
        "homeLocation": {"@type": "Place", "name": head.place} if head.place else None,
        "worksFor": [_body(item.organization_name, item.organization, site) for item in current],
        "alumniOf": [
            _body(item.organization_name, item.organization, site, "EducationalOrganization")
            for item in items(Section.EDUCATION)
        ],
        "memberOf": [_body(i.organization_name, i.organization, site) for i in items(Section.MEMBERSHIPS) if i.current],
        "knowsLanguage": [item.title for item in items(Section.LANGUAGES)],
        "knowsAbout": [holding.name for holding in career.skills[:MOST]],
        "hasCredential": [
            {"@type": "EducationalOccupationalCredential", "name": item.title} for item in items(Section.CERTIFICATES)
        ],
        "award": [item.title for item in items(Section.HONOURS)],
        "sameAs": [link.href for contact in career.contacts if (link := link_of(contact.value)) is not None],
    }


def _body(name: str, record: Organization | None, site: str, kind: str = "Organization") -> dict[str, Any]:
    """An organisation, with its page where there is one."""
    return _filled({"@type": kind, "name": name, "url": f"{site}{record.path}" if record else ""})


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    """Only what says something."""
    return {key: value for key, value in values.items() if value}
