"""The community's name and sign-up policy, for every page; kept for a few seconds, so that pages need not ask."""

import time
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from collegium.accounts.devices import device, grouped, handheld
from collegium.accounts.models import Community, User

DEFAULT_NAME = "Collegium"
KEPT_SECONDS = 5.0


@dataclass(frozen=True)
class Site:
    """What templates call `site`."""

    name: str = DEFAULT_NAME
    about: str = ""
    sign_up: str = Community.SignUp.OPEN
    founded: bool = False


class _Kept:
    """The last answer of the database and when it was given."""

    site: Site | None = None
    until = 0.0


def current() -> Site:
    """The community as it is, or was a few seconds ago in another process."""
    kept = _Kept.site
    if kept is None or not kept.founded or time.monotonic() >= _Kept.until:
        kept = now()
        _Kept.site, _Kept.until = kept, time.monotonic() + getattr(settings, "COMMUNITY_KEPT_SECONDS", KEPT_SECONDS)
    return kept


def forget() -> None:
    """Ask the database next time; called where the community changes."""
    _Kept.site = None


def has_owner() -> bool:
    """Somebody runs this place."""
    return User.objects.filter(role=User.Role.OWNER, is_active=True).exists()


def now() -> Site:
    """The community as it is this moment; for whoever decides by it instead of showing it."""
    owners = User.objects.filter(role=User.Role.OWNER)
    row = Community.objects.annotate(owned=Exists(owners)).first()
    if row is None:
        return Site(founded=owners.exists())
    return Site(row.name, row.about, row.sign_up, row.owned)


def site(request: HttpRequest) -> dict[str, object]:
    """The context processor; asks only when a template reads `site`.

    Three words for pages whose views are allauth's, and give no other chance to add them, come along.
    """
    return {"site": SimpleLazyObject(current), "device": device, "handheld": handheld, "grouped": grouped}
