"""Every public opening as one XML file, in the form that boards of jobs read (`source`, `job`).

It is written while it is sent, a batch at a time, so that a hundred thousand openings need the room of five hundred.
"""

from collections.abc import Iterator
from hashlib import sha256

from django.db.models import Count, Max, Sum
from django.utils.encoding import iri_to_uri

from collegium.accounts.community import current
from collegium.audience.viewer import NOBODY
from collegium.gazetteer.countries import country_name, region_name
from collegium.lib import clock
from collegium.openings import pay
from collegium.openings.models import Kind, Opening, Way
from collegium.openings.out import words
from collegium.openings.out.public import address, batches

JOB_TYPES = {
    Kind.FULL: "fulltime",
    Kind.PART: "parttime",
    Kind.CONTRACT: "contract",
    Kind.FREELANCE: "contract",
    Kind.INTERNSHIP: "internship",
    Kind.APPRENTICESHIP: "apprenticeship",
    Kind.VOLUNTARY: "volunteer",
}
REMOTE = {Way.REMOTE: "Fully remote", Way.HYBRID: "Hybrid remote"}


def tag() -> str:
    """What changes when anything in the file does: how many there are, which, and when one was last changed.

    The day is part of it, so that a new name of an employer is in every copy by tomorrow.
    """
    counted = Opening.objects.visible_to(NOBODY).aggregate(
        many=Count("pk"), which=Sum("pk"), posted=Max("posted_at"), edited=Max("edited_at")
    )
    return sha256(f"{clock.now().date()}:{sorted(counted.items())}".encode()).hexdigest()[:32]


def pieces() -> Iterator[bytes]:
    """The file, piece by piece."""
    head = ('<?xml version="1.0" encoding="utf-8"?>', "<source>", element("publisher", current().name))
    yield "\n".join((*head, element("publisherurl", address("/")), "")).encode()
    for batch in batches():
        yield "".join(map(job, batch)).encode()
    yield b"</source>\n"


def job(opening: Opening) -> str:
    """One opening."""
    url = iri_to_uri(address(opening.path))
    said = {
        "title": opening.title,
        "date": opening.posted_at.isoformat(timespec="seconds") if opening.posted_at else "",
        "expirationdate": opening.expires_at.isoformat(timespec="seconds") if opening.expires_at else "",
        "referencenumber": str(opening.pk),
        "url": url,
        "company": opening.organization.name,
        "city": words.town(opening) if opening.way != Way.REMOTE else "",
        "state": region_name(opening.country, opening.region) if opening.country and opening.region else "",
        "country": opening.country,
        "remotetype": REMOTE.get(Way(opening.way), ""),
        "remotefrom": ", ".join(map(country_name, opening.countries)) if opening.way == Way.REMOTE else "",
        "description": opening.html or words.line(opening),
        "salary": pay.words(opening),
        "jobtype": JOB_TYPES[Kind(opening.kind)],
        "skills": ", ".join(skill.name for skill in opening.skills.all()),
    }
    return "<job>\n" + "".join(f"{element(name, value)}\n" for name, value in said.items() if value) + "</job>\n"


def element(name: str, text: str) -> str:
    """An element whose text stands as it is; what would end the section is divided between two of them."""
    plain = "".join(char for char in text if char >= " " or char in "\n\t")
    return f"<{name}><![CDATA[{plain.replace(']]>', ']]]]><![CDATA[>')}]]></{name}>"
