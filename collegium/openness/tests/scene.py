"""Where the cast works, and how the others could know: set up for the tables of who learns of it."""

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress

from collegium.audience.level import Level
from collegium.audience.viewer import NOBODY, Viewer
from collegium.career.models import Item, PartAudience
from collegium.lib import clock
from collegium.members.models import Member
from collegium.openness import actions
from collegium.openness.models import Audience, OpenToWork, Recruiter
from collegium.organizations.models import Organization
from collegium.testing.cast import Cast
from collegium.workplaces.models import Proof

NAMES = ("ada", "bo", "cy", "di", "ed", "eve", "flo", "hal", "gus", "nobody")


def works(
    member: Member, name: str, *, record: Organization | None = None, ended: str = "", hidden: bool = True
) -> Item:
    """A position, in a section that nobody else may read unless it is said otherwise."""
    if hidden:
        PartAudience.objects.update_or_create(
            member=member, part="positions", defaults={"audience": Level.ONLY_ME.value}
        )
    return Item.objects.create(
        member=member, section="positions", title="Engineer", organization=record, organization_name=name, ended=ended
    )


def proved(member: Member, domain: str, name: str = "Somewhere", **changes: Any) -> Proof:
    """A proved workplace; for a position only when it is said."""
    now = clock.now()
    fields = {"of_position": False, "proved_at": now, "expires_at": now + timedelta(days=300)} | changes
    mark = f"{member.pk}-{domain}-{Proof.objects.count()}"
    return Proof.objects.create(member=member, organization_name=name, domain=domain, address_hash=mark, **fields)


def set_scene(cast: Cast) -> Organization:
    """Ada, Bo and Cy are at Acme Works, the latter in secret. Di was; Flo proved a domain, Hal has an address."""
    acme = Organization.objects.create(handle="acme", name="Acme Works", website="https://www.acme.example/jobs")
    works(cast.ada, "Acme Works", record=acme, hidden=False)
    works(cast.bo, "Acme, Research", record=acme)
    works(cast.cy, "ACME works")
    works(cast.di, "Acme Works", record=acme, ended="2019-04")
    proved(cast.flo, "mail.acme.example", "Flora")
    Recruiter.objects.create(member=cast.flo)
    Recruiter.objects.create(member=cast.di)
    EmailAddress.objects.create(user=cast.hal.user, email="hal@sub.acme.example", verified=True, primary=False)
    EmailAddress.objects.create(user=cast.di.user, email="di@acme.example", verified=False, primary=False)
    Member.objects.filter(pk=cast.ada.pk).update(visibility=Member.Visibility.PUBLIC)
    cast.ada.refresh_from_db()
    return acme


def open_up(member: Member, audience: int = Audience.MEMBERS, **wishes: Any) -> OpenToWork:
    """Be open to work, with wishes that can be looked for."""
    fields: dict[str, Any] = {
        "roles": ["canary-role-71c"],
        "places": ["Delft"],
        "ways": ["remote"],
        "kinds": ["full-time"],
        "starts": "2031-02",
        "note": "canary-note-5e2",
    }
    return actions.put(member, audience=int(audience), **(fields | wishes))


def eyes(cast: Cast, name: str) -> Viewer:
    """Somebody's eyes; a suspended person's session sees what nobody does."""
    return NOBODY if name in ("gus", "nobody") else cast.viewer(name)


def seen_by(cast: Cast, owner: Member) -> str:
    """Who learns of it, as a row of the table."""
    rows = OpenToWork.objects
    cells = [rows.visible_to(eyes(cast, name)).filter(member=owner).exists() for name in NAMES]
    return " ".join("1" if cell else "0" for cell in cells)
