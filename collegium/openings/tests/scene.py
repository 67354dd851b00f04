"""Openings to test with."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from collegium.career.models import Item
from collegium.lib import clock
from collegium.members.models import Member
from collegium.openings.models import Opening, Part, Seat, State
from collegium.organizations.models import Organization
from collegium.pages.tests import scene as pages
from collegium.testing.cast import Cast, make_member


def acme() -> Organization:
    """A plain record."""
    return Organization.objects.get_or_create(handle="acme", defaults={"name": "Acme"})[0]


def opening(poster: Member, organization: Organization | None = None, **values: Any) -> Opening:
    """One that stands, unless the values say otherwise; the poster has no seat of her own here."""
    now = clock.now()
    given = {
        "title": "Engineer",
        "text": "You build *dams*.",
        "html": "<p>You build <em>dams</em>.</p>",
        "place": "Uppsala",
        "country": "SE",
        "pay_low": 50_000,
        "pay_high": 60_000,
        "currency": "EUR",
        "vacancy": True,
        "machine": False,
        "posted_at": now,
        "expires_at": now + timedelta(days=30),
        "reviewed_at": now,
        "state": State.LIVE,
    }
    return Opening.objects.create(organization=organization or acme(), poster=poster, **given | values)


def led(poster: Member, organization: Organization | None = None, **values: Any) -> Opening:
    """The same, with the seat that whoever posts for a plain record has."""
    row = opening(poster, organization, **values)
    Seat.objects.create(opening=row, member=poster, part=Part.LEAD)
    return row


def works_at(member: Member, organization: Organization) -> None:
    """She says that she works there, as `career` would have it."""
    Item.objects.create(
        member=member,
        section="positions",
        title="Engineer",
        organization=organization,
        organization_name=organization.name,
        started="2020",
    )


def seated(row: Opening, member: Member, part: Part) -> Member:
    """Give her a seat."""
    Seat.objects.update_or_create(opening=row, member=member, defaults={"part": part})
    return member


def hiring_page(cast: Cast) -> SimpleNamespace:
    """A page with everybody on it (`pages.tests.scene.staffed`), an opening of it, and people with seats."""
    made = pages.staffed(cast)
    row = opening(made.recruiter, made.page)
    for name, part in (("interviewer", Part.INTERVIEWER), ("observer", Part.OBSERVER)):
        setattr(made, name, seated(row, make_member(name.title()), part))
    made.opening = row
    return made
