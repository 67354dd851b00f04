"""What stands around every tab of a page: gathered once a request, in a constant number of statements."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from collegium.audience.door import Request
from collegium.audience.viewer import Viewer
from collegium.lib.text.hosts import shown_host
from collegium.organizations import industries
from collegium.organizations.domains import domain_of
from collegium.organizations.models import Organization
from collegium.pages import rules
from collegium.pages.models import Claim, Follow, Part
from collegium.pages.tabs import tabs


@dataclass(frozen=True)
class Frame:
    """The head of a page as one viewer sees it."""

    organization: Organization
    viewer: Viewer
    tab: str
    tabs: list[dict[str, Any]]
    domain: str
    follows: bool
    parts: frozenset[str]
    keeps: bool

    @property
    def manages(self) -> bool:
        """Whether she gives and takes parts here."""
        return Part.SUPER in self.parts

    @property
    def speaks(self) -> bool:
        """Whether she changes what the page says."""
        return bool(self.parts & rules.SPEAKING)

    @property
    def edits(self) -> bool:
        """Whether the words and pictures are hers to change."""
        return self.speaks if self.organization.is_page else self.keeps

    @property
    def shown_domain(self) -> str:
        """The proved domain for the eye, so that nobody mistakes it for another."""
        return shown_host(self.domain) if self.domain else ""

    @property
    def industry(self) -> str:
        """What it does, in words."""
        return industries.label(self.organization.industry)

    @property
    def website(self) -> str:
        """Its address as it is shown."""
        address = self.organization.website
        return domain_of(address) or address.partition("://")[2].rstrip("/")


def frame(viewer: Viewer, organization: Organization, tab: str) -> Frame:
    """Gather it.

    Args:
        viewer: who looks.
        organization: a record that stands, plain or with a page.
        tab: the name of the tab that is open; "" for pages that belong to none.
    """
    claims = Claim.objects.proved().filter(organization=organization).order_by("proved_at", "pk")
    is_page = organization.is_page
    # The tabs ask for the parts again; they are few, and stand in one small index.
    return Frame(
        organization,
        viewer,
        tab,
        [
            {"label": each.label, "href": f"{organization.path}{each.path}", "current": each.name == tab}
            for each in tabs
            if each.shown(viewer, organization)
        ],
        (claims.values_list("domain", flat=True).first() or "") if is_page else "",
        bool(is_page and viewer and Follow.objects.filter(member=viewer.id, organization=organization).exists()),
        frozenset(rules.parts(viewer.member, organization)),
        rules.may_keep(viewer.member),
    )


def canonical(request: Request, path: str) -> str:
    """The address as others on the internet write it."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)
